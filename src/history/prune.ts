/** Takes nights out of a history that nobody has to keep any more. */
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';
import { manifestFileOf, nightsIn, staging, tableFile, type NightName } from './layout.ts';
import { tableNames } from './tables.ts';

/**
 * Removes the nights before a date, and what interrupted additions have left. A night's row in `runs` goes first, so that one
 * of which the rest was not removed yet counts no more.
 *
 * @param before YYYY-MM-DD; the night of that date stays
 * @throws UserError where something can't be removed.
 */
export async function pruneNights(folder: string, before: string): Promise<readonly NightName[]> {
  const nights = (await nightsIn(folder)).filter(({ date }) => date < before);
  try {
    await rm(join(folder, staging), { recursive: true, force: true });
    for (const night of nights) {
      for (const table of tableNames.toReversed()) await remove(tableFile(folder, table, night));
      await remove(manifestFileOf(folder, night));
    }
    return nights;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`--history ${folder} could not be pruned: ${describeSystemError(error)}`, { cause: error });
  }
}

/** And its partition, where nothing else is in it. */
async function remove(file: string): Promise<void> {
  await rm(file, { force: true });
  await rmdir(dirname(file)).catch(() => undefined);
}
