import { explainPool } from '../domain/explanation.ts';
import { showText } from '../report/show/show-text.ts';
import type { ConnectionFlags, OutputFlags, PolicyFlags } from './flags.ts';
import { loadInputs } from './loaded.ts';
import { fetchPool } from './one-pool.ts';
import { parsePoolReference, type PlaceFlags } from './pool-reference.ts';
import { wantsColor } from './reports.ts';
import type { Shell } from './shell.ts';

export interface ShowFlags extends ConnectionFlags, PolicyFlags, PlaceFlags, Pick<OutputFlags, 'logLevel' | 'color'> {
  readonly redact: boolean;
}

/** Shows one pool and what every policy says of it; exit 0 when it could be shown, whatever the verdict. */
export async function show(pool: string, flags: ShowFlags, shell: Shell): Promise<number> {
  const place = parsePoolReference(pool, flags);
  const now = new Date();
  const loaded = await loadInputs(flags, shell, now);
  const subject = await fetchPool(place, loaded, flags, shell);
  const { requireCoverage, remediation } = loaded.settings;
  const settings = { requireCoverage, now, managedTags: remediation.managedTags };
  const text = showText(explainPool(loaded.set, subject, settings), subject, {
    color: wantsColor(flags, shell),
    redact: flags.redact,
  });
  await shell.stdout.write(text);
  return 0;
}
