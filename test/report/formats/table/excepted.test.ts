import { describe, expect, test } from 'vitest';
import type { ExceptionRecord } from '../../../../src/domain/result/result.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, type Records } from '../../a-result.ts';
import { drawn } from './drawn.ts';
import type { Warning } from '../../../../src/domain/result/warning.ts';

function excused(exception: ExceptionRecord, poolName: string) {
  const poolId = `eu-west-1_${poolName}`;
  return aPool({
    poolId,
    poolName,
    status: 'excepted',
    findings: [
      aFinding({ status: 'excepted', exception }),
      aFinding({ policy: 'floor', status: 'excepted', exception }),
    ],
  });
}

function held(exception: ExceptionRecord, poolName: string) {
  const poolId = `eu-west-1_${poolName}`;
  return aPool({
    poolId,
    poolName,
    status: 'drifted',
    findings: [aFinding({ exception: { ...exception, hold: true } })],
  });
}

const ending: Warning = {
  code: 'exception-expiring',
  message: 'the exception of SEC-1234, identity@example.com ends in 12 days, on 2026-11-30',
  file: anException.file,
  line: anException.line,
};

async function section(name: string, records: Records): Promise<string> {
  const text = await drawn(aResult({ accounts: [anAccount()], ...records }), { columns: 120 });
  return text.split('\n\n').find((part) => part.startsWith(name)) ?? '';
}

describe('EXCEPTED', () => {
  test('names pool, policies, owner, ticket, end and reason', async () => {
    expect(await section('EXCEPTED', { pools: [excused(anException, 'Callcentre')] })).toBe(
      [
        'EXCEPTED  1 pool',
        // The run ended on 18 November; the exception holds through the 30th.
        '  until 2026-11-30, in 12 days · SEC-1234 · identity@example.com · policies/exceptions.yaml:4',
        '    Legacy call centre, migrates in Q1',
        '    shop-prod  111122223333  eu-west-1  Callcentre  eu-west-1_Callcentre  prod-customers, floor',
      ].join('\n'),
    );
  });

  test('names an exception that runs for long as well, and says no days', async () => {
    const late = { ...anException, expires: '2027-11-30', ticket: null, line: 30 };
    const text = await section('EXCEPTED', { pools: [excused(late, 'Late'), excused(anException, 'Soon')] });
    expect(text).toContain('  until 2027-11-30 · identity@example.com · policies/exceptions.yaml:30');
    expect(text.indexOf('Soon')).toBeLessThan(text.indexOf('Late'));
  });

  test.each([
    ['2026-11-18', 'until 2026-11-18, today'],
    ['2026-11-19', 'until 2026-11-19, in 1 day'],
  ])('that ends on %s: %s', async (expires, words) => {
    expect(await section('EXCEPTED', { pools: [excused({ ...anException, expires }, 'P')] })).toContain(words);
  });

  test('counts a pool that drifts otherwise too', async () => {
    const pool = { ...excused(anException, 'Both'), status: 'drifted' as const };
    const both = { ...pool, findings: [...pool.findings, aFinding({ id: 'f-other', severity: 'low' })] };
    expect(await section('EXCEPTED', { pools: [both] })).toMatch(/^EXCEPTED {2}1 pool\n/);
  });

  test('names places that were not read and are accepted', async () => {
    const gaps = ['ap-east-1', 'ap-south-2'].map((region) => aGap({ region, accepted: anException }));
    const text = await section('EXCEPTED', { gaps, accounts: [anAccount({ id: '444455556666', name: 'sandbox-7' })] });
    expect(text).toMatch(/^EXCEPTED {2}2 places not read and accepted\n/);
    expect(text).toContain('2 regions × 1 account 444455556666 (sandbox-7)  AccessDenied');
  });

  test('names the first pools by name, and says how many more there are', async () => {
    const pools = [7, 3, 12, 1, 9, 2, 10].map((number) => excused(anException, `shop-${number}`));
    const text = await section('EXCEPTED', { pools });
    expect(text.match(/(?<= )shop-\d+/g)).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-7', 'shop-9']);
    expect(text).toContain('… 2 more pools');
  });

  test('leaves out what expired: that is drift', async () => {
    const expired = { ...anException, expired: true };
    const pools = [aPool({ status: 'drifted', findings: [aFinding({ exception: expired })] })];
    expect(await section('EXCEPTED', { pools })).toBe('');
  });
});

