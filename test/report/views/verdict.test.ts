import { describe, expect, test } from 'vitest';
import type { RunInfo } from '../../../src/domain/result/result.ts';
import { verdictInWords, verdictOf } from '../../../src/report/views/verdict.ts';
import { aFinding, aGap, anAccount, aPool, aResult, type Records } from '../a-result.ts';
import type { Severity } from '../../../src/domain/model/severity.ts';

const drifting = (severity: Severity, change: 'new' | 'persisting' | null = null) =>
  aPool({ status: 'drifted', findings: [aFinding({ severity, change })] });
const minor = drifting('info');

function answer(records: Records, run: Partial<RunInfo> = {}): string {
  const { head } = aResult({ accounts: [anAccount()], ...records, run });
  return `${verdictOf(head)}  ${verdictInWords(head)}`;
}

describe('pools whose findings all lie below --fail-on', () => {
  test('are told beside those that count', () => {
    expect(answer({ pools: [drifting('high'), minor, minor, aPool()] })).toBe(
      'DRIFT  1 of 4 pools, and 2 below low only · findings: 1 high  2 info',
    );
  });

  test('make no drift by themselves', () => {
    expect(answer({ pools: [minor, minor, aPool()] })).toBe(
      'OK  nothing at or above low · 2 of 3 pools drift below low only: 2 info',
    );
  });

  test('follow the severity that was asked for', () => {
    const pools = [drifting('high'), drifting('medium')];
    expect(answer({ pools }, { failOn: 'critical' })).toBe(
      'OK  nothing at or above critical · 2 of 2 pools drift below critical only: 1 high  1 medium',
    );
    expect(answer({ pools }, { failOn: 'high' })).toMatch(/^DRIFT {2}1 of 2 pools, and 1 below high only/);
  });

  test('are no all clear where something was not read', () => {
    expect(answer({ pools: [minor], gaps: [aGap()] })).toBe(
      'NOT ALL READ  nothing at or above low in the 1 pool that could be read · 1 of 1 pool drifts below low only: 1 info',
    );
  });
});

describe('with --fail-on-new', () => {
  test('drift that was there before is told apart from what is new', () => {
    expect(answer({ pools: [drifting('high', 'new'), drifting('critical', 'persisting')] }, { failOnNew: true })).toBe(
      'DRIFT  1 of 2 pools, and 1 as before or below low · findings: 1 critical  1 high',
    );
  });

  test('a night that brings nothing new says what is left', () => {
    expect(answer({ pools: [drifting('critical', 'persisting')] }, { failOnNew: true })).toBe(
      'OK  nothing new at or above low · 1 of 1 pool drifts as before or below low: 1 critical',
    );
    expect(answer({ pools: [drifting('info', 'persisting')] }, { failOnNew: true, failOn: 'info' })).toContain(
      '1 of 1 pool drifts as before: 1 info',
    );
  });
});
