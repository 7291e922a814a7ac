import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { json } from '../../../src/report/formats/json.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { openSavedResult } from '../../../src/result/saved/open.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { peakHeapOf } from '../../report/peak-heap.ts';
import { temporaryFolder } from '../../temporary.ts';

const forms = { json, ndjson } as const;
type Form = keyof typeof forms;

test.each(Object.keys(forms) as Form[])('a large result saved as %s is read in flat memory', async (form) => {
  async function peakOf(pools: number): Promise<number> {
    const file = join(await temporaryFolder(), 'result');
    await writeFile(file, forms[form](hugeResult(pools)));
    return (await peakHeapOf(ndjson(await openSavedResult(file)))).peakBytes;
  }
  const few = await peakOf(2_000);
  expect(await peakOf(20_000)).toBeLessThan(few * 2 + 8 * 1024 * 1024);
});
