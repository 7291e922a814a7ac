import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolRecord, Result } from '../../../../src/domain/result/result.ts';
import { html } from '../../../../src/report/formats/html/html.ts';
import { aFinding, aGap, anAccount, anException, aPolicyRecord, aPool, aResult, textOf } from '../../a-result.ts';
import { everything } from '../../everything.ts';
import { hugeResult } from '../../huge-result.ts';
import { program, without } from '../../../programs.ts';
import { tries } from '../../../strength.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { startBrowser } from './a-browser.ts';
import { plainOptions } from '../../plain-options.ts';

const options = plainOptions;

function written(result: Result): Promise<string> {
  return textOf(html(result, options));
}

function drifting(members: Partial<PoolRecord>, finding: Parameters<typeof aFinding>[0] = {}): PoolRecord {
  return aPool({ status: 'drifted', findings: [aFinding(finding)], ...members });
}

/** The page lists 10,000 at most. */
const many = tries({ usual: 2000, extended: 10_000 });

const chromium = program('Chromium');

describe.skipIf(chromium === null)(`in Chromium${without('Chromium')}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(chromium ?? '');
  });
  afterAll(() => browser.close());

  /** Opens the page from disk; whatever it asks for, throws or complains about is collected. */
  async function opened(result: Result, context: BrowserContextOptions = {}) {
    const file = join(await temporaryFolder(), 'report.html');
    await writeFile(file, await written(result));
    const page = await browser.newPage(context);
    const complaints: string[] = [];
    const url = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, complaints };
  }

  const rows = (page: Page) => page.locator('#findings-body > tr:not(.evidence)');

  const several = aResult({
    accounts: [anAccount(), anAccount({ id: '222233334444', name: 'payments-prod' })],
    pools: [
      drifting({ poolName: 'zebra' }, { severity: 'medium', policy: 'floor' }),
      drifting({ poolName: 'antelope' }, { severity: 'low', change: 'new' }),
      drifting(
        { poolName: 'mouse', accountId: '222233334444', accountName: 'payments-prod' },
        { severity: 'critical' },
      ),
      aPool({
        poolName: 'owl',
        status: 'excepted',
        findings: [aFinding({ status: 'excepted', exception: anException })],
      }),
    ],
  });

  test.each([
    ['an empty organization', aResult()],
    ['only gaps', aResult({ gaps: [aGap()] })],
    ['everything', everything()],
    ['as many findings as it lists', hugeResult(many)],
  ])('%s opens without a complaint or a request', async (_name, result) => {
    const { page, complaints } = await opened(result);
    await expect.poll(() => page.locator('h1').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('findings are filtered by text, severity, status and account', async () => {
    const { page } = await opened(several);
    expect(await rows(page).count()).toBe(4);
    await page.fill('#f-text', 'ANTE');
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('antelope')]);
    expect(await page.textContent('#findings-count')).toBe('1 of 1 findings shown, filtered from 4');
    await page.click('#findings-reset');
    await page.selectOption('#f-severity', 'critical');
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('mouse')]);
    await page.click('#findings-reset');
    await page.selectOption('#f-status', 'excepted');
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('owl')]);
    await page.click('#findings-reset');
    await page.selectOption('#f-account', '222233334444');
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('mouse')]);
    await page.close();
  });

  test('findings are sorted by a column, both ways, and say so', async () => {
    const { page } = await opened(several);
    const names = () => page.locator('#findings-body > tr > td:nth-child(5)').allTextContents();
    const header = page.locator('th[data-key="name"]');
    await header.getByRole('button').click();
    expect((await names()).map((name) => name.slice(0, 3))).toEqual(['ant', 'mou', 'owl', 'zeb']);
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await header.getByRole('button').click();
    expect((await names()).map((name) => name.slice(0, 3))).toEqual(['zeb', 'owl', 'mou', 'ant']);
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    await page.close();
  });

  test('a finding opens its evidence, by keyboard too', async () => {
    const { page } = await opened(everything());
    await page.locator('#findings-body .open').nth(2).focus();
    await page.keyboard.press('Enter');
    const evidence = page.locator('tr.evidence');
    const text = (await evidence.textContent()) ?? '';
    expect(text).toContain('8f0c1234-aaaa-bbbb-cccc-123456789abc');
    expect(text).toContain('"MfaConfiguration": "OFF"');
    expect(text).toContain('arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Zz98Yy76X');
    expect(await evidence.locator('mark').textContent()).toContain('SoftwareTokenMfaConfiguration: { Enabled: true }');
    expect(await evidence.locator('a').getAttribute('href')).toBe(
      'https://eu-west-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-west-1_Zz98Yy76X/overview?region=eu-west-1',
    );
    await page.keyboard.press('Enter');
    expect(await evidence.count()).toBe(0);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('f-text');
    await page.close();
  });

  test('many findings are drawn a part at a time', async () => {
    const { page } = await opened(hugeResult(many));
    expect(await rows(page).count()).toBe(100);
    await page.click('#findings-more');
    expect(await rows(page).count()).toBe(600);
    await page.fill('#f-text', `customers-${many - 1}`);
    expect(await rows(page).count()).toBe(1);
    await page.close();
  });

  test('every pool is listed, and is found by name, account and status', async () => {
    const { page, complaints } = await opened(everything());
    const listed = page.locator('#pools-body > tr');
    expect(await listed.count()).toBe(everything().head.summary.pools.total);
    await page.fill('#p-text', 'EU-WEST-1_AB12CD34E shop-prod');
    expect(await listed.allTextContents()).toEqual([expect.stringMatching(/^passes.*eu-west-1_Ab12Cd34E/)]);
    expect(await page.textContent('#pools-count')).toBe('1 of 1 pools shown, filtered from 6');
    await page.fill('#p-text', '');
    await page.selectOption('#p-status', 'uncovered');
    expect(await listed.allTextContents()).toEqual([expect.stringContaining('forgotten')]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a pool leads to its findings, whatever they were filtered by', async () => {
    const { page } = await opened(several);
    await page.selectOption('#f-severity', 'low');
    await page.fill('#p-text', 'mouse');
    await page.locator('#pools-body .open').click();
    expect(await page.inputValue('#f-severity')).toBe('');
    expect(await rows(page).count()).toBe(4);
    expect(await page.inputValue('#f-text')).toBe('eu-west-1_Ab12Cd34E');
    await page.close();
  });

  test('many pools are drawn a part at a time', async () => {
    const { page } = await opened(hugeResult(many));
    const listed = page.locator('#pools-body > tr');
    expect(await listed.count()).toBe(100);
    await page.click('#pools-more');
    expect(await listed.count()).toBe(600);
    await page.close();
  });

  test('paper shows what is folded on the screen, and no control', async () => {
    const { page } = await opened(everything());
    await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('#findings-controls').isVisible()).toBe(false);
    expect((await page.pdf()).byteLength).toBeGreaterThan(1000);
    await page.close();
  });

  test('no name runs, loads or shows anything but itself', async () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'><svg onload=alert(3)>';
    const { page, complaints } = await opened(
      aResult({
        accounts: [anAccount({ name: hostile })],
        gaps: [aGap({ message: hostile, remedy: hostile })],
        warnings: [{ code: 'conflict', message: hostile, file: hostile, line: 1 }],
        run: {
          policySet: [aPolicyRecord({ name: hostile, description: hostile, controls: [hostile], file: hostile })],
          policies: [{ file: hostile, sha256: hostile, names: [hostile], text: hostile }],
          callerArn: hostile,
        },
        pools: [
          drifting(
            { accountName: hostile, poolName: hostile, config: { [hostile]: hostile }, managedBy: hostile },
            {
              policy: hostile,
              path: hostile,
              actual: hostile,
              expected: hostile,
              file: hostile,
              exception: { ...anException, reason: hostile },
            },
          ),
        ],
      }),
    );
    await page.locator('#findings-body .open').click();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('tr.evidence').textContent()).toContain('alert(1)');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    // Axe is injected as a script, which the page's own policy would refuse.
    const { page } = await opened(everything(), { colorScheme, bypassCSP: true });
    await page.locator('#findings-body .open').first().click();
    await page.addScriptTag({ content: axe.source });
    const violations = await page.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
    );
    expect(violations).toEqual([]);
    await page.close();
  });

  test('nothing is wider than a telephone', async () => {
    const { page } = await opened(everything(), { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.close();
  });
});
