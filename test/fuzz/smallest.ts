/** What of all that reached new code is worth a place in the repository. */
import { fallOver } from '../attack/fall-over.ts';
import type { Coverage } from './coverage.ts';
import type { Read } from './loop.ts';

export interface Trial {
  readonly seeds: readonly Buffer[];
  readonly read: Read;
  readonly coverage: Coverage;
}

/** How often one input is tried without a part of it. */
const mostTries = 120;

/** What keeps a reader busy that is not ours, until we end it, is harmless to us and not to whoever finds the file. */
const mostMs = 2_000;

/** The fewest of them, or nearly, that still reach whatever of the code the seeds do not, each without what it can do without. */
export async function smallest(inputs: readonly Buffer[], trial: Trial): Promise<readonly Buffer[]> {
  const { seeds, read, coverage } = trial;
  const reachedBy = async (input: Buffer): Promise<ReadonlySet<number>> => {
    await fallOver(() => read(input));
    return coverage.unknown();
  };
  coverage.forget();
  for (const seed of seeds) await fallOver(() => read(seed));
  coverage.isNews();
  const kept: Buffer[] = [];
  for (const input of inputs.toSorted((one, other) => one.length - other.length)) {
    const beganMs = performance.now();
    const wanted = await reachedBy(input);
    if (wanted.size === 0 || performance.now() - beganMs > mostMs) continue;
    const short = await shortened(input, async (shorter) => {
      const reached = await reachedBy(shorter);
      return [...wanted].every((place) => reached.has(place));
    });
    await fallOver(() => read(short));
    if (coverage.isNews()) kept.push(short);
  }
  return kept;
}

/** Without the lines, or of a text of few lines the bytes, that it takes away again and again while `does` what it did. */
export async function shortened(input: Buffer, does: (shorter: Buffer) => Promise<boolean>): Promise<Buffer> {
  let parts = partsOf(input);
  let tries = 0;
  for (let size = parts.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < parts.length && tries < mostTries;) {
      const fewer = parts.toSpliced(at, size);
      tries += 1;
      if (await does(Buffer.concat(fewer))) parts = fewer;
      else at += size;
    }
  return Buffer.concat(parts);
}

const fewLines = 8;

function partsOf(input: Buffer): readonly Buffer[] {
  const lines = (input.toString('latin1').match(/[^\n]*\n|[^\n]+/g) ?? []).map((line) => Buffer.from(line, 'latin1'));
  return lines.length < fewLines ? [...input].map((byte) => Buffer.of(byte)) : lines;
}
