import { clockWarningsIn } from '../../../domain/result/clock-warnings.ts';
import type { Result } from '../../../domain/result/result.ts';
import { inChunks } from '../../text/chunks.ts';
import { jsonArray } from '../../../escape/json.ts';
import type { FormatOptions } from '../../format.ts';
import { policiesOf } from '../../views/policies.ts';
import { clockEvent } from './clock-event.ts';
import type { Origin } from './event.ts';
import { findingEvent } from './finding-event.ts';
import { gapEvent } from './gap-event.ts';
import { resolvedEvent } from './resolved-event.ts';
import { newestOcsf } from './version.ts';

/** OCSF Compliance Finding events as a JSON array, one event a line: each finding, and each gap as a check without result. */
export function ocsf(result: Result, { ocsfVersion = newestOcsf }: FormatOptions): AsyncIterable<string> {
  return inChunks(jsonArray(events(result, { head: result.head, version: ocsfVersion })));
}

async function* events(result: Result, origin: Origin): AsyncGenerator<object> {
  const policies = policiesOf(result.head);
  for (const clock of clockWarningsIn(result.head.warnings)) yield clockEvent(clock, origin);
  for await (const gap of result.gaps()) yield gapEvent(gap, origin);
  for await (const pool of result.pools()) {
    for (const finding of pool.findings) {
      yield findingEvent(pool, finding, policies.get(finding.policy ?? ''), origin);
    }
  }
  for await (const finding of result.resolved()) {
    // What an exception excuses stands among its pool's findings, suppressed.
    if (finding.reason !== 'excepted') yield resolvedEvent(finding, origin);
  }
}
