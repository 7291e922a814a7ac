/** Whether every night of a history is whole and as it was written. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { parseNight, type NightManifest } from './manifest.ts';
import { exists, manifestFileOf, nightsIn, tableFile, type NightName } from './layout.ts';
import { tableNames } from './tables.ts';

export interface NightState {
  readonly night: NightName;
  /** `unfinished`: it was never added wholly, and no table is damaged by that; it can be added again. */
  readonly state: 'whole' | 'unfinished' | 'damaged';
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

/** By date and run. Files are read one after another and never held. */
export async function* verifyNights(folder: string): AsyncGenerator<NightState, void, void> {
  for (const night of await nightsIn(folder)) yield await verifyNight(folder, night);
}

export async function verifyNight(folder: string, night: NightName): Promise<NightState> {
  if (!(await exists(tableFile(folder, 'runs', night)))) return { night, state: 'unfinished', problems: [] };
  const problems = await problemsOf(folder, night);
  return { night, state: problems.length === 0 ? 'whole' : 'damaged', problems };
}

const maxManifestBytes = 1_000_000;

/** @throws UserError where it is missing, or is none of this night. */
export function readManifest(folder: string, night: NightName): NightManifest {
  const file = manifestFileOf(folder, night);
  const read = readRegularFile(file, maxManifestBytes);
  if ('reason' in read) throw new UserError(`${file} ${read.reason}`);
  return parseNight(read.bytes.toString('utf8'), file, night);
}

async function problemsOf(folder: string, night: NightName): Promise<readonly string[]> {
  try {
    const { files } = readManifest(folder, night);
    const found = await Promise.all(
      tableNames.map(async (table) => {
        const path = tableFile(folder, table, night);
        const digest = await digestOf(path);
        if (digest === null) return `${path} is missing`;
        return files.some((each) => each.table === table && each.sha256 === digest) ? null : `${path} was changed`;
      }),
    );
    return found.filter((each) => each !== null);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message];
  }
}

/** `null` for what is no regular file. */
async function digestOf(file: string): Promise<string | null> {
  const found = await lstat(file).catch(() => null);
  if (found?.isFile() !== true) return null;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}
