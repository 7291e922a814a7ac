/** A wrong clock of this machine revives no exception, and everybody is told. The sandbox's clock plays AWS's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { altered, type Alter } from '../altered-answers.ts';
import { started } from '../sandbox/clients.ts';
import { fleet } from '../reading/fleets.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';
import { audit, run } from './in-process.ts';
import { everythingCounts, writeWorkspace } from './workspace.ts';

const day = 86_400_000;

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * day).toISOString().slice(0, 10);
}

/** Every pool drifts, and one exception covers all of that until `expires`. */
function workspace(expires: string): Promise<string> {
  return writeWorkspace({
    configuration: everythingCounts,
    policies: [{ name: 'mode', severity: 'high', expect: { MfaConfiguration: 'ON' }, remediation: { mode: 'never' } }],
    exceptions: [{ match: { accounts: ['*'] }, reason: 'r', owner: 'o', expires }],
  });
}

/** AWS's clock is so far ahead of this machine's. */
async function audited(aheadDays: number, expires: string, alter: Alter | null = null) {
  const sandbox = await started(fleet(), { now: () => Date.now() + aheadDays * day });
  const environment = alter === null ? sandbox.environment : await altered(sandbox.environment, alter);
  return audit(await workspace(expires), environment);
}

function standings({ result }: { readonly result: SavedResult }): readonly string[] {
  return [...new Set(result.pools.flatMap(({ findings }) => findings.map(({ status }) => status)))];
}

/** Codes of the warnings about clocks and ends. */
const codes = ({ result }: { readonly result: SavedResult }) =>
  result.warnings.map(({ code }) => code).filter((code) => /^clock|expir/.test(code));

describe('an exception', () => {
  it('counts while both clocks say that it does', async () => {
    const ended = await audited(0, dayFromNow(40));
    expect([ended.exitCode, standings(ended), codes(ended)]).toEqual([0, ['excepted'], []]);
    expect(ended.result.run.clocks).toBe('both');
  });

  it('that has ended by AWS’s clock does not count though ours is behind', async () => {
    const ended = await audited(90, dayFromNow(40));
    expect([ended.exitCode, standings(ended)]).toEqual([2, ['drift']]);
    expect(codes(ended)).toEqual(['clock-off', 'exception-expired']);
  });

  it('that has ended by our clock does not count though AWS’s is behind', async () => {
    const ended = await audited(-90, dayFromNow(-10));
    expect([ended.exitCode, standings(ended)]).toEqual([2, ['drift']]);
    expect(codes(ended)).toEqual(['clock-off', 'exception-expired']);
  });

  it('may run as long as exceptions.maxDays allows by AWS’s clock too', async () => {
    await expect(audited(-90, dayFromNow(150))).rejects.toThrow(/240 days away by AWS's clock/);
  });
});

describe('what is written down', () => {
  it('carries AWS’s time', async () => {
    const { result } = await audited(90, dayFromNow(170));
    const { startedAt, finishedAt } = result.run;
    const stamps = [startedAt, finishedAt, ...result.pools.map(({ observedAt }) => observedAt)];
    for (const stamp of [...stamps, ...result.units.map(({ readAt }) => readAt)])
      expect(Date.parse(stamp) - Date.now()).toBeGreaterThan(89 * day);
  });

  it('says that this machine’s clock is alone, where AWS’s time is not to be had', async () => {
    const dateless: Alter = ({ headers: { date: _date, ...headers } }) => ({ headers });
    const ended = await audited(0, dayFromNow(40), dateless);
    expect(ended.result.run.clocks).toBe('own');
    expect(codes(ended)).toEqual(['clock-alone']);
  });
});

describe('offline', () => {
  it('this machine’s clock is all there is, and it is said', async () => {
    const sandbox = await started(fleet());
    const folder = await workspace(dayFromNow(40));
    await audit(folder, sandbox.environment);
    const inputs = ['--config', join(folder, 'mfa-drift.yaml')];
    const again = join(folder, 'again.json');
    const from = ['audit', '--from', join(folder, 'result.json'), '--report', `json=${again}`, '--report', 'table'];
    const replayed = await run([...from, ...inputs], {});
    const today = new Date().toISOString().slice(0, 10);
    expect(replayed.stderr.split('\n')[0]).toContain(`by this machine's clock alone, ${today} UTC`);
    expect(replayed.stdout).toContain("exceptions judged by this machine's clock alone");
    expect((JSON.parse(await readFile(again, 'utf8')) as SavedResult).run.clocks).toBe('own');
    const checked = await run(['policy', 'check', ...inputs], {});
    expect(checked.stderr).toContain("by this machine's clock alone");
  });
});
