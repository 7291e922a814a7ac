import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csv } from '../../src/report/csv.ts';
import { temporaryFolder } from '../temporary.ts';
import { textOf } from './a-result.ts';
import { everything } from './everything.ts';

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((file) => existsSync(file));
if (office === undefined) console.warn('skipped: LibreOffice is not installed, so no spreadsheet opens the CSV');

it.skipIf(office === undefined)(
  'opens in a spreadsheet with a row for each finding and gap, and nothing computed',
  async () => {
    const folder = await temporaryFolder();
    const text = await textOf(csv(everything()));
    await writeFile(join(folder, 'findings.csv'), text);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const sheet = 'csv:Text - txt - csv (StarCalc):44,34,76';
    await promisify(execFile)(office ?? '', [
      profile,
      '--headless',
      '--convert-to',
      sheet,
      '--outdir',
      `${folder}/out`,
      `${folder}/findings.csv`,
    ]);
    const shown = await readFile(join(folder, 'out', 'findings.csv'), 'utf8');
    const rowsOf = (sheetText: string): string[][] => parse(sheetText, { bom: true, relax_column_count: true });
    expect(rowsOf(shown)).toHaveLength(rowsOf(text).length);
    expect(shown).not.toMatch(/#(?:NAME|REF|VALUE|DIV\/0)|Err:\d/);
  },
  120_000,
);
