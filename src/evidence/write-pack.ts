/** A folder that proves one run: what was checked, against which policies, with which outcome. */
import { sha256 } from '../domain/model/sha256.ts';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder, writeFileAtomically } from '../atomic-file.ts';
import { describeSystemError, isSystemError } from '../system-error.ts';
import type { Result } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';
import type { FormatOptions } from '../report/format.ts';
import { formats } from '../report/registry.ts';
import { coverageCsv } from './coverage.ts';
import { manifestText, type PackedFile } from './manifest.ts';
import { manifestFile, resultFile } from './pack-files.ts';
import { packedPolicies } from './policy-files.ts';
import { poolsCsv } from './pools.ts';
import { verifyPack } from './verify-pack.ts';

/**
 * Writes the pack beside its name and lets it take the name when it is whole; an earlier pack there is replaced. Resolves
 * with the SHA-256 of its manifest, which, kept elsewhere, proves the pack.
 *
 * @throws UserError where the folder may not be replaced (see `requireFree`) or can't be written.
 */
export async function writePack(folder: string, result: Result, options: FormatOptions): Promise<string> {
  await requireFree(folder);
  const target = await realpath(folder).catch(() => resolve(folder));
  const beside = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await makeFolder(`${beside}.part`);
    const manifestSha256 = await fillPack(`${beside}.part`, result, options);
    await takePlace(`${beside}.part`, target, `${beside}.old`);
    return manifestSha256;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${folder} could not be written: ${describeSystemError(error)}`, { cause: error });
  } finally {
    await rm(`${beside}.part`, { recursive: true, force: true });
  }
}

/**
 * Before a run begins, and again before the pack is written.
 *
 * @throws UserError for what is there already and is not an unchanged evidence pack or an empty folder: it is not touched.
 */
export async function requireFree(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown): string[] => {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw new UserError(`--evidence ${folder} is there already and is no folder that can be read.`, { cause: error });
  });
  if (entries.length === 0) return;
  if (!entries.includes(manifestFile))
    throw new UserError(`--evidence ${folder} is a folder with other things in it: name a new one.`);
  const { problems } = await verifyPack(folder);
  if (problems.length === 0) return;
  throw new UserError(
    `--evidence ${folder} holds a pack that is not as it was written (mfa-drift report --verify ${folder}): ` +
      'move it away, or name a new folder.',
  );
}

/** Resolves with the SHA-256 of the manifest. */
async function fillPack(folder: string, result: Result, options: FormatOptions): Promise<string> {
  const files: PackedFile[] = [];
  const add = async (
    path: string,
    chunks: AsyncIterable<string> | Iterable<string>,
    { mode = 0o644, source = null }: { readonly mode?: number; readonly source?: string | null } = {},
  ): Promise<void> => {
    const hash = createHash('sha256');
    let bytes = 0;
    async function* measured(): AsyncGenerator<string, void, void> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += Buffer.byteLength(chunk);
        yield chunk;
      }
    }
    await writeFileAtomically(join(folder, path), measured(), { mode });
    files.push({ path, sha256: hash.digest('hex'), bytes, source });
  };
  // The result keeps the external ids of SMS roles; a redacted copy does not.
  await add(resultFile, formats.json(result, options), { mode: result.head.redacted ? 0o644 : 0o600 });
  for (const { path, source, text } of packedPolicies(result.head.run.policies)) await add(path, [text], { source });
  await add('coverage.csv', coverageCsv(result));
  await add('pools.csv', poolsCsv(result));
  await add('findings.csv', formats.csv(result, options));
  await add('report.html', formats.html(result, options));
  const manifest = manifestText(result, files);
  await writeFileAtomically(join(folder, manifestFile), [manifest]);
  return sha256(manifest);
}

async function takePlace(folder: string, target: string, aside: string): Promise<void> {
  const isReplaced = await moved(target, aside);
  try {
    await rename(folder, target);
  } catch (error) {
    if (isReplaced) await rename(aside, target);
    throw error;
  }
  if (isReplaced) await rm(aside, { recursive: true, force: true });
}

/** An empty folder gives way; resolves with whether there is something to delete. */
async function moved(target: string, aside: string): Promise<boolean> {
  try {
    await rmdir(target);
    return false;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return false;
  }
  await rename(target, aside);
  return true;
}
