/** What a result tells of who changed its pools, beside what the baseline had told. */
import { isBeyondEvents } from '../blame/drifting-pool.ts';
import { managedByEvent, type Blame, type BlamedEvent, type CodeEvent, type Nights } from '../model/blame.ts';
import type { Finding, PoolRecord } from '../result/result.ts';
import type { EarlierPool } from './earlier-pools.ts';

/** When two runs began. */
export interface Runs {
  readonly now: string;
  /** `null`: there is no earlier one. */
  readonly before: string | null;
}

/** What was found out about one pool in this run. */
export interface FoundCause {
  /** `null`: it was not asked. */
  readonly blame: Omit<Blame, 'nights'> | null;
  /** `null`: no such event is known from this run. */
  readonly codeEvent: CodeEvent | null;
}

/**
 * The pool with what is known of its last change. Once a tool was seen to manage a pool as code, it is held to do so:
 * events end after 90 days, and their end releases no pool.
 */
export function withCause(
  pool: PoolRecord,
  { blame, codeEvent }: FoundCause,
  before: EarlierPool | null,
  runs: Runs,
): PoolRecord {
  const known = codeEvent ?? pool.codeEvent ?? earlierCodeEvent(before);
  const told =
    blame === null
      ? (pool.blame ?? blameOfSameReading(pool, before))
      : placed(blame, nightsOf(pool, blame, before, runs), runs.now);
  return {
    ...pool,
    ...(told === null ? {} : { blame: told }),
    ...(known === null ? {} : { codeEvent: known, managedBy: pool.managedBy ?? managedByEvent(known) }),
  };
}

/** Of the same answer, judged again, the same is true. The moment alone does not tell: AWS says the time in whole seconds. */
function blameOfSameReading(pool: PoolRecord, before: EarlierPool | null): Blame | null {
  const earlier = before?.record ?? null;
  if (earlier?.observedAt !== pool.observedAt || earlier.requestId !== pool.requestId) return null;
  return pool.findings.some(isDrift) ? (earlier.blame ?? null) : null;
}

/** Drift that an earlier run had found before CloudTrail's events begin is older than they are. */
function placed(blame: Omit<Blame, 'nights'>, nights: Nights | null, now: string): Blame {
  const isOlder = blame.outcome === 'not-found' && isBeyondEvents(Date.parse(nights?.by ?? now), now);
  return { ...blame, ...(isOlder ? { outcome: 'older' } : {}), nights };
}

function earlierCodeEvent(before: EarlierPool | null): CodeEvent | null {
  const handedOn = [...(before?.findings.values() ?? [])].find((finding) => finding.codeEvent !== undefined);
  return before?.record?.codeEvent ?? handedOn?.codeEvent ?? null;
}

function nightsOf(
  pool: PoolRecord,
  { event }: Omit<Blame, 'nights'>,
  before: EarlierPool | null,
  runs: Runs,
): Nights | null {
  if (before === null || runs.before === null) return null;
  if (isSince(pool, event, before)) return { after: runs.before, by: runs.now };
  const told = before.record?.blame ?? null;
  if (told !== null && told.nights !== null && told.event?.id === event?.id) return told.nights;
  const since = firstSeen(pool, before);
  return since === null ? null : { after: null, by: since };
}

/** Whether the pool changed after the baseline had read it. CloudTrail counts whole seconds: of one, the drift decides. */
function isSince(pool: PoolRecord, event: BlamedEvent | null, { record, findings }: EarlierPool): boolean {
  if (record === null || record.status === 'unreadable') return false;
  const isChanged = stateOf(pool) !== stateOf(record) && driftIds(pool).some((id) => !findings.has(id));
  if (event === null) return isChanged;
  const [happened, seen] = [event.at.slice(0, 19), record.observedAt.slice(0, 19)];
  return happened > seen || (happened === seen && isChanged);
}

function stateOf({ config, userPool }: PoolRecord): string {
  return JSON.stringify([config, userPool]);
}

/** What a policy finds wrong: that none matches a pool is nobody's change of it. */
export function isDrift({ status, policy }: Finding): boolean {
  return status === 'drift' && policy !== null;
}

function driftIds({ findings }: PoolRecord): readonly string[] {
  return findings.filter(isDrift).map(({ id }) => id);
}

/** When the first run began that found some of what still drifts. */
function firstSeen(pool: PoolRecord, { findings }: EarlierPool): string | null {
  const moments = driftIds(pool).flatMap((id) => findings.get(id)?.since ?? []);
  return moments.toSorted()[0] ?? null;
}
