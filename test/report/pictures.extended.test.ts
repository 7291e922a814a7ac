/**
 * The pictures of README.md and docs/reports.md, of today's program: with `PICTURES=docs/images` they are written there.
 * `docs/images/history.png` is the page of a year, which test/history/year.extended.test.ts writes in the same way;
 * `docs/images/rollout.svg` is drawn by test/remediate/rollout.test.ts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { program, without } from '../programs.ts';
import { temporaryFolder } from '../temporary.ts';
import { openedPage, startBrowser } from './formats/html/a-browser.ts';
import { largeNight } from './large-night.ts';

const chromium = program('Chromium');
const folder = process.env['PICTURES'] ?? (await temporaryFolder());
await mkdir(folder, { recursive: true });

async function browser() {
  const started = await startBrowser(chromium ?? '');
  onTestFinished(() => started.close());
  return started;
}

/** As `npm run demo` shows it at a terminal of 100 columns. */
const demo = (...reports: readonly string[]) =>
  run(
    ['demo', '--color', 'on', '--no-redact', ...reports],
    { npm_lifecycle_event: 'demo' },
    { spoil: (_name, output) => ({ ...output, columns: 100 }) },
  );

test.skipIf(chromium === null)(`the demo in a terminal${without('Chromium')}`, { timeout: 120_000 }, async () => {
  const { exitCode, stdout, stderr } = await demo();
  expect(exitCode).toBe(3);
  const lines = stdout.split('\n');
  const [cut, on] = [/ workforce {3}\d+ pool/, /^\S*NOT READ/].map((at) => lines.findIndex((line) => at.test(line)));
  expect(cut).toBeGreaterThan(0);
  expect(on).toBeGreaterThan(cut ?? 0);
  const shown = [...lines.slice(0, cut), '  ⋮', '', ...lines.slice(on, -1), /^exit 3: .*$/m.exec(stderr)?.[0] ?? ''];
  const page = await (await browser()).newPage({ viewport: { width: 860, height: 400 } });
  await page.setContent(terminal(['$ npm run demo', ...shown].join('\n')));
  await page.screenshot({ path: join(folder, 'demo.png'), fullPage: true });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(860);
});

test.skipIf(chromium === null)(`its page${without('Chromium')}`, { timeout: 120_000 }, async () => {
  const file = join(await temporaryFolder(), 'drift.html');
  await demo('--report', `html=${file}`);
  const page = await (await browser()).newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(pathToFileURL(file).href);
  expect(await page.locator('#findings-body > tr').count()).toBeGreaterThan(20);
  await page.screenshot({ path: join(folder, 'report.png') });
});

test.skipIf(chromium === null)(`a large night${without('Chromium')}`, { timeout: 120_000 }, async () => {
  const { page } = await openedPage(await browser(), largeNight(500), { viewport: { width: 1440, height: 1000 } });
  expect(await page.locator('#pictures svg').count()).toBeGreaterThan(3);
  await writeFile(join(folder, 'tonight.png'), await pictured(page));
});

const pictured = (page: Page) => page.locator('#pictures').screenshot();

const colours: Readonly<Record<string, string>> = {
  1: 'font-weight:bold',
  2: 'opacity:.7',
  31: 'color:#ff6b68',
  32: 'color:#6bd490',
  33: 'color:#ffe066',
  34: 'color:#7cb7f5',
  35: 'color:#d3a4ff',
  36: 'color:#7fdbdb',
  90: 'color:#9aa4b0',
};

/** What `util.styleText` wrote, as a page: each sequence that begins a style opens a span, each that ends one closes it. */
function terminal(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  // oxlint-disable-next-line no-control-regex -- it is what a terminal acts on
  const styled = escaped.replaceAll(/\u001B\[(\d+)m/g, (_sequence, code: string) =>
    code in colours ? `<span style="${colours[code] ?? ''}">` : '</span>',
  );
  return `<body style="margin:0;background:#17181c;color:#dfe3e8"><pre style="margin:14px 8px;font:13px/15px 'DejaVu Sans Mono',monospace">${styled}</pre>`;
}
