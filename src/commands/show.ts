import { explainPool } from '../domain/explanation.ts';
import { showText } from '../report/show/show-text.ts';
import type { ConnectionFlags, OutputFlags, PolicyFlags } from './flags.ts';
import { loadInputs } from './loaded.ts';
import { parsePoolReference, type PlaceFlags } from './pool-reference.ts';
import { pageMasking, wantsColor } from './page-options.ts';
import { findSavedPool } from './saved-pool.ts';
import type { Shell } from './shell.ts';

export interface ShowFlags extends ConnectionFlags, PolicyFlags, PlaceFlags, Pick<OutputFlags, 'logLevel' | 'color'> {
  /** A saved result to look in, instead of AWS. */
  readonly from?: string;
  readonly redact: boolean;
}

/** Shows one pool and what every policy says of it; exit 0 when it could be shown, whatever the verdict. */
export async function show(pool: string, flags: ShowFlags, shell: Shell): Promise<number> {
  const now = new Date();
  const loaded = await loadInputs(flags, shell, now);
  const subject =
    flags.from === undefined
      ? await (await import('./one-pool.ts')).fetchPool(parsePoolReference(pool, flags), loaded, flags, shell)
      : await findSavedPool(flags.from, pool, flags);
  const { requireCoverage, remediation } = loaded.settings;
  const settings = { requireCoverage, now, managedTags: remediation.managedTags };
  const text = showText(explainPool(loaded.set, subject, settings), subject, {
    color: wantsColor(flags, shell),
    masking: pageMasking(flags.redact ? undefined : false, shell.stdout),
  });
  await shell.stdout.write(text);
  return 0;
}
