import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReportOutputs, requireReadableQuery, writeReports } from '../../../src/commands/output/write-reports.ts';
import type { Shell } from '../../../src/commands/output/shell.ts';
import type { Result } from '../../../src/domain/result/result.ts';
import { everything } from '../../report/everything.ts';
import { temporaryFolder } from '../../temporary.ts';

function captured(): { readonly shell: Shell; readonly out: () => string } {
  let text = '';
  const stdout = { isTerminal: false, columns: 80, write: async (more: string) => void (text += more) };
  const shell: Shell = {
    env: {},
    exportVariables: () => undefined,
    ask: null,
    stdout,
    stderr: { ...stdout, write: async () => undefined },
    signal: new AbortController().signal,
    passSignals: () => undefined,
  };
  return { shell, out: () => text };
}

const flags = { color: 'auto' } as const;
const result: Result = everything();

describe('where reports go', () => {
  it('takes one report for standard output and the others for files', () => {
    expect(parseReportOutputs(['table', 'json=out/a=b.json'], {})).toEqual([
      { format: 'table', file: null, appends: false },
      { format: 'json', file: 'out/a=b.json', appends: false },
    ]);
    expect(() => parseReportOutputs(['table', 'json'], {})).toThrow(
      'Only one report can go to standard output, not table and json: give the others a file, FORMAT=FILE.',
    );
  });

  it.each([
    ['tabel', '--report tabel: tabel is not a format.'],
    ['sarfi=x', 'Did you mean sarif?'],
    ['json=', '--report json=: there is no file after the "=".'],
    ['csv=out/', '--report csv=out/: out/ is a folder, and csv is one file. Only asff takes a folder.'],
  ])('refuses --report %s with the way out', (spec, message) => {
    expect(() => parseReportOutputs([spec], {})).toThrow(message);
  });

  it('takes - for standard output, and a folder for the batches of ASFF', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/no/such/file' };
    const folder = `${await temporaryFolder()}/batches/`;
    const outputs = parseReportOutputs(['github-summary=-', `asff=${folder}`], env);
    expect(outputs).toEqual([
      { format: 'github-summary', file: null, appends: false },
      { format: 'asff', file: folder, appends: false },
    ]);
    await writeReports(result, outputs, flags, captured().shell, undefined);
    const findings = JSON.parse(await readFile(join(folder, 'findings-0001.json'), 'utf8'));
    expect(findings).toHaveLength(18);
  });

  it("adds the job summary to GitHub's file where there is one, beside a report on standard output", async () => {
    const summary = join(await temporaryFolder(), 'summary.md');
    await writeFile(summary, 'an earlier step\n');
    const outputs = parseReportOutputs(['github-summary', 'json'], { GITHUB_STEP_SUMMARY: summary });
    const { shell, out } = captured();
    await writeReports(result, outputs, flags, shell, undefined);
    expect(await readFile(summary, 'utf8')).toMatch(/^an earlier step\n.*\S/s);
    expect(JSON.parse(out())).toMatchObject({ schemaVersion: '1' });
  });

  it("names the importing account and region in ASFF, since Security Hub refuses another account's findings", async () => {
    const { shell, out } = captured();
    const here = { ...shell, env: { AWS_REGION: 'eu-central-1' } };
    await writeReports(
      result,
      parseReportOutputs(['asff'], {}),
      { ...flags, asffAccount: '999988887777' },
      here,
      undefined,
    );
    const [finding] = JSON.parse(out());
    expect(finding.AwsAccountId).toBe('999988887777');
    expect(finding.ProductArn).toBe('arn:aws:securityhub:eu-central-1:999988887777:product/999988887777/default');
  });

  it('keeps what may hold an external id from other users of the machine', async () => {
    const folder = await temporaryFolder();
    const outputs = parseReportOutputs([`json=${folder}/r.json`, `csv=${folder}/r.csv`], {});
    await writeReports(result, outputs, flags, captured().shell, undefined);
    expect((await stat(join(folder, 'r.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'r.csv'))).mode & 0o777).toBe(0o644);
  });
});

describe('--query', () => {
  it('filters the JSON on standard output', async () => {
    const { shell, out } = captured();
    const outputs = parseReportOutputs(['json'], {});
    await writeReports(result, outputs, { ...flags, query: 'tool.name' }, shell, undefined);
    expect(out()).toBe('"mfa-drift"\n');
  });

  it('is refused before the run where it can not be answered at its end', async () => {
    await expect(requireReadableQuery('tool', parseReportOutputs(['table'], {}))).rejects.toThrow(
      '--query filters JSON on standard output: add --report json.',
    );
    await expect(requireReadableQuery('a[', parseReportOutputs(['json'], {}))).rejects.toThrow('--query a[: ');
  });
});
