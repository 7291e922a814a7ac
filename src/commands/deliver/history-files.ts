/** The nights of a history for an object store, as they lie on the disk; there too the row of the run comes last. */
import { relative, sep } from 'node:path';
import type { FileSet } from '../../deliver/channels/store-set.ts';
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
 * @param tonight the run that is told
 */
export async function* historySets(
  folder: string,
  below: string,
  tonight: string,
): AsyncGenerator<FileSet, void, void> {
  const stored = (file: string): Promise<FileToStore> =>
    fileToStore(`${below}/${relative(folder, file).split(sep).join('/')}`, file);
  for (const night of await nightsIn(folder)) {
    if (!(await exists(tableFile(folder, 'runs', night)))) continue;
    yield {
      isBefore: night.runId !== tonight,
      async files() {
        const spoiled = await spoiledOf(folder, night);
        if (spoiled !== null) return { spoiled };
        return { files: await Promise.all(filesOf(folder, night).map(stored)) };
      },
    };
  }
}

async function spoiledOf(folder: string, night: NightName): Promise<string | null> {
  const { state, problems } = await verifyNight(folder, night);
  if (state === 'whole') return null;
  return `the night ${night.date} of the history ${folder} is not as it was written (${visible(problems.join('; '))}), so it was not stored. See mfa-drift history verify --history ${folder}, and take the night from a copy.`;
}

/** Whoever asks `runs` first sees no half of a night: its row is last. */
function filesOf(folder: string, night: NightName): readonly string[] {
  const before = tableNames.filter((table) => table !== 'runs').map((table) => tableFile(folder, table, night));
  return [...before, manifestFileOf(folder, night), tableFile(folder, 'runs', night)];
}
