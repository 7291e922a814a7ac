/** What the fuzzer once found its way with is in the repository, for every reader; the slower ones read it in `corpus.extended.test.ts`. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { corpusOf, fallsIn, inputsIn } from './corpus.ts';
import { readers } from './readers.ts';

/** Of one input, and of all together: nobody waits for a corpus to be cloned. */
const [mostBytes, mostBytesOfAll] = [4_000, 1_000_000];

test('every reader has a corpus, of inputs that are small', async () => {
  const names = Object.keys(readers);
  const all = await Promise.all(names.map((name) => inputsIn(corpusOf(name))));
  expect(names.filter((_name, at) => all[at]?.length === 0)).toEqual([]);
  const lengths = all.flat().map(({ length }) => length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(mostBytes);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(mostBytesOfAll);
});

test.each(['answers', 'faults', 'ledgers'])(
  '%s: every input of the corpus is taken as the contract says',
  async (name) => {
    expect(await fallsIn(name, join(await temporaryFolder(), 'own'), '')).toEqual([]);
  },
);
