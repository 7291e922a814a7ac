import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csv } from '../../../src/report/formats/csv.ts';
import { program, without } from '../../programs.ts';
import { temporaryFolder } from '../../temporary.ts';
import { aFinding, aPool, aResult, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';

const office = program('LibreOffice');
const missing = without('LibreOffice');

/** LibreOffice's filter options, as docs/reports.md has them. */
async function documentedFilter(text: string): Promise<string> {
  const page = await readFile(new URL('../../../docs/reports.md', import.meta.url), 'utf8');
  const [, filter = '', column = ''] = /--infilter='(CSV:[^']*)COLUMN\/2'.*\((\d+) in `csv`/.exec(page) ?? [];
  const [names = []]: string[][] = parse(text);
  expect(names[Number(column) - 1]).toBe('account_id');
  return `${filter}${column}/2`;
}

it.skipIf(office === null)(
  `keeps the leading zero of an account id in a spreadsheet that is told which column is text${missing}`,
  async () => {
    const folder = await temporaryFolder();
    const text = await textOf(csv(aResult({ pools: [aPool({ accountId: '012345678901', findings: [aFinding()] })] })));
    await writeFile(join(folder, 'findings.csv'), text);
    const convert = (from: string, to: string, ...args: string[]) =>
      promisify(execFile)(office ?? '', [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        ...args,
        '--convert-to',
        to,
        '--outdir',
        `${folder}/${to}`,
        from,
      ]);
    await convert(`${folder}/findings.csv`, 'xlsx', `--infilter=${await documentedFilter(text)}`);
    await convert(`${folder}/xlsx/findings.xlsx`, 'csv');
    const [row]: Record<string, string>[] = parse(await readFile(`${folder}/csv/findings.csv`), {
      columns: true,
      bom: true,
    });
    expect(row).toMatchObject({ account_id: '012345678901', arn: expect.stringContaining(':012345678901:userpool/') });
  },
  120_000,
);

it.skipIf(office === null)(
  `opens in a spreadsheet with a row for each finding and gap, and nothing computed${missing}`,
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
