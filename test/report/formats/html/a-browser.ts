import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Result } from '../../../../src/domain/result/result.ts';
import { html } from '../../../../src/report/formats/html/html.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { textOf } from '../../a-result.ts';
import { plainOptions } from '../../plain-options.ts';

export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
}

/** Opens the report's page from disk; whatever it asks for, throws or complains about is collected. */
export async function openedPage(
  browser: Browser,
  result: Result,
  context: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const file = join(await temporaryFolder(), 'report.html');
  await writeFile(file, await textOf(html(result, plainOptions)));
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

/** How many pixels of the findings a reader would have to push into view; run in the page. */
export const hiddenBesideFindings =
  "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('#findings-table'))";