describe('HELD', () => {
  test('stands apart from what is excused: it drifts, and nothing fixes it', async () => {
    const pools = [held(anException, 'Held'), excused({ ...anException, line: 9 }, 'Excused')];
    expect(await section('HELD', { pools })).toMatch(
      /^HELD {2}1 pool drifts and is not fixed\n {2}until 2026-11-30, in 12 days · SEC-1234 · [^\n]+\n[^\n]+\n.*eu-west-1_Held {2}prod-customers$/,
    );
    expect(await section('EXCEPTED', { pools })).not.toContain('eu-west-1_Held');
    expect(await section('HELD', { pools })).not.toContain('eu-west-1_Excused');
  });
});

describe('CHANGES', () => {
  const refusal = (code: string, message: string) =>
    ({ outcome: 'refused', risk: null, code, message, before: null, after: null, journal: null }) as const;
  const outcomes = { applied: 0, unchanged: 0, refused: 0, stale: 0, failed: 0, unknown: 0, 'not-started': 0 };
  const remediation = { outcomes: { ...outcomes, refused: 4 }, journal: null, stop: null };

  test('say of pools that are held how many there are, since HELD names them', async () => {
    const pools = ['One', 'Two', 'Three'].map((name, index) => ({
      ...held({ ...anException, line: index + 4 }, name),
      remediation: refusal('held', `An exception holds the whole pool (policies/hold.yaml:${index + 4}).`),
    }));
    const risky = { ...held(anException, 'Risky'), remediation: refusal('risk', 'The change is weakening.') };
    const text = await section('CHANGES', { pools: [...pools, risky], remediation });
    expect(text).toBe('CHANGES  4 changes refused\n  3 pools are held, as said under HELD');
    const whole = await drawn(aResult({ accounts: [anAccount()], pools: [...pools, risky], remediation }), {
      columns: 120,
    });
    expect(whole).toContain('  refused: risk  ');
    expect(whole).not.toContain('An exception holds the whole pool');
    expect(whole.match(/eu-west-1_Two/g)).toHaveLength(2);
  });

  test('have no such line where nothing is held', async () => {
    const risky = aPool({ remediation: refusal('risk', 'The change is weakening.') });
    expect(await section('CHANGES', { pools: [risky], remediation })).toBe('CHANGES  4 changes refused');
  });
});

describe('WARNINGS', () => {
  test('do not repeat an end that stands above', async () => {
    expect(await section('WARNINGS', { pools: [excused(anException, 'P')], warnings: [ending] })).toBe('');
    expect(await section('WARNINGS', { pools: [held(anException, 'P')], warnings: [ending] })).toBe('');
  });

  test('tell it of an exception that excuses nothing', async () => {
    expect(await section('WARNINGS', { pools: [aPool()], warnings: [ending] })).toContain(ending.message);
  });

  test('beyond the first ten are counted', async () => {
    const warnings = Array.from({ length: 12 }, (_, index) => ({ ...ending, message: `warning ${index}` }));
    expect(await section('WARNINGS', { pools: [aPool()], warnings })).toMatch(
      /^WARNINGS {2}12\n[^]*warning 9\n {2}… 2 more; all of them: --report json=result\.json$/,
    );
  });

  test('tell everything else of an exception', async () => {
    const unused: Warning = { ...ending, code: 'exception-unused', message: 'the exception excuses nothing' };
    expect(await section('WARNINGS', { pools: [excused(anException, 'P')], warnings: [ending, unused] })).toMatch(
      /^WARNINGS {2}1\n.*excuses nothing/,
    );
  });
});
