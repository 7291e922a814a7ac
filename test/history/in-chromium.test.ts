/** The page of a history as a browser shows it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { historyPage } from '../../src/history/page/page.ts';
import { readNights } from '../../src/history/read-nights.ts';
import { trendOf } from '../../src/history/trend.ts';
import { program, without } from '../programs.ts';
import { startBrowser } from '../report/formats/html/a-browser.ts';
import { temporaryFolder } from '../temporary.ts';
import { dayOf, resultOf } from './nights.ts';

const chromium = program('Chromium');

describe.skipIf(chromium === null)(`in Chromium${without('Chromium')}`, { timeout: 120_000 }, () => {
  it('asks the network for nothing, breaks no rule of axe, fits, and leads from a bar to its night', async () => {
    const folder = await temporaryFolder();
    for (const night of [0, 1, 2, 3, 4, 5]) await addNight(join(folder, 'history'), resultOf(night));
    const trend = await trendOf(readNights(join(folder, 'history'), { from: null, to: null }));
    const url = pathToFileURL(join(folder, 'history.html')).href;
    await writeFile(join(folder, 'history.html'), historyPage(trend, '<b>acme</b>'));
    const browser = await startBrowser(chromium ?? '');
    try {
      for (const [colorScheme, width] of [
        ['light', 390],
        ['dark', 1280],
      ] as const) {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        page.on('request', (request) => complaints.push(request.url()));
        await page.goto(url);
        expect(complaints).toEqual([url]);
        expect(await page.locator('h1').textContent()).toBe('MFA drift over 6 nights · <b>acme</b>');
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        await page.evaluate(axe.source);
        const found = await page.evaluate('axe.run()');
        expect(
          (found as axe.AxeResults).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        ).toEqual([]);
        const moved = trend.nights.find(({ opened }) => opened.length > 0)?.date ?? '';
        await page.locator(`#picture-movement a[href="#night-${moved}"]`).focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => page.url()).toBe(`${url}#night-${moved}`);
        expect(moved > dayOf(0)).toBe(true);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });
});
