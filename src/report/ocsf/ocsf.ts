import type { Result } from '../../domain/result.ts';
import { inChunks } from '../chunks.ts';
import { jsonLine } from '../escape/json.ts';
import { policyFactsOf } from '../policy-facts.ts';
import { findingEvent } from './finding-event.ts';
import { gapEvent } from './gap-event.ts';
import { resolvedEvent } from './resolved-event.ts';

/** OCSF Compliance Finding events as a JSON array, one event a line: each finding, and each gap as a check without result. */
export function ocsf(result: Result): AsyncIterable<string> {
  return inChunks(array(events(result)));
}

async function* array(values: AsyncIterable<object>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const value of values) {
    yield `${separator}${jsonLine(value)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* events(result: Result): AsyncGenerator<object> {
  const policies = policyFactsOf(result.head);
  for await (const gap of result.gaps()) yield gapEvent(gap, result.head);
  for await (const pool of result.pools()) {
    for (const finding of pool.findings) {
      yield findingEvent(pool, finding, policies.get(finding.policy ?? ''), result.head);
    }
  }
  for await (const finding of result.resolved()) {
    // What an exception excuses stands among its pool's findings, suppressed.
    if (finding.reason !== 'excepted') yield resolvedEvent(finding, result.head);
  }
}
