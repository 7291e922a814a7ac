/**
 * One change of one pool, step by step: what is done next, and what follows from what came of it. Nothing here touches the
 * world, so that the engine (`make-change.ts`) and the model of it (`test/remediate/apply/model`) go by the same rules.
 */
import type { JsonObject } from '../../domain/model/json.ts';
import type { Reading } from '../../domain/model/observation.ts';
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import { driftSincePlan, readBackDifferences } from '../../domain/remediation/plan/verification.ts';
import { inWords } from '../../domain/remediation/write/shown-value.ts';
import type { Failure } from '../../domain/model/observation.ts';
import type { Look, Owner, WriteAnswer } from '../../ports/account-writer.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { JournalNote } from '../journal/format.ts';
import type { JournalError } from '../journal/journal.ts';
import type { PoolTrace } from '../journal/traces.ts';
import { outcomeOf, writtenOutcome, type Came } from './pool-outcome.ts';
import { preflightOf, type ApprovedChange, type NotReady, type PlanBasis, type Preflight } from './preflight.ts';

/** Others that write, and answers that get lost, are waited out; each try begins with a fresh look. */
const mostTries = 6;

/** A reading right after a write may still be the old one; nobody has measured that it ever is. */
export const readBackAfterMs = [0, 300, 1500] as const;

/** What the change is and rests on. It stays the same through all steps. */
export interface Changing {
  readonly approved: ApprovedChange;
  readonly basis: PlanBasis;
}

interface Trying {
  /** From 1. */
  readonly tries: number;
}

/** The pool was looked at, and the change may be made. */
interface Ready extends Trying {
  readonly ready: Extract<Preflight, { readonly kind: 'ready' }>;
}

interface Identified extends Ready {
  /** Whose credentials write. */
  readonly writerArn: string;
}

/** The pool is read and described. */
export interface Looking extends Trying {
  readonly at: 'look';
}
/** It is asked whose the credentials are that would write. */
export interface Identifying extends Ready {
  readonly at: 'identify';
}
/** The intent is written to the journal. */
export interface Intending extends Identified {
  readonly at: 'intend';
}
/** The call is made. */
export interface Sending extends Identified {
  readonly at: 'send';
}
/** The pool is read, to see what the call left. */
export interface ReadingBack extends Identified {
  readonly at: 'read-back';
  /** How often it was read before. */
  readonly reads: number;
  /** Why no answer came to the call; `null`: the service said that it is done. */
  readonly lost: string | null;
}
/** What came of it is written to the journal. */
export interface Concluding extends Ready {
  readonly at: 'conclude';
  readonly writerArn: string | null;
  readonly came: Came;
}
/** Others have their turn before the pool is looked at again. */
export interface Pausing extends Trying {
  readonly at: 'pause';
}
/** Why the pool is left as it is is written to the journal. */
export interface Leaving {
  readonly at: 'leave';
  readonly preflight: NotReady;
}
export interface Ended {
  readonly at: 'end';
  readonly outcome: PoolOutcome;
  /** The journal takes nothing more, so that nothing more may be changed; `null`: it has all of this. */
  readonly halt: JournalError | null;
}
export type Step = Looking | Identifying | Intending | Sending | ReadingBack | Concluding | Pausing | Leaving | Ended;

export const firstStep: Looking = { at: 'look', tries: 1 };

