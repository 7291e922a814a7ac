import { clockWarningsIn } from '../../../domain/result/clock-warnings.ts';
import type { Result } from '../../../domain/result/result.ts';
import { inChunks } from '../../text/chunks.ts';
import { xmlAttributes } from '../../text/escape/xml.ts';
import type { FormatOptions } from '../../format.ts';
import { policiesOf } from '../../views/policies.ts';
import { sourcePath } from '../../text/source-path.ts';
import { casesOf, clockCase, gapCase, notMeasured, poolCase, suiteOf } from './cases.ts';
import { addUp, countSuites, noCounts, type Counts } from './counts.ts';

/**
 * JUnit XML as the Jenkins xUnit plugin reads it. One suite for what was not read: each gap an error, an accepted one
 * skipped. One for a clock that is wrong, skipped as well. Then one suite for each account and region, with a case for each pool and policy: drift is a failure, an
 * exception skips. The schema knows a file of a suite alone: the configuration, else the first policy.
 */
export function junit(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(lines(result, options));
}

async function* lines(result: Result, options: FormatOptions): AsyncGenerator<string> {
  for await (const line of elements(result, options)) yield `${line}\n`;
}

async function* elements(result: Result, options: FormatOptions): AsyncGenerator<string> {
  const { run, summary } = result.head;
  const { gaps } = summary;
  const suites = await countSuites(result);
  const gapCounts = { tests: gaps.open + gaps.accepted, failures: 0, errors: gaps.open, skipped: gaps.accepted };
  const clocks = clockWarningsIn(result.head.warnings);
  const clockCounts = { ...noCounts, tests: clocks.length, skipped: clocks.length };
  const { tests, failures, errors } = addUp([clockCounts, gapCounts, ...suites.values()]);
  const time = ((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000).toFixed(3);
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield `<testsuites${xmlAttributes({ name: 'mfa-drift', time, tests, failures, errors })}>`;
  if (clocks.length > 0) {
    yield suiteStart('clock', clockCounts, result, options);
    for (const clock of clocks) yield* clockCase(clock);
    yield '  </testsuite>';
  }
  if (gapCounts.tests > 0) {
    yield suiteStart('not read', gapCounts, result, options);
    for await (const gap of result.gaps()) yield* gapCase(gap);
    yield '  </testsuite>';
  }
  yield* poolSuites(result, suites, options);
  yield '</testsuites>';
}

async function* poolSuites(
  result: Result,
  suites: ReadonlyMap<string, Counts>,
  options: FormatOptions,
): AsyncGenerator<string> {
  const policies = policiesOf(result.head);
  let current: string | null = null;
  for await (const pool of result.pools()) {
    const suite = suiteOf(pool);
    if (suite !== current) {
      if (current !== null) yield '  </testsuite>';
      yield suiteStart(suite, suites.get(suite) ?? noCounts, result, options);
      current = suite;
    }
    for (const testcase of casesOf(pool)) yield* poolCase(pool, testcase, policies);
  }
  if (current !== null) yield '  </testsuite>';
}

function suiteStart(
  name: string,
  counts: Counts,
  { head }: Result,
  { fallbackFile, sources }: Pick<FormatOptions, 'fallbackFile' | 'sources'>,
): string {
  const path = sourcePath(fallbackFile, sources);
  const file = 'inside' in path ? path.inside : path.outside;
  const timestamp = head.run.startedAt.slice(0, 19);
  return `  <testsuite${xmlAttributes({ name, ...counts, time: notMeasured, timestamp, file })}>`;
}
