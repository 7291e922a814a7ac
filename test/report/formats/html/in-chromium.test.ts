/** The page as a browser shows it, in one walk; each of its parts for itself is in in-chromium.extended.test.ts. */
import axe from 'axe-core';
import { expect, onTestFinished, test } from 'vitest';
import { program, without } from '../../../programs.ts';
import { everything } from '../../everything.ts';
import { hiddenBesideFindings, openedPage, startBrowser } from './a-browser.ts';

const chromium = program('Chromium');

test.skipIf(chromium === null)(
  `in Chromium the page asks for nothing, is filtered and opened, and breaks no rule of axe${without('Chromium')}`,
  { timeout: 60_000 },
  async () => {
    const browser = await startBrowser(chromium ?? '');
    onTestFinished(() => browser.close());
    // Axe is injected as a script, which the page's own policy would refuse.
    const { page, complaints } = await openedPage(browser, everything(), { bypassCSP: true });
    const rows = page.locator('#findings-body > tr:not(.evidence)');
    const count = await rows.count();
    expect(count).toBeGreaterThan(3);
    await page.fill('#f-text', 'no such name anywhere');
    expect(await rows.count()).toBe(0);
    await page.click('#findings-reset');
    expect(await rows.count()).toBe(count);
    await page.locator('#findings-body .open').first().click();
    expect(await page.locator('tr.evidence').count()).toBe(1);
    for (const width of [700, 1100, 1300, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(hiddenBesideFindings), `${width} px`).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.addScriptTag({ content: axe.source });
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual([]);
  },
);
