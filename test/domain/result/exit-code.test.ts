import { describe, expect, test } from 'vitest';
import {
  exitCodeOf,
  exitCodeOfChanges,
  joinedExitCode,
  signalExitCode,
  type ExitCode,
  type ExitFacts,
} from '../../../src/domain/result/exit-code.ts';

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

test('what was approved and not done is 4', () => {
  expect([exitCodeOfChanges(false), exitCodeOfChanges(true)]).toEqual([0, 4]);
});

// 4 outranks 3, and 3 outranks 2.
test.each<[number, string, readonly ExitCode[], number]>([
  [0, 'hold', [0, 0], 0],
  [1, 'could not run, one of them', [0, 1], 0],
  [2, 'drift, one of them', [0, 2, 1], 0],
  [3, 'were not read whole, one of them', [2, 3, 0], 0],
  [3, 'were interrupted, one of them', [0, 130], 0],
  [3, 'were terminated, one of them', [143, 2], 0],
  [3, 'hold, and one is missing', [0, 0], 1],
  [4, 'failed to change something, one of them', [3, 4, 130], 1],
])('is %i where the shards %s', (code, _where, codes, missing) => {
  expect(joinedExitCode(codes, missing)).toBe(code);
});

test.each([
  [130, 'SIGINT', 130],
  [143, 'SIGTERM', 143],
  [130, 'whatever else ended the run', new Error('gone')],
])('is %i after %s', (code, _signal, reason) => {
  expect(signalExitCode(AbortSignal.abort(reason))).toBe(code);
});
