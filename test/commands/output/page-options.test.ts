/** What a page looks like at a terminal, in a pipe and in a file: its width, and what it does not show. */
import { readFile } from 'node:fs/promises';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { columnsWithoutTerminal } from '../../../src/commands/output/page-options.ts';
import { formatNames } from '../../../src/report/registry.ts';
import { run } from '../../end-to-end/in-process.ts';
import { aFinding, aGap, anAccount, aPool, aResult } from '../../report/a-result.ts';
import { folderWith } from '../saved-files.ts';

describe('the width of a pipe', () => {
  it.each([
    [undefined, 120],
    ['', 120],
    ['200', 200],
    ['60', 60],
    ['0', 120],
    ['-80', 120],
    ['8e9', 120],
    ['wide', 120],
    ['123456789', 120],
  ])('with COLUMNS %j is %i', (COLUMNS, columns) => {
    expect(columnsWithoutTerminal({ COLUMNS })).toBe(columns);
  });

  it('is the width of a file too, whatever the terminal', async () => {
    const folder = await folderWith({});
    const findings = [aFinding({ path: 'a'.repeat(60), expected: 'b'.repeat(20), actual: 'c'.repeat(20) })];
    const saved = await folder.saveResult('saved.json', aResult({ pools: [aPool({ status: 'drifted', findings })] }));
    const widest = async (env: Record<string, string>): Promise<number> => {
      await run(['report', saved, '--report', `table=${folder.file('t.txt')}`], env, { isTerminal: true });
      const text = await readFile(folder.file('t.txt'), 'utf8');
      // A command to be copied is never broken.
      const lines = text.split('\n').filter((line) => !line.includes('mfa-drift show'));
      return Math.max(...lines.map((line) => stringWidth(line)));
    };
    expect(await widest({})).toBeGreaterThan(100);
    expect(await widest({ COLUMNS: '90' })).toBeLessThanOrEqual(90);
  });
});

describe('what AWS says of other accounts', () => {
  const caller = 'arn:aws:iam::999988887777:user/nightly';
  const denied = aGap({
    scope: 'account',
    region: null,
    message: `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/MfaDriftAudit in o-a1b2c3d4e5`,
  });
  const result = aResult({
    accounts: [anAccount({ id: '444455556666', name: null })],
    gaps: [denied],
    warnings: [
      { code: 'remediation-stopped', message: `Nothing was changed: ${denied.message}`, file: null, line: null },
    ],
  });

  async function shown(isTerminal: boolean, ...args: readonly string[]): Promise<string> {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', result);
    return (await run(['report', saved, ...args], {}, { isTerminal })).stdout.replaceAll(/\n\s*/g, ' ');
  }

  it('stands whole in the table of a terminal, where somebody must mend it', async () => {
    expect(await shown(true)).toContain(caller);
    expect(await shown(true)).toContain('o-a1b2c3d4e5');
    expect(await shown(true)).not.toContain('(account)');
  });

  it.each(formatNames.filter((name) => name !== 'json' && name !== 'ndjson'))(
    'is masked in %s in a pipe',
    async (format) => {
      const text = await shown(false, '--report', format);
      // The page and the findings for other programs name who read, which is no denial's.
      expect(text).not.toContain(`User: ${caller}`);
      expect(text).not.toMatch(/MfaDriftAudit in o-a1b2c3d4e5/);
    },
  );

  it('is masked at a terminal by formats made to be shared, and where it is asked for', async () => {
    expect(await shown(true, '--report', 'markdown')).not.toContain('999988887777');
    expect(await shown(true, '--redact')).not.toContain('999988887777');
  });

  it('stands whole in a pipe where that is asked for', async () => {
    expect(await shown(false, '--no-redact')).toContain(caller);
  });
});

describe('the external id of a pool', () => {
  const path = 'SmsMfaConfiguration.SmsConfiguration.ExternalId';
  const pool = aPool({ status: 'drifted', findings: [aFinding({ path, expected: 'wanted', actual: 'topsecret-id' })] });

  it.each([
    [[], false],
    [['--no-redact'], true],
    [['--redact'], false],
  ])('with %j is shown at a terminal: %s', async (flags, isShown) => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', aResult({ pools: [pool] }));
    const { stdout } = await run(['report', saved, ...flags], {}, { isTerminal: true });
    expect(stdout.includes('topsecret-id')).toBe(isShown);
  });
});
