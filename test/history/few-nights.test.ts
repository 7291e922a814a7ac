/** The page of the first nights: most histories are one night old once, and a week old longer. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { historyPage } from '../../src/history/page/page.ts';
import { readNights } from '../../src/history/read-nights.ts';
import { trendOf } from '../../src/history/trend.ts';
import { temporaryFolder } from '../temporary.ts';
import { dayOf, resultOf } from './nights.ts';

async function pageOf(count: number): Promise<string> {
  const history = join(await temporaryFolder(), 'history');
  for (let night = 0; night < count; night += 1) await addNight(history, resultOf(night));
  return historyPage(await trendOf(readNights(history, { from: null, to: null })), 'acme');
}

const pictureOf = (page: string, id: string): string =>
  new RegExp(`<svg[^>]*picture-${id}.*?</svg>`, 's').exec(page)?.[0] ?? '';

test.each([1, 2, 3, 5])('each day is named once below the pictures of %i nights', async (count) => {
  const page = await pageOf(count);
  for (const id of ['verdicts', 'movement']) {
    const days = [...pictureOf(page, id).matchAll(/text-anchor="middle">(\d{4}-\d\d-\d\d)</g)].map(([, day]) => day);
    expect(days).toEqual(Array.from({ length: count }, (_, night) => dayOf(night)));
  }
});

test('the verdicts of a first night have a width', async () => {
  const path = /<path class="compliant" d="(?<d>[^"]*)"/.exec(pictureOf(await pageOf(1), 'verdicts'))?.groups?.['d'];
  const across = [...(path ?? '').matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x));
  expect(Math.max(...across) - Math.min(...across)).toBeGreaterThan(400);
});

test('a page of more fixed findings than a call takes arguments says how long they stood', async () => {
  const history = join(await temporaryFolder(), 'history');
  await addNight(history, resultOf(0));
  const trend = await trendOf(readNights(history, { from: null, to: null }));
  const fixed = Array.from({ length: 130_000 }, (_, at) => ({
    severity: 'high',
    accountId: '111122223333',
    owner: null,
    days: at % 9,
  }));
  expect(historyPage({ ...trend, fixed }, 'acme')).toMatch(/>130,?000</);
});