/** What follows each step. `halt`: the journal did not take the line. */
export const transitions = {
  look(step: Looking, look: Look, { trace }: PoolTrace, { approved, basis }: Changing): Identifying | Leaving {
    const preflight = preflightOf(approved, trace, look, basis);
    if (preflight.kind !== 'ready') return { at: 'leave', preflight };
    return { at: 'identify', tries: step.tries, ready: preflight };
  },

  identify(step: Identifying, owner: Owner | { readonly failure: Failure }): Intending | Concluding {
    const { accountId } = step.ready.change;
    if (!('failure' in owner) && owner.accountId === accountId) return { ...step, at: 'intend', writerArn: owner.arn };
    const message = strangerInWords(accountId, owner);
    return { ...step, at: 'conclude', writerArn: null, came: { outcome: 'failed', message, after: null } };
  },

  intend(step: Intending, halt: JournalError | null): Sending | Ended {
    if (halt === null) return { ...step, at: 'send' };
    const came: Came = { outcome: 'not-started', message: halt.message, after: null };
    return { at: 'end', outcome: writtenOutcome(step.ready.change, came), halt };
  },

  send(step: Sending, answer: WriteAnswer): ReadingBack | Concluding {
    if (answer.kind === 'taken') return { ...step, at: 'read-back', reads: 0, lost: null };
    const message = `${answer.failure.message}. ${answer.failure.remedy}`;
    if (answer.kind === 'lost') return { ...step, at: 'read-back', reads: 0, lost: message };
    const outcome = answer.kind === 'contended' ? 'again' : 'failed';
    return { ...step, at: 'conclude', came: { outcome, message, after: null } };
  },

  readBack(step: ReadingBack, reading: Reading): ReadingBack | Concluding {
    const reads = step.reads + 1;
    const came = step.lost === null ? verified(step, reading) : resolved(step, step.lost, reading);
    const isSettled = !reading.read || came.outcome === 'applied' || reads === readBackAfterMs.length;
    return isSettled ? { ...step, at: 'conclude', came } : { ...step, reads };
  },

  conclude({ tries, ready, came }: Concluding, halt: JournalError | null): Pausing | Ended {
    if (came.outcome === 'again' && halt === null && tries < mostTries) return { at: 'pause', tries };
    const said = halt === null ? came : { ...came, message: untold(came, halt) };
    return { at: 'end', outcome: writtenOutcome(ready.change, said), halt };
  },

  pause({ tries }: Pausing): Looking {
    return { at: 'look', tries: tries + 1 };
  },

  leave({ preflight }: Leaving, halt: JournalError | null, { approved }: Changing): Ended {
    return { at: 'end', outcome: outcomeOf(approved.change, preflight), halt };
  },
} as const;
export type Transitions = typeof transitions;

function strangerInWords(accountId: string, owner: Owner | { readonly failure: Failure }): string {
  if ('failure' in owner) {
    return `The credentials that would write could not be identified: ${owner.failure.message}. ${owner.failure.remedy}`;
  }
  return `The credentials that would write in account ${accountId} are of account ${owner.accountId}: nothing is written. Check role.remediationName and the profile.`;
}

/** Of a call that the service has taken. */
function verified({ ready: { change, userPool } }: ReadingBack, reading: Reading): Came {
  if (!reading.read) {
    const message = `It was written and could not be read back: ${reading.failure.message}. ${reading.failure.remedy}`;
    return { outcome: 'unknown', message, after: null };
  }
  const differences = readBackDifferences(change, reading.value, userPool);
  if (differences.length === 0) return { outcome: 'applied', message: '', after: reading.value };
  const message = `It was written and does not read as planned: ${inWords(differences)}. Nothing is undone by itself.`;
  return { outcome: 'failed', message, after: reading.value };
}

/** Of a call whose answer was lost: only the pool can tell whether it was carried out. */
function resolved(step: ReadingBack, failure: string, reading: Reading): Came {
  const { change, userPool } = step.ready;
  const written = verified(step, reading);
  if (written.outcome === 'applied') return written;
  const lost = `No answer came to the call (${failure})`;
  if (written.after === null)
    return { ...written, message: `${lost} and the pool could not be read: ${written.message}` };
  if (driftSincePlan(change, written.after).length === 0) {
    return { outcome: 'again', message: `${lost} The pool reads as before.`, after: null };
  }
  const differences = readBackDifferences(change, written.after, userPool);
  const message = `${lost} The pool reads neither as before nor as planned: ${inWords(differences)}.`;
  return { outcome: 'unknown', message, after: written.after };
}

function untold({ message }: Came, halt: JournalError): string {
  const said = `${halt.message} Its last line about this pool is that the call was about to be made.`;
  return message === '' ? said : `${message} ${said}`;
}

export function intentNote({ ready, writerArn }: Intending, { approved }: Changing): JournalNote {
  return { ...noteOf(ready.change, approved, writerArn), event: 'intent', after: ready.change.after, error: null };
}

const eventOf = {
  applied: 'done',
  failed: 'failed',
  again: 'failed',
  unknown: 'unknown',
  'not-started': 'failed',
} as const satisfies Record<Came['outcome'], JournalEvent>;

export function conclusionNote({ ready, writerArn, came }: Concluding, { approved }: Changing): JournalNote {
  const { outcome, message, after } = came;
  const error = message === '' ? null : message;
  return { ...noteOf(ready.change, approved, writerArn), event: eventOf[outcome], after, error };
}

function noteOf(
  {
    accountId,
    region,
    poolId,
    before,
    call,
  }: { readonly before: JsonObject } & Pick<JournalNote, 'accountId' | 'region' | 'poolId' | 'call'>,
  { policies }: ApprovedChange,
  writerArn: string | null,
): Omit<JournalNote, 'event' | 'after' | 'error'> {
  return { accountId, region, poolId, before, call, policies, writerArn };
}
