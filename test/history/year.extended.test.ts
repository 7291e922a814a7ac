/**
 * A simulated year, `npm run year`: how large the store is, how long a night takes, what the page costs and how fast it
 * answers; and every number that is drawn against what DuckDB says over the raw results. Prints what docs/history.md tells,
 * and with `PICTURES=docs/images` writes its picture there.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { historyPage } from '../../src/history/page/page.ts';
import { readNights } from '../../src/history/read-nights.ts';
import { median, trendOf } from '../../src/history/trend.ts';
import { ndjson } from '../../src/report/formats/ndjson.ts';
import { program, without } from '../programs.ts';
import { startBrowser } from '../report/formats/html/a-browser.ts';
import { textOf } from '../report/a-result.ts';
import { dayOf, nights, yearNight } from './year/world.ts';

const told: string[] = [];
let folder = '';
let page = '';
let megabytes = 0;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mfa-drift-year-'));
  const [raw, history] = [join(folder, 'raw'), join(folder, 'history')];
  await mkdir(raw);
  const took: number[] = [];
  for (let night = 0; night < nights; night += 1) {
    const result = yearNight(night);
    const text = await textOf(ndjson(result));
    await writeFile(join(raw, `${dayOf(night)}.ndjson.gz`), await promisify(gzip)(text, { level: 1 }));
    const before = performance.now();
    await addNight(history, result);
    took.push(performance.now() - before);
  }
  megabytes = await sizeOf(history);
  const before = process.cpuUsage();
  page = historyPage(await trendOf(readNights(history, { from: null, to: null })), 'history');
  const { user, system } = process.cpuUsage(before);
  await writeFile(join(folder, 'year.html'), page);
  told.push(
    `${nights} nights: ${megabytes.toFixed(1)} MB`,
    `adding a night: ${Math.round(median(took) ?? 0)} ms in the middle, ${Math.round(Math.max(...took))} ms at the most`,
    `the page: ${((user + system) / 1e6).toFixed(1)} s of processor time, ${((await stat(join(folder, 'year.html'))).size / 1e6).toFixed(1)} MB`,
  );
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run((await readFile('test/history/year/raw.sql', 'utf8')).replaceAll('$RAW', raw));
}, 1_200_000);

afterAll(async () => {
  process.stdout.write(`\n${told.join('\n')}\n`);
  await rm(folder, { recursive: true, force: true });
});

async function sizeOf(at: string): Promise<number> {
  const files = (await readdir(at, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
}

it('a year is under 150 MB', () => expect(megabytes).toBeLessThan(150));

async function asked(sql: string): Promise<readonly (readonly string[])[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader
    .getRowsJson()
    .map((row) => row.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))));
}

/** The cells of the table that the page calls so. */
function drawn(label: string): readonly (readonly string[])[] {
  const table = new RegExp(`aria-label="${label}">(.*?)</table>`, 's').exec(page)?.[1] ?? '';
  const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1).map(([, row = '']) => row);
  return rows.map((row) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '').trim()),
  );
}

describe('each drawn number is what DuckDB says over the raw results', () => {
  it('pools by verdict, and places not read', async () => {
    expect(drawn('Pools by verdict')).toEqual(
      await asked(`SELECT date, compliant, excepted, uncovered, unreadable, drifted, gaps FROM verdicts ORDER BY date`),
    );
    expect(drawn('Pools by verdict')).toHaveLength(nights);
  });

  it('findings opened, fixed, closed otherwise and open', async () => {
    expect(drawn('Findings by night')).toEqual(
      await asked(`SELECT date, opened, fixed, otherwise, open FROM movement ORDER BY date`),
    );
  });

  it('findings that went with their account and with their pool, as the page says of each', async () => {
    const [[accounts = '', pools = ''] = []] = await asked(
      `SELECT count(*) FILTER (reason = 'account-left'), count(*) FILTER (reason = 'pool-gone') FROM dated WHERE open = 0 AND before = 1`,
    );
    expect(page.split('<td>account left</td>').length - 1).toBe(Number(accounts));
    expect(page.split('<td>pool gone</td>').length - 1).toBe(Number(pools));
  });

  it.each([
    ['By severity', 'severity'],
    ['By owner', 'owner'],
  ])('time to fix: %s', async (label, column) => {
    const sql = `SELECT ${column}, count(*), median(days), max(days) FROM fixed GROUP BY 1`;
    const cells = drawn(label).map((row) => row.slice(0, 4));
    expect(cells.length).toBeGreaterThan(3);
    expect(cells.toSorted(byText)).toEqual((await asked(sql)).map((row) => row.map(plain)).toSorted(byText));
  });

  it('time to fix by account', async () => {
    const sql = `SELECT account, count(*), median(days), max(days) FROM fixed GROUP BY 1`;
    const all = new Map((await asked(sql)).map((row) => [row[0], row.map(plain)]));
    const label = `By account, the slowest 10 of ${all.size}`;
    const cells = drawn(label).map((row) => row.slice(0, 4));
    expect(cells).toHaveLength(10);
    for (const row of cells) expect(row).toEqual(all.get(row[0] ?? ''));
    const least = Math.min(...cells.map((row) => Number(row[2])));
    const slower = [...all.values()].filter((row) => Number(row[2]) > least);
    expect(slower.length).toBeLessThan(10);
  });

  it('pools with a passkey as a second factor', async () => {
    expect(drawn('Pools with a passkey as a second factor')).toEqual(
      await asked(`SELECT date, resistant, known FROM resistance ORDER BY date`),
    );
  });

  it('readiness', async () => {
    expect(drawn('Readiness')).toEqual(
      await asked(`SELECT date, pools, ready, users, round(ready_users)::INT, locked_out FROM readiness ORDER BY date`),
    );
  });

  it('exceptions of the last night, and when they end', async () => {
    const cells = drawn('Exceptions').map(([ends = '', owner, ticket, , excuses]) => [
      ends.slice(0, 10),
      owner,
      ticket,
      excuses,
    ]);
    expect(cells.length).toBeGreaterThan(3);
    expect(cells).toEqual(await asked(`SELECT expires, owner, ticket, excuses FROM exceptions ORDER BY expires`));
  });

  it('what is open at the end', async () => {
    const [[open = '', older = ''] = []] = await asked(`SELECT count(*), count(*) FILTER (is_older) FROM open_at_end`);
    expect(page).toContain(`<b>${Number(open).toLocaleString('en-US')}</b><span>findings open at its end</span>`);
    expect(drawn('Open findings').filter((row) => row[4]?.includes('or before'))).toHaveLength(Number(older));
  });
});

