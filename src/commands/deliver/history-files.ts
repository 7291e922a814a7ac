/** The nights of a history for an object store, as they lie on the disk; there too the row of the run comes last. */
import { relative, sep } from 'node:path';
import { DeliveryError } from '../../deliver/channel.ts';
import type { FileSet } from '../../deliver/channels/s3.ts';
import { visible } from '../../escape/visible.ts';
import { exists, manifestFileOf, nightsIn, tableFile, type NightName } from '../../history/layout.ts';
import { tableNames } from '../../history/tables.ts';
import { verifyNight } from '../../history/verify.ts';
import type { FileToStore } from '../../ports/delivery.ts';
import { fileToStore } from './file-to-store.ts';

/**
 * By date and run, those that are whole; one that was not added wholly is passed over.
 *
 * @param below the key under which the history lies
 * @param tonight the run that is told: each of its files is asked for, though its last be there
 */
export async function* historySets(
  folder: string,
  below: string,
  tonight: string,
): AsyncGenerator<FileSet, void, void> {
  const stored = (file: string): Promise<FileToStore> =>
    fileToStore(`${below}/${relative(folder, file).split(sep).join('/')}`, file);
  for (const night of await nightsIn(folder)) {
    const row = tableFile(folder, 'runs', night);
    if (!(await exists(row))) continue;
    yield {
      proof: night.runId === tonight ? null : await stored(row),
      async files() {
        await requireAsWritten(folder, night);
        return Promise.all(filesOf(folder, night).map(stored));
      },
    };
  }
}

/** @throws DeliveryError before anything of the night is stored */
async function requireAsWritten(folder: string, night: NightName): Promise<void> {
  const { state, problems } = await verifyNight(folder, night);
  if (state === 'whole') return;
  throw new DeliveryError(
    `the night ${night.date} of the history ${folder} is not as it was written (${visible(problems.join('; '))}), so it and those after it were not stored. See mfa-drift history verify --history ${folder}, and take the night from a copy.`,
  );
}

/** Whoever asks `runs` first sees no half of a night: its row is last. */
function filesOf(folder: string, night: NightName): readonly string[] {
  const before = tableNames.filter((table) => table !== 'runs').map((table) => tableFile(folder, table, night));
  return [...before, manifestFileOf(folder, night), tableFile(folder, 'runs', night)];
}
