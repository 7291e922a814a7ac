/** What the readers of files have in common. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../end-to-end/in-process.ts';
import type { Reader } from '../loop.ts';

/** Of the repository, where the fuzzer runs: what the readers and the world have in common. */
export const configurationFile = 'test/fuzz/world/mfa-drift.yaml';
export const policiesFolder = 'test/fuzz/world/policies';

const withoutAws = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1', NO_COLOR: '1' };

/** All that a command says that needs no AWS. */
export async function saidBy(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(args, withoutAws);
  return `${stdout}${stderr}`;
}

/** The files of the folder whose names match. */
export async function filesIn(folder: string, names: RegExp): Promise<readonly Buffer[]> {
  const found = (await readdir(folder)).filter((name) => names.test(name)).sort();
  return Promise.all(found.map((name) => readFile(join(folder, name))));
}

/** An input that is one of several files: its name in the first line, then its bytes. */
export interface NamedInput {
  readonly name: string;
  readonly bytes: Buffer;
}

export function named(name: string, bytes: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`${name}\n`), Buffer.from(bytes)]);
}

export function nameIn(input: Buffer): NamedInput {
  const end = input.indexOf(0x0a);
  return end === -1
    ? { name: '', bytes: input }
    : { name: input.toString('utf8', 0, end), bytes: input.subarray(end + 1) };
}

/** Reads each input as a file of that name in a folder of its own. */
export function fromFile(name: string, read: (file: string) => Promise<string>): Reader['open'] {
  return async (folder) => {
    await mkdir(folder, { recursive: true });
    const file = join(folder, name);
    return async (input) => {
      await writeFile(file, input);
      return read(file);
    };
  };
}
