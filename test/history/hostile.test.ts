/** Names of others on the page of a history, in its tables and in what an auditor gets: text, and nothing that anything acts on. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { periodEvidence } from '../../src/history/evidence.ts';
import { historyPage } from '../../src/history/page/page.ts';
import type { ReadNight } from '../../src/history/read-nights.ts';
import { tables } from '../../src/history/tables.ts';
import { trendOf } from '../../src/history/trend.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { aResult, listOf } from '../report/a-result.ts';
import { hostileNames, named, unprintable } from '../report/hostile.ts';

/** As the history reads a result back. */
async function nightOf(date: string, result: Result): Promise<ReadNight> {
  const rows = async (name: keyof typeof tables) => (await listOf(tables[name].rows(result))) as never[];
  const [run] = await rows('runs');
  if (run === undefined) throw new Error('a run has a row');
  return {
    date,
    run,
    pools: await rows('pools'),
    findings: await rows('findings'),
    units: await rows('units'),
    exceptions: await rows('exceptions'),
    changes: await rows('changes'),
    policies: await rows('policies'),
  };
}

/** Nothing, the name in every place, and nothing again: it is opened, drawn and closed. */
async function* nightsOf(name: string): AsyncGenerator<ReadNight> {
  yield await nightOf('2026-11-17', aResult({}));
  yield await nightOf('2026-11-18', named(name));
  yield await nightOf('2026-11-19', aResult({}));
  yield await nightOf('2026-11-20', named(name));
}

/** Elements and attributes that the page has of itself: what is filled in has its angle brackets and quotes escaped. */
function skeleton(page: string): readonly string[] {
  const tags = [...page.matchAll(/<[^>]*>/g)].flatMap(([tag]) => tag.replaceAll(/"[^"]*"/g, '').split(/[\s=]+/));
  return [...new Set(tags)].toSorted(compare);
}

const compare = (one: string, other: string): number => (one < other ? -1 : 1);

test.each(hostileNames)('the page: %j is text in charts, titles and tables', async (name) => {
  const page = historyPage(await trendOf(nightsOf(name)), name);
  const plain = historyPage(await trendOf(nightsOf('plain')), 'plain');
  expect(page).not.toMatch(unprintable);
  expect(skeleton(page)).toEqual(skeleton(plain));
  expect(
    [...page.matchAll(/href="([^"]*)"/g)].filter(([, href = '']) => !/^#night-\d{4}-\d\d-\d\d$/.test(href)),
  ).toEqual([]);
});

test.each(hostileNames)('evidence: %j is a cell that no spreadsheet runs', async (name) => {
  const files = await periodEvidence(nightsOf(name), '');
  expect(files.map((file) => file.name)).toContain('exceptions.csv');
  for (const { name: file, text } of files.filter((each) => each.name.endsWith('.csv'))) {
    const rows: readonly (readonly string[])[] = parse(text);
    expect(new Set(rows.map((row) => row.length)).size, file).toBe(1);
    expect(rows.flat().filter((cell) => /^[=+@\-\t\r]/.test(cell))).toEqual([]);
    expect(text).not.toMatch(unprintable);
  }
});
