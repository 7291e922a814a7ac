/** What the program wrote is never read by the streaming parser, which takes ten times as long. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JSONParser } from '@streamparser/json';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { json } from '../../../src/report/formats/json.ts';
import { openSavedResult } from '../../../src/result/saved/open.ts';
import { aResult, listOf, textOf } from '../../report/a-result.ts';
import { everything } from '../../report/everything.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { temporaryFolder } from '../../temporary.ts';

const streaming = vi.spyOn(JSONParser.prototype, 'write');
afterEach(() => streaming.mockClear());
afterAll(() => streaming.mockRestore());

test.each([
  ['of everything', everything()],
  ['of nothing', aResult()],
  ['longer than what is read at a time', hugeResult(2_000)],
])('a result %s is read by its lines', async (_what, result) => {
  const file = join(await temporaryFolder(), 'result.json');
  await writeFile(file, json(result));
  const saved = await openSavedResult(file);
  expect(await listOf(saved.pools())).toEqual(await listOf(result.pools()));
  expect(streaming).not.toHaveBeenCalled();
});

test('one that was laid out anew is not', async () => {
  const file = join(await temporaryFolder(), 'result.json');
  const text = await textOf(json(everything()));
  await writeFile(file, text.replace('\n  "tool": ', '\n  "tool":'));
  const saved = await openSavedResult(file);
  expect(await listOf(saved.pools())).toEqual(await listOf(everything().pools()));
  expect(streaming).toHaveBeenCalled();
});
