/** Asks CloudTrail about one account and region: a look-up for each name of an event, newest first, as far back as it takes. */
import { changeEventOf, type ChangeEvent } from '../../domain/blame/change-event.ts';
import { knownChange, type ChangedPool, type LookUp, type LookUps } from '../../domain/blame/last-change.ts';
import { changeEventNames, type ChangeEventName } from '../../domain/model/blame.ts';
import { byName } from '../../domain/model/api/reads.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import type { Failure } from '../../domain/model/observation.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import type { Page } from '../../ports/cloud.ts';
import type { EventCalls } from '../../ports/event-reader.ts';

export interface Asking {
  readonly calls: Calls;
  readonly quota: Quota;
  readonly events: EventCalls;
  /** Of each look-up. */
  readonly maxPages: number;
}

/** What one look-up could not get the others are not asked for. */
export async function lookUpChanges(pools: readonly ChangedPool[], asking: Asking): Promise<LookUps> {
  const found: Partial<Record<ChangeEventName, LookUp>> = {};
  for (const name of changeEventNames) {
    const lookUp = await lookUpName(name, pools, found, asking);
    if (!lookUp.read) return byName(changeEventNames, (each) => found[each] ?? lookUp);
    found[name] = lookUp;
  }
  return byName(changeEventNames, (each) => found[each] ?? { read: true, events: [], readTo: null });
}

async function lookUpName(
  name: ChangeEventName,
  pools: readonly ChangedPool[],
  found: Partial<LookUps>,
  { calls, quota, events: reader, maxPages }: Asking,
): Promise<LookUp> {
  const from = oldestKnown(pools, found);
  const events: ChangeEvent[] = [];
  let token: string | null = null;
  let readTo = latest;
  for (let pages = 1; ; pages += 1) {
    const asked: string | null = token;
    const page: Attempt<Page<JsonObject>> = await calls.run(
      quota,
      () => reader.lookUp(name, from, asked),
      () => reader.ready(),
    );
    if (!page.ok) return { read: false, failure: failureOf(page.failure) };
    events.push(...page.value.items.flatMap((event) => changeEventOf(event) ?? []));
    readTo = timeOf(page.value.items.at(-1)?.['eventTime']) ?? readTo;
    token = page.value.next;
    if (token === null) return { read: true, events, readTo: from };
    const known = oldestKnown(pools, { ...found, [name]: { read: true, events, readTo } }) ?? '';
    if (known >= readTo || pages >= maxPages) return { read: true, events, readTo };
  }
}

/** Without what only whoever called knows of it. */
function failureOf({ code, message, remedy }: Failure): Failure {
  return { code, message, remedy };
}

/** Of pages without any event nothing is known. */
const latest = '9999';

/** The oldest of the last changes, which nothing older can be; `null`: not of every pool a change is known. */
function oldestKnown(pools: readonly ChangedPool[], found: Partial<LookUps>): string | null {
  let oldest: string | null = null;
  for (const pool of pools) {
    const known = knownChange(pool, found);
    if (known === null) return null;
    if (oldest === null || known.at < oldest) oldest = known.at;
  }
  return oldest;
}

function timeOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
