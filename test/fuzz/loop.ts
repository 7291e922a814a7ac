/**
 * The loop: inputs are made out of those that reached new code, by change or by grammar, and read; what reaches new code is
 * kept. The same seed gives the same cases.
 */
import * as fc from 'fast-check';
import { fallOver } from '../attack/fall-over.ts';
import { pick } from '../../src/sandbox/seeded.ts';
import type { Coverage } from './coverage.ts';
import { mutated, wordsIn } from './mutate.ts';

/** Something that reads what others may have written. */
export interface Reader {
  /** Valid inputs, out of what the program wrote itself (`world.ts`). */
  readonly seeds: (world: string) => Promise<readonly Buffer[]>;
  /** By the rules of the format. */
  readonly grammar?: () => fc.Arbitrary<string>;
  /** Makes digests right again, so that what stands behind them is reached too. */
  readonly mend?: (input: Buffer) => Buffer;
  /**
   * Resolves with what reads an input: that resolves with all that is said to a person, or throws as the program does.
   *
   * @param folder for files of its own
   */
  readonly open: (folder: string, world: string) => Promise<Read>;
}

export type Read = (input: Buffer) => Promise<string>;

export interface Fall {
  readonly input: Buffer;
  readonly said: string;
}

export interface Fuzzing {
  readonly seeds: readonly Buffer[];
  readonly read: Read;
  readonly cases: number;
  readonly seed: number;
  /** `null`: blind, to compare with. */
  readonly coverage: Coverage | null;
  /** Told before each case. */
  readonly begin: (input: Buffer) => void;
  readonly found: (fall: Fall) => void;
  /** Told what reached new code and is none of the seeds. */
  readonly kept: (input: Buffer) => void;
}

/** Resolves with what reached code that the seeds did not, in the order in which it did. */
export async function fuzz(reader: Pick<Reader, 'grammar' | 'mend'>, fuzzing: Fuzzing): Promise<readonly Buffer[]> {
  const { seeds, cases, seed, coverage } = fuzzing;
  const words = wordsIn(seeds);
  const format = { ...reader, grammar: reader.grammar?.() ?? null };
  const corpus: Buffer[] = [];

  for (const input of seeds) await tryOne(input, fuzzing);
  coverage?.isNews();
  for (let done = 0; done < cases; done += 1) {
    const input = made(format, [...seeds, ...corpus], words, seed, done);
    await tryOne(input, fuzzing);
    if (coverage?.isNews() !== true) continue;
    corpus.push(input);
    fuzzing.kept(input);
  }
  return corpus;
}

interface Format extends Pick<Reader, 'mend'> {
  readonly grammar: fc.Arbitrary<string> | null;
}

function made(format: Format, all: readonly Buffer[], words: readonly string[], seed: number, number: number): Buffer {
  const { grammar, mend } = format;
  const how = pick(seed, `${number}/how`, 8);
  // What was found last is what is least known: half of the changes begin there.
  const recent = how % 2 === 0 ? all.slice(-20) : all;
  const parent = recent[pick(seed, `${number}/parent`, recent.length)] ?? Buffer.alloc(0);
  const grown = grammar !== null && how >= 5 ? Buffer.from(grownFrom(grammar, seed, number)) : null;
  const input = grown !== null && how >= 6 ? grown : mutated(grown ?? parent, all, words, seed, number);
  return mend !== undefined && pick(seed, `${number}/mend`, 4) > 0 ? mend(input) : input;
}

function grownFrom(grammar: fc.Arbitrary<string>, seed: number, number: number): string {
  return fc.sample(grammar, { seed: pick(seed, `${number}/grammar`, 2 ** 31), numRuns: 1 })[0] ?? '';
}

async function tryOne(input: Buffer, { read, begin, found }: Fuzzing): Promise<void> {
  begin(input);
  const said = await fallOver(() => read(input));
  if (said !== null) found({ input, said });
}
