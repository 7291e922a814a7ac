/** The last event that can have changed a pool, or why it can't be named. */
import {
  changeEventNames,
  isCodeAgent,
  type Blame,
  type BlamedEvent,
  type ChangeEventName,
  type CodeEvent,
} from '../model/blame.ts';
import type { Failure } from '../model/observation.ts';
import { canHaveChanged } from './causes.ts';
import type { ChangeEvent } from './change-event.ts';

/** What CloudTrail has answered about one name of an event in one account and region. */
export type LookUp =
  | {
      readonly read: true;
      /** Newest first. */
      readonly events: readonly ChangeEvent[];
      /** What is older was not read; `null`: all was that CloudTrail has. */
      readonly readTo: string | null;
    }
  | { readonly read: false; readonly failure: Failure };

/** One that was not asked any more, since another failed, has that one's failure. */
export type LookUps = Readonly<Record<ChangeEventName, LookUp>>;

export interface ChangedPool {
  readonly poolId: string;
  /** What happened after it was read has not made what was read. */
  readonly observedAt: string;
  /** Of its findings. */
  readonly paths: readonly string[];
}

export function lastChange(pool: ChangedPool, lookUps: LookUps): Omit<Blame, 'nights'> {
  const failure = changeEventNames.map((name) => lookUps[name]).find((each) => !each.read);
  if (failure !== undefined && !failure.read) return unread(failure.failure);
  const events = possibleChanges(pool, lookUps);
  const last = latestOf(events.filter(({ poolId }) => poolId === pool.poolId));
  if (events.some((event) => isHiddenSince(event, last))) return withoutEvent('masked');
  if (Object.values(lookUps).some((each) => each.read && each.readTo !== null && each.readTo > (last?.at ?? '')))
    return withoutEvent('capped');
  return last === null ? withoutEvent('not-found') : { outcome: 'named', event: withoutPool(last), failure: null };
}

/**
 * The last event of a tool that manages pools as code, by the id of the pool: of every pool that the events name. Of those
 * of one second, the first as they stand.
 */
export function codeEventsIn(lookUps: LookUps): ReadonlyMap<string, CodeEvent> {
  const found = new Map<string, CodeEvent>();
  for (const { poolId, agent, at, id } of eventsOf(lookUps)) {
    if (poolId === null || !isCodeAgent(agent) || at <= (found.get(poolId)?.at ?? '')) continue;
    found.set(poolId, { agent, at, eventId: id });
  }
  return found;
}

/** The last change that is known so far; `null`: none. */
export function knownChange(pool: ChangedPool, lookUps: Partial<LookUps>): ChangeEvent | null {
  return latestOf(possibleChanges(pool, lookUps).filter(({ poolId }) => poolId === pool.poolId));
}

function possibleChanges({ observedAt, paths }: ChangedPool, lookUps: Partial<LookUps>): readonly ChangeEvent[] {
  return eventsOf(lookUps).filter((event) => event.at <= observedAt && canHaveChanged(event, paths));
}

function eventsOf(lookUps: Partial<LookUps>): readonly ChangeEvent[] {
  return changeEventNames.flatMap((name) => {
    const lookUp = lookUps[name];
    return lookUp?.read === true ? lookUp.events : [];
  });
}

/** Of those of one second, the first as they stand. */
function latestOf(events: readonly ChangeEvent[]): ChangeEvent | null {
  return events.reduce<ChangeEvent | null>((last, event) => (event.at > (last?.at ?? '') ? event : last), null);
}

/** A pool is created before all else that happens to it. */
function isHiddenSince({ poolId, name, at }: ChangeEvent, last: ChangeEvent | null): boolean {
  if (poolId !== null) return false;
  return last === null || (at >= last.at && name !== 'CreateUserPool');
}

function unread(failure: Failure): Omit<Blame, 'nights'> {
  return { outcome: failure.code === 'AccessDenied' ? 'denied' : 'unread', event: null, failure };
}

function withoutEvent(outcome: Blame['outcome']): Omit<Blame, 'nights'> {
  return { outcome, event: null, failure: null };
}

function withoutPool({ poolId: _pool, named: _named, ...event }: ChangeEvent): BlamedEvent {
  return event;
}
