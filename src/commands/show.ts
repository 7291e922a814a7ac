import { explainPool } from '../domain/verdict/explanation.ts';
import type { Subject } from '../domain/model/subject.ts';
import { showText } from '../report/show/show-text.ts';
import type { ConnectionFlags, LogFlags, OutputFlags, PolicyFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import { parsePoolReference, type PlaceFlags } from './line/pool-reference.ts';
import { pageMasking, wantsColor } from './output/page-options.ts';
import { findSavedPool } from './run/find-saved-pool.ts';
import { say, type Shell } from './output/shell.ts';
import { usedOffline } from './output/used-files.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export interface ShowFlags extends ConnectionFlags, PolicyFlags, PlaceFlags, LogFlags, Pick<OutputFlags, 'color'> {
  /** A saved result to look in, instead of AWS. */
  readonly from?: string;
  readonly redact: boolean;
}

/** Shows one pool and what every policy says of it; exit 0 when it could be shown, whatever the verdict. */
export async function show(pool: string, flags: ShowFlags, shell: Shell): Promise<0> {
  const loaded = await loadInputs(flags, shell, new Date());
  const { subject, now } = await shownPool(pool, loaded, flags, shell);
  const { requireCoverage, remediation } = loaded.settings;
  const settings = { requireCoverage, now, managedTags: remediation.managedTags };
  const text = showText(explainPool(loaded.set, subject, settings), subject, {
    color: wantsColor(flags, shell),
    masking: pageMasking(flags.redact ? undefined : false, shell.stdout),
  });
  await shell.stdout.write(text);
  return 0;
}

/** `now`: the day by which exceptions are judged. */
async function shownPool(
  pool: string,
  loaded: RunInputs,
  flags: ShowFlags,
  shell: Shell,
): Promise<{ readonly subject: Subject; readonly now: Date }> {
  if (flags.from === undefined) {
    const { fetchPool } = await import('./run/one-pool.ts');
    const { latest: now, ...subject } = await fetchPool(parsePoolReference(pool, flags), loaded, flags, shell);
    return { subject, now };
  }
  const now = new Date();
  await say(shell, usedOffline(loaded.settings, now));
  return { subject: await findSavedPool(flags.from, pool, flags), now };
}
