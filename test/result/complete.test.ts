import { expect, it } from 'vitest';
import { completeResult } from '../../src/result/complete.ts';
import { aResult } from '../report/a-result.ts';

function ended(facts: {
  open?: number;
  failing?: number;
  failed?: boolean;
  zero?: boolean;
  signal?: number;
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
  ['a signal says itself', { signal: 143, failing: 1, failed: true }, [false, 143]],
  ['an earlier run that was interrupted left something unread, though no gap says so', { cut: true }, [false, 3]],
])('%s', (_what, facts, expected) => {
  expect(ended(facts)).toEqual(expected);
});
