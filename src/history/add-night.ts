/** A night is added wholly or not at all: written beside the history first, and its row in `runs` put in its place last. */
import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, writeFileAtomically } from '../atomic-file.ts';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { dayPattern } from '../domain/model/day.ts';
import { sha256 } from '../domain/model/sha256.ts';
import type { Result } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';
import { jsonPage } from '../escape/json.ts';
import { exists, manifestFileOf, requireHistory, staging, tableFile, type NightName } from './layout.ts';
import type { NightManifest } from './manifest.ts';
import { parquetOf } from './parquet.ts';
import { dateOf, tableNames, tables } from './tables.ts';

/** A run's id names files. */
const runIdPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;
const datePattern = new RegExp(dayPattern);

/**
 * Adds the night of a result, redacted by whoever calls. Resolves with its name, and whether it was there already.
 *
 * @throws UserError for what is no night (a shard, a result judged anew, an id that is no file name), and where the folder can't be written.
 */
export async function addNight(
  folder: string,
  result: Result,
): Promise<{ readonly night: NightName; readonly isNew: boolean }> {
  const night = nightOf(result);
  await requireHistory(folder);
  if (await exists(tableFile(folder, 'runs', night))) return { night, isNew: false };
  const own = join(folder, staging, `${night.runId}.${randomBytes(6).toString('hex')}`);
  try {
    const files = await stage(own, result);
    const manifest: NightManifest = { schemaVersion: '1', kind: 'HistoryNight', ...night, files };
    await writeFileAtomically(manifestFileOf(folder, night), [`${jsonPage(manifest)}\n`]);
    for (const table of tableNames) await moveTo(tableFile(folder, table, night), join(own, `${table}.parquet`));
    return { night, isNew: true };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`--history ${folder} could not be written: ${describeSystemError(error)}`, { cause: error });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function nightOf({ head }: Result): NightName {
  const { id, shard, from } = head.run;
  if (shard !== null)
    throw new UserError(
      `Run ${id} is shard ${shard.index} of ${shard.count}: merge them first (mfa-drift report SHARD… --report json=result.json), and add that.`,
    );
  if (from !== null)
    throw new UserError(
      `Run ${id} judged anew what run ${from.runId} had read: a history has what was read, night by night. Add that run.`,
    );
  const date = dateOf(head);
  if (!runIdPattern.test(id) || !datePattern.test(date))
    throw new UserError(
      `${JSON.stringify(id)} of ${JSON.stringify(date)} is no run of mfa-drift: its id and date name files.`,
    );
  return { runId: id, date };
}

async function stage(own: string, result: Result): Promise<NightManifest['files']> {
  const files: NightManifest['files'] = [];
  for (const table of tableNames) {
    const { bytes, rows } = await parquetOf(tables[table], result);
    await writeFileAtomically(join(own, `${table}.parquet`), [bytes]);
    files.push({ table, sha256: sha256(bytes), bytes: bytes.byteLength, rows });
  }
  return files;
}

async function moveTo(target: string, from: string): Promise<void> {
  await makeFolder(dirname(target));
  await rename(from, target);
}
