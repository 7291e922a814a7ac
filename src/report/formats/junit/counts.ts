import type { PoolRecord, Result } from '../../../domain/result/result.ts';
import { casesOf, outcomeOf, suiteOf } from './cases.ts';

export interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export const noCounts: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };

export function addUp(counts: Iterable<Counts>): Counts {
  let sum = noCounts;
  for (const { tests, failures, errors, skipped } of counts) {
    sum = {
      tests: sum.tests + tests,
      failures: sum.failures + failures,
      errors: sum.errors + errors,
      skipped: sum.skipped + skipped,
    };
  }
  return sum;
}

/** A suite says its counts before its cases, so pools are read twice: once to count, by suite. */
export async function countSuites(result: Result): Promise<ReadonlyMap<string, Counts>> {
  const suites = new Map<string, Counts>();
  for await (const pool of result.pools()) {
    const suite = suiteOf(pool);
    suites.set(suite, addUp([suites.get(suite) ?? noCounts, countsOf(pool)]));
  }
  return suites;
}

function countsOf(pool: PoolRecord): Counts {
  const outcomes = casesOf(pool).map(outcomeOf);
  return {
    tests: outcomes.length,
    failures: outcomes.filter((outcome) => outcome === 'failure').length,
    errors: 0,
    skipped: outcomes.filter((outcome) => outcome === 'skipped').length,
  };
}
