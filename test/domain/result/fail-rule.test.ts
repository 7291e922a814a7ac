import { describe, expect, test } from 'vitest';
import { isAtLeast, isFailing } from '../../../src/domain/result/fail-rule.ts';
import { type Finding } from '../../../src/domain/result/result.ts';
import { aFinding } from '../../report/a-result.ts';
import { severities } from '../../../src/domain/model/severity.ts';

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
