import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolRecord, Result } from '../../../../src/domain/result/result.ts';
import { aFinding, aGap, anAccount, anException, aPolicyRecord, aPool, aResult } from '../../a-result.ts';
import { everything } from '../../everything.ts';
import { hugeResult } from '../../huge-result.ts';
import { largeNight } from '../../large-night.ts';
import { program, without } from '../../../programs.ts';
import { tries } from '../../../strength.ts';
import { hiddenBesideFindings, openedPage, startBrowser } from './a-browser.ts';

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

  const opened = (result: Result, context: BrowserContextOptions = {}) => openedPage(browser, result, context);

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
    expect(await page.textContent('#findings-count')).toBe('1 of 1 finding shown, filtered from 4');
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
    const names = () => page.locator('#findings-body > tr > td:nth-child(2)').allTextContents();
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

  test('an account of the map leads to its findings, by keyboard too', async () => {
    const { page, complaints } = await opened(several);
    await page.locator('#pictures a[href="#findings?account=222233334444"]').focus();
    await page.keyboard.press('Enter');
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('mouse')]);
    await expect.poll(async () => (await page.locator('#findings').boundingBox())?.y).toBeLessThan(100);
    await page.goBack();
    expect(await rows(page).count()).toBe(4);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('pictures are seen without a script, and on paper', async () => {
    const { page } = await opened(largeNight(20), { javaScriptEnabled: false });
    for (const picture of ['map', 'units', 'factors', 'moves', 'turns'])
      expect(await page.locator(`#picture-${picture}`).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    // A4, sideways, within its margins.
    await page.setViewportSize({ width: 1032, height: 700 });
    for (const picture of await page.locator('#pictures svg').all()) {
      const box = await picture.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1032);
      expect(box?.height).toBeLessThanOrEqual(700);
    }
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
    expect(await page.textContent('#pools-count')).toBe('1 of 1 pool shown, filtered from 6');
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

  test.each([
    ['light', 'everything', everything(), 'document'],
    ['dark', 'everything', everything(), 'document'],
    ['dark', 'pictures', largeNight(8), "'#pictures'"],
  ] as const)('axe finds nothing in %s: %s', async (colorScheme, _what, result, where) => {
    // Axe is injected as a script, which the page's own policy would refuse.
    const { page } = await opened(result, { colorScheme, bypassCSP: true });
    for (const summary of await page.locator('#pictures summary').all()) await summary.click();
    await page.locator('#findings-body .open').first().click();
    await page.addScriptTag({ content: axe.source });
    const violations = await page.evaluate(
      `axe.run(${where}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
    );
    expect(violations).toEqual([]);
    await page.close();
  });

  const widths = [390, 1100, 1280] as const;

  /** Words, names and ids that stand on two lines, as the reader sees them; what no line holds may be broken. */
  const brokenWords = `(() => {
    const broken = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (node.parentElement.closest('script, style, pre, option, [hidden]')) continue;
      for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}_-]+(?:\\.ya?ml(?::\\d+)?)?/gu)) {
        if (word.length > 44) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
      }
    }
    return broken;
  })()`;

  const longNames = aResult({
    accounts: [anAccount({ name: 'customer-identity-production' })],
    gaps: [aGap({ message: 'no identity-based policy allows cognito-idp:GetUserPoolMfaConfig to MfaDriftAudit' })],
    run: { policySet: [aPolicyRecord({ controls: ['NIST-800-53-r5 IA-2(1)', 'OWASP-ASVS-4.0.3 2.7.1'] })] },
    pools: [
      drifting(
        {
          accountName: 'customer-identity-production',
          region: 'ap-southeast-1',
          poolId: 'ap-southeast-1_Ab12Cd34E',
          poolName: 'customers-business-to-business-web-portal',
        },
        { policy: 'prod-customers-need-totp', file: 'policies/p.yaml', line: 13 },
      ),
      drifting(
        { poolName: 'kiosk' },
        {
          path: 'WebAuthnConfiguration.FactorConfiguration',
          expected: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
          actual: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
          file: 'policies/production/customers/passkeys-and-totp.yaml',
          line: 104,
        },
      ),
    ],
  });

  describe.each(widths)('at %i px', (width) => {
    const viewport = { width, height: 800 };

    test.each([
      ['everything', everything()],
      ['long names', longNames],
      ['an organization', largeNight(20)],
    ])('no word and no id of %s is broken in the middle', async (_name, result) => {
      const { page } = await opened(result, { viewport });
      await page.locator('#findings-body .open').first().click();
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      expect(await page.evaluate(brokenWords)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      // What is whole and wider than a telephone is pushed sideways there, behind a shade.
      expect(await page.evaluate(hiddenBesideFindings)).toBeLessThanOrEqual(width < 400 ? 30 : 0);
      await page.close();
    });

    test('findings begin within the first screen, below what puts them in doubt', async () => {
      const { page } = await opened(everything(), { viewport });
      const first = await rows(page).first().boundingBox();
      const doubt = await page.locator('.notice a[href="#not-read"]').boundingBox();
      expect(first?.y).toBeLessThan(viewport.height - 100);
      expect(doubt?.y).toBeLessThan(first?.y ?? 0);
      await page.close();
    });
  });

  test('a search that finds nothing says so, and how many there are', async () => {
    const { page } = await opened(several);
    await page.fill('#f-text', 'giraffe');
    expect(await page.textContent('#findings-count')).toBe('None of 4 findings has all of that.');
    expect(await page.locator('#findings-table').isVisible()).toBe(false);
    await page.fill('#p-text', 'giraffe');
    expect(await page.textContent('#pools-count')).toBe('None of 4 pools has all of that.');
    await page.click('#findings-reset');
    expect(await rows(page).count()).toBe(4);
    await page.close();
  });

  test('a page without findings says that there are none, and offers nothing to filter', async () => {
    const { page, complaints } = await opened(aResult({ pools: [aPool()] }));
    expect(await page.textContent('#findings-count')).toBe('There are none.');
    expect(await page.locator('#findings-controls').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  describe('the address', () => {
    const hash = (page: Page) => page.evaluate('decodeURIComponent(location.hash)');
    const shown = (page: Page) => rows(page).count();

    test('says what is filtered and sorted, and brings it back to whoever opens it', async () => {
      const { page } = await opened(several);
      await page.selectOption('#f-severity', 'critical');
      await page.locator('#f-text').pressSequentially('mouse');
      await page.selectOption('#p-status', 'excepted');
      await page.locator('th[data-key="name"]').getByRole('button').click();
      expect(await hash(page)).toBe('#findings?text=mouse&severity=critical&sort=name&pool-status=excepted');
      await page.reload();
      expect(await page.inputValue('#f-severity')).toBe('critical');
      expect(await page.inputValue('#f-text')).toBe('mouse');
      expect(await page.inputValue('#p-status')).toBe('excepted');
      expect(await page.locator('th[data-key="name"]').getAttribute('aria-sort')).toBe('ascending');
      expect(await shown(page)).toBe(1);
      await page.close();
    });

    test("follows the browser's way back and forth; a word that is typed is one step", async () => {
      const { page } = await opened(several);
      await page.selectOption('#f-status', 'excepted');
      await page.locator('#f-text').pressSequentially('owl');
      await page.selectOption('#f-status', '');
      await page.goBack();
      expect(await page.inputValue('#f-status')).toBe('excepted');
      await page.goBack();
      expect([await page.inputValue('#f-text'), await shown(page)]).toEqual(['', 1]);
      await page.goBack();
      expect([await page.inputValue('#f-status'), await shown(page), await hash(page)]).toEqual(['', 4, '']);
      await page.goForward();
      expect([await page.inputValue('#f-status'), await shown(page)]).toEqual(['excepted', 1]);
      await page.close();
    });

    test('of a section leaves the filters as they are, and nonsense in it filters nothing', async () => {
      const { page, complaints } = await opened(several);
      await page.selectOption('#f-severity', 'critical');
      await page.click('nav a[href="#pools"]');
      expect(await page.inputValue('#f-severity')).toBe('critical');
      await page.evaluate("location.hash = '#findings?severity=worst&sort=toString&colour=blue&policy=%ZZ'");
      await expect.poll(() => shown(page)).toBe(4);
      expect(await page.inputValue('#f-severity')).toBe('');
      expect(complaints).toEqual([]);
      await page.close();
    });
  });

  test('nothing is wider than a telephone', async () => {
    const { page } = await opened(everything(), { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.close();
  });
});
