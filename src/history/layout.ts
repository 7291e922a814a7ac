/**
 * The history on disk: `TABLE/date=YYYY-MM-DD/RUN.parquet`, as engines expect partitions, and beside the tables
 * `_manifests/date=YYYY-MM-DD/RUN.json`, which engines pass over. A night is there once its file of `runs` is, which is put
 * in its place last; until then it can be added again. Nothing is ever rewritten.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { requireWritableFile } from '../atomic-file.ts';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';
import type { NightManifest } from './manifest.ts';
import { tableNames, type TableName } from './tables.ts';

export const manifests = '_manifests';
/** Where a night is written before it is put in its place. */
export const staging = '_staging';

/** What is known of a night by the names of its files. */
export type NightName = Pick<NightManifest, 'runId' | 'date'>;

export function tableFile(folder: string, table: TableName, { runId, date }: NightName): string {
  return join(folder, table, `date=${date}`, `${runId}.parquet`);
}

export function manifestFileOf(folder: string, { runId, date }: NightName): string {
  return join(folder, manifests, `date=${date}`, `${runId}.json`);
}

/**
 * Before a run begins.
 *
 * @throws UserError where the folder can't be written to, or holds other things than a history.
 */
export async function requireHistory(folder: string): Promise<void> {
  const names = await namesIn(folder);
  const known: readonly string[] = [manifests, staging, ...tableNames];
  if (names.length > 0 && !names.some((name) => known.includes(name)))
    throw new UserError(`--history ${folder} is a folder with other things in it, and no history: name a new one.`);
  await requireWritableFile(join(folder, manifests, 'trial'), folder);
}

/** Every night of which there is a trace, whole or not, by date and run. */
export async function nightsIn(folder: string): Promise<readonly NightName[]> {
  const nights = new Map<string, NightName>();
  for (const part of [manifests, ...tableNames])
    for (const partition of await shownNamesIn(join(folder, part))) {
      const date = partition.replace(/^date=/, '');
      for (const file of await shownNamesIn(join(folder, part, partition)))
        nights.set(`${date}/${nameOf(file)}`, { date, runId: nameOf(file) });
    }
  return [...nights.keys()].sort().flatMap((key) => nights.get(key) ?? []);
}

function nameOf(file: string): string {
  return file.replace(/\.(?:parquet|json)$/, '');
}

/** Spark too passes over what begins with a dot, as the Finder of macOS leaves it in folders that it shows. */
async function shownNamesIn(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).filter((name) => !name.startsWith('.'));
}

/** None where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (
    await readdir(folder).catch((error: unknown): string[] => {
      if (isSystemError(error) && error.code === 'ENOENT') return [];
      if (isSystemError(error) && error.code === 'ENOTDIR')
        throw new UserError(`--history ${folder} is a file, not a folder: a history has none there.`, { cause: error });
      const why = isSystemError(error) ? describeSystemError(error) : String(error);
      throw new UserError(`--history ${folder} could not be read: ${why}`, { cause: error });
    })
  ).sort();
}

export function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