function byText(one: readonly string[], other: readonly string[]): number {
  return one.join() < other.join() ? -1 : 1;
}

/** `3.0` of DuckDB is 3 here. */
function plain(value: string): string {
  return /^\d+\.0$/.test(value) ? value.slice(0, -2) : value;
}

const chromium = program('Chromium');

describe.skipIf(chromium === null)(`in Chromium${without('Chromium')}`, { timeout: 600_000 }, () => {
  it('asks the network for nothing, breaks no rule of axe, and tells how fast it answers', async () => {
    const browser = await startBrowser(chromium ?? '');
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
      const shown = await context.newPage();
      const url = pathToFileURL(join(folder, 'year.html')).href;
      const requests: string[] = [];
      shown.on('request', (request) => requests.push(request.url()));
      await shown.goto(url);
      const slowest = await shown.evaluate(everyInteraction);
      told.push(`the slowest of ${slowest.count} interactions: ${Math.round(slowest.ms)} ms (${slowest.what})`);
      // A tenth of a second is what it is to take, and docs/history.md says what it took; how busy this machine is, is not the
      // page's to answer for. Laid out whole, the page of a year took 300 ms.
      expect(slowest.ms).toBeLessThan(250);
      expect(slowest.astray).toEqual([]);
      expect(requests).toEqual([url]);
      await shown.evaluate(axe.source);
      const found = (await shown.evaluate(
        `axe.run(document, { resultTypes: ['violations'], iframes: false })`,
      )) as axe.AxeResults;
      expect(found.violations.map(({ id, impact }) => [id, impact])).toEqual([]);
      await pictured(browser, url);
      // What is far below is laid out when one comes to it, and on paper always.
      const laidOut = `[...document.querySelectorAll('.night h3')].map((night) => night.checkVisibility({ contentVisibilityAuto: true }))`;
      await shown.evaluate('scrollTo(0, 0)');
      await expect.poll(() => shown.evaluate(laidOut)).toContain(false);
      await shown.emulateMedia({ media: 'print' });
      await expect.poll(() => shown.evaluate(laidOut)).not.toContain(false);
    } finally {
      await browser.close();
    }
  });
});

/** The top of the page, as docs/history.md shows it. */
async function pictured(browser: Browser, url: string): Promise<void> {
  const shown = await browser.newPage({ viewport: { width: 1100, height: 940 } });
  await shown.goto(url);
  await shown.screenshot({ path: join(process.env['PICTURES'] ?? folder, 'history.png') });
  await shown.close();
}

/**
 * Runs in the page: opens and closes each table, and follows links to where they lead; to the frame that shows it. Of a machine that does other
 * things it is the best of eight, less what a frame takes there in which nothing happens.
 */
const everyInteraction = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const times = [];
  const astray = [];
  async function timed(act) {
    const tries = [];
    for (let at = 0; at < 8; at += 1) {
      await frame();
      const before = performance.now();
      act();
      document.body.getBoundingClientRect();
      await frame();
      tries.push(performance.now() - before);
    }
    return Math.min(...tries);
  }
  const idle = await timed(() => {});
  for (const summary of document.querySelectorAll('summary')) {
    times.push({ what: 'open or close: ' + summary.textContent.trim(), ms: (await timed(() => summary.click())) - idle });
  }
  const links = [...document.querySelectorAll('svg a')];
  for (const link of links.filter((_, at) => at % 40 === 0)) {
    const ms = await timed(() => link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
    times.push({ what: 'follow ' + link.getAttribute('href'), ms: ms - idle });
    const { top } = document.querySelector(link.getAttribute('href')).getBoundingClientRect();
    if (top < -2 || top > innerHeight) astray.push(link.getAttribute('href') + ' at ' + top);
  }
  times.sort((one, other) => other.ms - one.ms);
  return { ...times[0], count: times.length, astray };
})()` as unknown as () => Promise<{ count: number; ms: number; what: string; astray: readonly string[] }>;
