import { sha256 } from '../domain/model/sha256.ts';
import { compareTexts } from '../domain/model/order.ts';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { manifestFile } from './pack-files.ts';

export interface PackProblem {
  readonly kind: 'missing' | 'changed' | 'extra';
  /** Below the pack's folder. */
  readonly path: string;
}

export interface VerifiedPack {
  readonly manifest: Manifest;
  /** Of the manifest itself; whoever kept it knows that the manifest is the one that was written. */
  readonly manifestSha256: string;
  /** By path; empty: every file is as it was written, and there is no other. */
  readonly problems: readonly PackProblem[];
}

/** @throws UserError where the folder can't be read, or holds no manifest. */
export async function verifyPack(folder: string): Promise<VerifiedPack> {
  try {
    const file = join(folder, manifestFile);
    const json = await textOf(file);
    const manifest = parseManifest(json, file);
    const problems = await problemsOf(folder, manifest);
    return { manifest, manifestSha256: sha256(json), problems };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${folder} could not be read as an evidence pack: ${describeSystemError(error)}`, {
      cause: error,
    });
  }
}

/** Far more than a list of all policies of an organization takes. */
const maxManifestBytes = 50_000_000;

async function textOf(file: string): Promise<string> {
  if ((await lstat(file)).isSymbolicLink()) throw new UserError(`${file} is a link: a pack holds its own files.`);
  const read = readRegularFile(file, maxManifestBytes);
  if ('reason' in read) throw new UserError(`${file} ${read.reason}: the folder is no evidence pack.`);
  return read.bytes.toString('utf8');
}

async function problemsOf(folder: string, { files }: Manifest): Promise<readonly PackProblem[]> {
  const found = new Set(await filesIn(folder, ''));
  const problems: PackProblem[] = [];
  for (const { path, sha256: written } of files) {
    // Only what the folder itself holds is opened, so that no path of a manifest leads elsewhere.
    if (!found.delete(path)) problems.push({ kind: 'missing', path });
    else if ((await digestOf(join(folder, path))) !== written) problems.push({ kind: 'changed', path });
  }
  found.delete(manifestFile);
  for (const path of found) problems.push({ kind: 'extra', path });
  return problems.sort((one, other) => compareTexts(one.path, other.path));
}

/** Everything below that is no folder; a link is not followed. */
async function filesIn(folder: string, below: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesIn(folder, path)));
    else files.push(path);
  }
  return files;
}

/** `null` for what is no regular file: a link may point at other bytes tomorrow. */
async function digestOf(file: string): Promise<string | null> {
  if (!(await lstat(file)).isFile()) return null;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}
