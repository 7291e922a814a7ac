/** Of the readers that are fast and touch nothing: what the fuzzer once found its way with. The others: `corpus.extended.test.ts`. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { corpusOf, fallsIn, inputsIn } from './corpus.ts';

test.each(['answers', 'faults', 'ledgers'])(
  '%s: every input of the corpus is taken as the contract says',
  async (name) => {
    expect(await inputsIn(corpusOf(name))).not.toEqual([]);
    expect(await fallsIn(name, join(await temporaryFolder(), 'own'), '')).toEqual([]);
  },
);
