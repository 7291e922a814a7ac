import { expect, it } from 'vitest';
import type { SignalExitCode } from '../../src/domain/result/exit-code.ts';
import { warningAt } from '../../src/domain/result/warning.ts';
import { completeResult } from '../../src/result/complete.ts';
import { aResult } from '../report/a-result.ts';

function ended(facts: {
  open?: number;
  failing?: number;
  failed?: boolean;
  zero?: boolean;
  signal?: SignalExitCode;
  cut?: boolean;
}) {
  const { head } = aResult({});
  const summary = {
    ...head.summary,
    gaps: { ...head.summary.gaps, open: facts.open ?? 0 },
    drift: { ...head.summary.drift, failing: facts.failing ?? 0 },
  };
  const run = { ...head.run, interrupted: facts.cut ?? facts.signal !== undefined };
  const ending = { signal: facts.signal ?? null, changesFailed: facts.failed ?? false, exitZero: facts.zero ?? false };
  const { complete, run: done } = completeResult({ ...head, summary, run }, ending);
  return [complete, done.exitCode];
}

it.each([
  ['everything read, nothing drifts', {}, [true, 0]],
  ['drift', { failing: 1 }, [true, 2]],
  ['an open gap outranks drift', { failing: 1, open: 1 }, [false, 3]],
  ['a change that failed outranks a gap', { failing: 1, open: 1, failed: true }, [false, 4]],
  ['and is not excused by --exit-zero', { failed: true, zero: true }, [true, 4]],
  ['which excuses the rest', { failing: 1, open: 1, zero: true }, [false, 0]],
  ['a signal says itself', { signal: 143 as const, failing: 1, failed: true }, [false, 143]],
  ['an earlier run that was interrupted left something unread, though no gap says so', { cut: true }, [false, 3]],
])('%s', (_what, facts, expected) => {
  expect(ended(facts)).toEqual(expected);
});

it.each([
  ['the worst of them', [0, 2, 0], 0, 2],
  ['a gap of one outranks the drift of another', [2, 3], 0, 3],
  ['a change of one that failed outranks all', [3, 4, 2], 0, 4],
  ['what an interrupted shard did not read was not read', [0, 143], 0, 3],
  ['neither was a shard that is missing', [0, 0], 1, 3],
  ['what --exit-zero excused stays excused', [0, 0], 0, 0],
] as const)('shards together end with %s', (_what, shards, missing, exitCode) => {
  const { head } = aResult({});
  expect(completeResult(head, { shards, missing }).run).toMatchObject({ exitCode });
});

it('a result that is told anew ends as it did', () => {
  const { head } = aResult({});
  expect(completeResult(head, { saved: 4 }).run).toMatchObject({ exitCode: 4 });
});

it('says a warning once, wherever it comes from, in the order of the first', () => {
  const { head } = aResult({});
  const one = warningAt({ file: 'a.yaml', line: 1, column: 1 }, 'policy-unused', 'one');
  const other = warningAt({ file: 'a.yaml', line: 2, column: 1 }, 'policy-unused', 'other');
  const { warnings } = completeResult(head, { saved: 0 }, [one, other], [{ ...one }]);
  expect(warnings).toEqual([one, other]);
});
