/** Inputs that reached code of a reader which valid ones do not, in the repository, where the fuzzer runs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTexts } from '../../src/domain/model/order.ts';
import { fallOver } from '../attack/fall-over.ts';
import { readers } from './readers.ts';

export function corpusOf(reader: string): string {
  return join('test/fuzz/corpus', reader);
}

/** By their names; none where there is no such folder. */
export async function inputsIn(folder: string): Promise<readonly Buffer[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  return Promise.all(names.toSorted(compareTexts).map((name) => readFile(join(folder, name))));
}

/** Reads all that the repository has for the reader, and the valid inputs; resolves with what it said that it may not say. */
export async function fallsIn(name: string, folder: string, world: string): Promise<readonly string[]> {
  const reader = await readers[name]?.();
  if (reader === undefined) throw new Error(`There is no reader ${name}.`);
  const read = await reader.open(folder, world);
  const falls: string[] = [];
  for (const input of [...(await reader.seeds(world)), ...(await inputsIn(corpusOf(name)))]) {
    const said = await fallOver(() => read(input));
    if (said !== null) falls.push(said);
  }
  return falls;
}
