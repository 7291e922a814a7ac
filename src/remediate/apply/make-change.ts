/** One change, made: whatever its next step is, is done, and what came of it says which step is the next. */
import { backoffMs } from '../../pacing/backoff.ts';
import type { Clock } from '../../pacing/clock.ts';
import type { PoolReads, PoolWrites } from '../../ports/account-writer.ts';
import { unjournaled, type Journal } from '../journal/journal.ts';
import { recordPreflight } from './record-preflight.ts';
import {
  conclusionNote,
  firstStep,
  intentNote,
  readBackAfterMs,
  transitions,
  type Changing,
  type Ended,
  type Step,
} from './transitions.ts';

export interface ApplyPorts {
  readonly pools: PoolReads & PoolWrites;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Nothing interrupts a write and its verification; waits listen to this all the same. */
  readonly signal: AbortSignal;
}

/** Journaled before the call, called once, read back, journaled after it; and again from a fresh look while that helps. */
export async function makeChange(what: Changing, ports: ApplyPorts): Promise<Ended> {
  let step: Step = firstStep;
  while (step.at !== 'end') step = await stepAfter(step, what, ports);
  return step;
}

async function stepAfter(step: Exclude<Step, Ended>, what: Changing, ports: ApplyPorts): Promise<Step> {
  const { pools, journal, clock, signal } = ports;
  const { change, policies } = what.approved;
  switch (step.at) {
    case 'look': {
      const look = await pools.look(change);
      return transitions.look(step, look, journal.traceOf(change), what);
    }
    case 'identify':
      return transitions.identify(step, await pools.owner(change.accountId));
    case 'intend':
      return transitions.intend(step, await unjournaled(() => journal.record(intentNote(step, what))));
    case 'send':
      return transitions.send(step, await pools.set(change, step.ready.change.call));
    case 'read-back':
      await clock.sleep(readBackAfterMs[step.reads] ?? 0, signal);
      return transitions.readBack(step, await pools.readBack(change));
    case 'conclude':
      return transitions.conclude(step, await unjournaled(() => journal.record(conclusionNote(step, what))));
    case 'pause':
      await clock.sleep(backoffMs(step.tries), signal);
      return transitions.pause(step);
    case 'leave': {
      const { preflight } = step;
      const halt = await unjournaled(() => recordPreflight(change, policies, preflight, journal));
      return transitions.leave(step, halt, what);
    }
  }
}
