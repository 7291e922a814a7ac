/** A json result is read by lines where it is laid out as the program writes it, and means the same either way. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json } from '../../../src/report/formats/json.ts';
import { readJson } from '../../../src/result/saved/read-json.ts';
import { readJsonLines } from '../../../src/result/saved/read-json-lines.ts';
import type { RawRecord } from '../../../src/result/saved/records.ts';
import { listOf, textOf } from '../../report/a-result.ts';
import { everything } from '../../report/everything.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { temporaryFolder } from '../../temporary.ts';

type Reader = typeof readJson;

/** Every record, or what it was refused with. How many came before a refusal is nobody's business. */
async function readingOf(read: Reader, file: string): Promise<readonly RawRecord[] | string> {
  try {
    return (await listOf(read(file, null))).flat();
  } catch (error) {
    return String(error);
  }
}

async function bothReadings(text: string): Promise<{ readonly byLines: unknown; readonly whole: unknown }> {
  const file = join(await temporaryFolder(), 'result.json');
  await writeFile(file, text);
  return { byLines: await readingOf(readJsonLines, file), whole: await readingOf(readJson, file) };
}

const written = await textOf(json(everything()));

describe('reading by lines gives what the streaming parser gives', () => {
  test('of a result as it was written', async () => {
    const { byLines, whole } = await bothReadings(written);
    expect(byLines).toEqual(whole);
    expect(byLines).toContainEqual(expect.objectContaining({ kind: 'head' }));
  });

  const lines = written.split('\n');
  const firstPool = lines.indexOf('  "pools": [') + 1;
  test.each<[string, readonly string[]]>([
    ['with a line left out', lines.toSpliced(12, 1)],
    ['with a line twice', lines.toSpliced(12, 0, lines[12] ?? '')],
    ['with its end left out', lines.slice(0, -2)],
    ['with more after its end', [...lines, '{}']],
    ['with its end twice', lines.toSpliced(-1, 0, '}')],
    ['with a member that it does not know', lines.toSpliced(1, 0, '  "extra": 5,')],
    ['with a member named like a method', lines.toSpliced(1, 0, '  "constructor": [],')],
    ['with a list twice', lines.toSpliced(1, 0, '  "pools": [],')],
    ['with another version', lines.toSpliced(1, 1, '  "schemaVersion": "2",')],
    ['with a list that is an object', lines.toSpliced(1, 0, '  "gaps": {"a":1},')],
    ['with a comma after the last member', lines.toSpliced(-2, 1, '  ,', '}')],
    ['with two records on a line', lines.toSpliced(firstPool, 2, lines.slice(firstPool, firstPool + 2).join(''))],
    ['with records further to the left', lines.map((line) => line.replace(/^ {4}/, ''))],
    ['with Windows line ends', lines.map((line) => `${line}\r`)],
    ['with an empty line', lines.toSpliced(5, 0, '')],
  ])('%s', async (_what, changed) => {
    const { byLines, whole } = await bothReadings(changed.join('\n'));
    expect(byLines).toEqual(whole);
  });

  test('whichever line ends in a comma more or less', async () => {
    for (const [index, line] of lines.slice(0, -1).entries()) {
      const other = line.endsWith(',') ? line.slice(0, -1) : `${line},`;
      const { byLines, whole } = await bothReadings(lines.toSpliced(index, 1, other).join('\n'));
      expect(byLines).toEqual(whole);
      expect(byLines).toMatch(/^UserError: .* is not JSON: /);
    }
  });

  test('of a long result from whatever line it is laid out otherwise', async () => {
    const long = await textOf(json(hugeResult(1_000)));
    const longLines = long.split('\n');
    const lastReadAtFirst = long.slice(0, 256 * 1024).split('\n').length - 2;
    for (const index of [30, lastReadAtFirst, longLines.length - 4]) {
      const other = longLines[index]?.replace('{', '{\n') ?? '';
      const { byLines, whole } = await bothReadings(longLines.toSpliced(index, 1, other).join('\n'));
      expect(byLines).toEqual(whole);
      expect(whole).toHaveLength(1_021);
    }
  });

  test('whatever character is changed, put in or left out', async () => {
    const place = fc.nat({ max: written.length - 1 });
    const inserted = fc.constantFrom('', ',', '"', '\n', '{', '}', '[', ']', ' ', '0', 'a', ':', '\\', '\u2028');
    await fc.assert(
      fc.asyncProperty(place, fc.nat({ max: 3 }), inserted, async (at, removed, text) => {
        const { byLines, whole } = await bothReadings(`${written.slice(0, at)}${text}${written.slice(at + removed)}`);
        expect(byLines).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('whichever lines change places', async () => {
    const lineNumber = fc.nat({ max: lines.length - 1 });
    await fc.assert(
      fc.asyncProperty(lineNumber, lineNumber, async (one, other) => {
        const [line = ''] = lines.slice(one, one + 1);
        const { byLines, whole } = await bothReadings(lines.toSpliced(one, 1).toSpliced(other, 0, line).join('\n'));
        expect(byLines).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(['pool', 'gap'] as const)('the head and records of the kind %s alone', (kind) => {
  const inLastPool = written.lastIndexOf('\n    {') + '\n    {'.length;
  const otherwise = `${written.slice(0, inLastPool)}\n${written.slice(inLastPool)}`;
  test.each<[string, Reader, string]>([
    ['by lines', readJsonLines, written],
    ['by lines up to where it is laid out otherwise', readJsonLines, otherwise],
    ['by the streaming parser', readJson, written],
  ])('%s', async (_what, read, text) => {
    const file = join(await temporaryFolder(), 'result.json');
    await writeFile(file, text);
    const all = (await listOf(readJson(file, null))).flat();
    const only = all.filter((record) => record.kind === kind || record.kind === 'head');
    expect((await listOf(read(file, kind))).flat()).toEqual(only);
    expect(only.length).toBeGreaterThan(1);
  });
});
