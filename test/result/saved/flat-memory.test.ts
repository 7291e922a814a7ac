import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { json } from '../../../src/report/formats/json.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { openSavedResult } from '../../../src/result/saved/open.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { peakHeapOf } from '../../report/peak-heap.ts';
import { temporaryFolder } from '../../temporary.ts';

async function* onOneLine(result: Result): AsyncGenerator<string> {
  for await (const text of json(result)) yield text.replaceAll('\n', '');
}

test.each([
  ['json', json],
  ['json that another program laid out on one line', onOneLine],
  ['ndjson', ndjson],
])('a large result saved as %s is read in flat memory', async (_what, form) => {
  async function peakOf(pools: number): Promise<number> {
    const file = join(await temporaryFolder(), 'result');
    await writeFile(file, form(hugeResult(pools)));
    return (await peakHeapOf(ndjson(await openSavedResult(file)))).peakBytes;
  }
  const few = await peakOf(2_000);
  expect(await peakOf(20_000)).toBeLessThan(few * 2 + 8 * 1024 * 1024);
});
