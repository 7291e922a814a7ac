/** One change, made: journaled before the call, called once, read back, journaled after it. */
import type { Clock } from '../../pacing/clock.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { inWords } from '../../domain/remediation/write/shown-value.ts';
import { driftSincePlan, readBackDifferences } from '../../domain/remediation/plan/verification.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { JournalNote } from '../journal/format.ts';
import { unjournaled, type Journal, type JournalError } from '../journal/journal.ts';
import type { PoolReads, PoolWrites } from '../../ports/account-writer.ts';

export interface ApplyPorts {
  readonly pools: PoolReads & PoolWrites;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Nothing interrupts a write and its verification; waits listen to this all the same. */
  readonly signal: AbortSignal;
}

/** The part of a change that writing and verifying it needs. */
export interface WriteRequest extends Pick<
  Change,
  'accountId' | 'region' | 'poolId' | 'before' | 'call' | 'after' | 'because'
> {
  /** Names of the policies that asked, for the journal. */
  readonly policies: readonly string[];
}

/** `again`: nothing was changed, and it may be tried again from a fresh look. `not-started`: the call was not made. */
export interface WriteResult {
  readonly outcome: 'applied' | 'failed' | 'unknown' | 'again' | 'not-started';
  readonly message: string;
  /** As it was read back; `null`: nothing was written, or it could not be read. */
  readonly after: JsonObject | null;
  /** The journal takes nothing more, so that nothing more may be changed; `null`: it has all of this. */
  readonly halt: JournalError | null;
}

/** What came of the call itself. */
type Came = Omit<WriteResult, 'halt'>;

/** A reading right after a write may still be the old one; nobody has measured that it ever is. */
const readBackAfterMs = [0, 300, 1500] as const;

/** `userPool` is the description from just before. */
export async function writeChange(change: WriteRequest, userPool: JsonObject, ports: ApplyPorts): Promise<WriteResult> {
  const owner = await ports.pools.owner(change.accountId);
  const stranger = strangerIn(change.accountId, owner);
  if ('failure' in owner || stranger !== null)
    return concluded(change, null, { outcome: 'failed', message: stranger ?? '', after: null }, ports);
  const { arn } = owner;
  const intent = { ...entryOf(change, arn, 'intent'), after: change.after, error: null };
  const halt = await unjournaled(() => ports.journal.record(intent));
  if (halt !== null) return { outcome: 'not-started', message: halt.message, after: null, halt };
  const answer = await ports.pools.set(change, change.call);
  if (answer.kind === 'taken') return concluded(change, arn, await verified(change, userPool, ports), ports);
  const failure = `${answer.failure.message}. ${answer.failure.remedy}`;
  const written =
    answer.kind === 'lost'
      ? await resolved(change, userPool, failure, ports)
      : {
          outcome: answer.kind === 'contended' ? ('again' as const) : ('failed' as const),
          message: failure,
          after: null,
        };
  return concluded(change, arn, written, ports);
}

function strangerIn(accountId: string, owner: Awaited<ReturnType<PoolWrites['owner']>>): string | null {
  if ('failure' in owner) {
    return `The credentials that would write could not be identified: ${owner.failure.message}. ${owner.failure.remedy}`;
  }
  if (owner.accountId === accountId) return null;
  return `The credentials that would write in account ${accountId} are of account ${owner.accountId}: nothing is written. Check role.remediationName and the profile.`;
}

async function verified(
  change: WriteRequest,
  userPool: JsonObject,
  { pools, clock, signal }: ApplyPorts,
): Promise<Came> {
  let last: Came = { outcome: 'unknown', message: '', after: null };
  for (const waitMs of readBackAfterMs) {
    await clock.sleep(waitMs, signal);
    const reading = await pools.readBack(change);
    if (!reading.read) {
      const message = `It was written and could not be read back: ${reading.failure.message}. ${reading.failure.remedy}`;
      return { outcome: 'unknown', message, after: null };
    }
    const differences = readBackDifferences(change, reading.value, userPool);
    if (differences.length === 0) return { outcome: 'applied', message: '', after: reading.value };
    const message = `It was written and does not read as planned: ${inWords(differences)}. Nothing is undone by itself.`;
    last = { outcome: 'failed', message, after: reading.value };
  }
  return last;
}

/** The answer to the call was lost: only the pool can tell whether it was carried out. */
async function resolved(change: WriteRequest, userPool: JsonObject, failure: string, ports: ApplyPorts): Promise<Came> {
  const written = await verified(change, userPool, ports);
  if (written.outcome === 'applied') return written;
  const lost = `No answer came to the call (${failure})`;
  if (written.after === null)
    return { ...written, message: `${lost} and the pool could not be read: ${written.message}` };
  if (driftSincePlan(change, written.after).length === 0) {
    return { outcome: 'again', message: `${lost} The pool reads as before.`, after: null };
  }
  return {
    ...written,
    outcome: 'unknown',
    message: `${lost} The pool reads neither as before nor as planned: ${inWords(readBackDifferences(change, written.after, userPool))}.`,
  };
}

async function concluded(
  change: WriteRequest,
  writerArn: string | null,
  came: Came,
  { journal }: ApplyPorts,
): Promise<WriteResult> {
  const { outcome, message, after } = came;
  const event = {
    applied: 'done',
    failed: 'failed',
    again: 'failed',
    unknown: 'unknown',
    'not-started': 'failed',
  } as const;
  const error = message === '' ? null : message;
  const halt = await unjournaled(() => journal.record({ ...entryOf(change, writerArn, event[outcome]), after, error }));
  if (halt === null) return { ...came, halt };
  const untold = `${halt.message} Its last line about this pool is that the call was about to be made.`;
  return { ...came, message: message === '' ? untold : `${message} ${untold}`, halt };
}

function entryOf(
  { accountId, region, poolId, before, call, policies }: WriteRequest,
  writerArn: string | null,
  event: JournalNote['event'],
): Omit<JournalNote, 'after' | 'error'> {
  return { event, accountId, region, poolId, before, call, policies, writerArn };
}
