import { describe, expect, test } from 'vitest';
import { exitCodeOf, isAtLeast, isFailing, type ExitFacts } from '../../../src/domain/result/exit-code.ts';
import { type Finding } from '../../../src/domain/result/result.ts';
import { aFinding } from '../../report/a-result.ts';
import { severities } from '../../../src/domain/model/severity.ts';

describe('the exit code', () => {
  const clean: ExitFacts = { openGaps: 0, failingPools: 0, changesFailed: false, exitZero: false };

  test.each<[number, string, Partial<ExitFacts>]>([
    [0, 'all was read and nothing counts', {}],
    [2, 'one pool has a finding that counts', { failingPools: 1 }],
    [3, 'one place could not be read', { openGaps: 1 }],
    [3, 'one place could not be read, and pools drift', { openGaps: 1, failingPools: 7 }],
    [4, 'a change failed', { changesFailed: true }],
    [4, 'a change failed, whatever else there is', { changesFailed: true, openGaps: 1, failingPools: 1 }],
    [0, 'pools drift, and --exit-zero', { failingPools: 1, exitZero: true }],
    [0, 'a place could not be read, and --exit-zero', { openGaps: 1, exitZero: true }],
    [4, 'a change failed, and --exit-zero', { changesFailed: true, exitZero: true }],
  ])('is %i where %s', (code, _where, facts) => {
    expect(exitCodeOf({ ...clean, ...facts })).toBe(code);
  });
});

describe('a finding makes exit code 2', () => {
  test.each<[boolean, string, Partial<Finding>, boolean]>([
    [true, 'drift', {}, false],
    [false, 'drift that is excused', { status: 'excepted' }, false],
    [false, 'drift that was fixed', { status: 'fixed' }, false],
    [true, 'drift at the floor', { severity: 'medium' }, false],
    [false, 'drift below the floor', { severity: 'low' }, false],
    [true, 'drift that persists', { change: 'persisting' }, false],
    [false, 'drift that persists, where only new drift counts', { change: 'persisting' }, true],
    [true, 'new drift, where only new drift counts', { change: 'new' }, true],
    [true, 'drift that was compared with nothing, where only new drift counts', { change: null }, true],
    [false, 'new drift below the floor', { change: 'new', severity: 'info' }, true],
    [false, 'a new finding that is excused', { change: 'new', status: 'excepted' }, true],
  ])('%s: %s', (fails, _what, finding, failOnNew) => {
    expect(isFailing(aFinding(finding), { failOn: 'medium', failOnNew })).toBe(fails);
  });
});

test('a severity is at least itself and all that are milder', () => {
  for (const [index, severity] of severities.entries()) {
    const reached = severities.filter((floor) => isAtLeast(severity, floor));
    expect(reached).toEqual(severities.slice(index));
  }
});
