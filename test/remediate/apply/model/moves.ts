/** Every move that can follow in a state of the model, and what must hold in each. */
import type { WriteAnswer } from '../../../../src/ports/account-writer.ts';
import type { Failure, Reading } from '../../../../src/domain/model/observation.ts';
import type { JournalNote } from '../../../../src/remediate/journal/format.ts';
import { JournalError } from '../../../../src/remediate/journal/journal.ts';
import { traced, type follows } from '../../../../src/remediate/journal/traces.ts';
import { recoveredNow, recoveryNote } from '../../../../src/remediate/apply/recover-interrupted.ts';
import { preflightNote } from '../../../../src/remediate/apply/record-preflight.ts';
import {
  conclusionNote,
  intentNote,
  type Changing,
  type ReadingBack,
  type Sending,
  type Step,
  type Transitions,
} from '../../../../src/remediate/apply/transitions.ts';
import { aLook } from '../../a-look.ts';
import { planBack, rollbackBasis } from '../../../../src/remediate/plan/rollback-basis.ts';
import {
  approved,
  configs,
  policyBasis,
  spent,
  started,
  valueOf,
  values,
  withWriter,
  written,
  writerNames,
  type World,
  type WriterName,
} from './world.ts';

/** What of the engine is played; a test may break a piece of it. */
export interface Engine {
  readonly transitions: Transitions;
  readonly follows: typeof follows;
  readonly planBack: typeof planBack;
}

export interface Rules {
  readonly engine: Engine;
  /** A call whose answer was lost may be carried out after the last reading, too. */
  readonly lateForEver: boolean;
}

export interface Move {
  readonly what: string;
  readonly world: World;
}

/** A property that does not hold. */
export class Broken extends Error {}

const failure: Failure = { code: 'network', message: 'no answer', remedy: 'Check the network.' };
const unread: Reading = { read: false, failure };
const halt = new JournalError('The journal could not be written: no space is left.');
const owner = { accountId: approved.change.accountId, arn: 'arn:aws:sts::111122220001:assumed-role/R/s' };
const stranger = { accountId: '999999999999', arn: 'arn:aws:sts::999999999999:assumed-role/R/s' };

function reading(world: World): Reading {
  return { read: true, value: configs[world.pool] };
}

export function* moves(world: World, rules: Rules): Generator<Move> {
  for (const to of values)
    if (world.left.strangers > 0 && to !== world.pool)
      yield { what: `somebody writes ${to}`, world: spent(written(world, 'stranger', to), 'strangers') };
  for (const [index, { by, to }] of world.late.entries()) {
    const late = world.late.filter((_, at) => at !== index);
    yield { what: `${by}: the call arrives late`, world: written({ ...world, late }, by, to) };
    yield { what: `${by}: the call gets lost`, world: { ...world, late } };
  }
  for (const name of writerNames) {
    yield* startsOf(world, name, rules);
    yield* stepsOf(world, name, rules);
  }
}

/** A journal has one writer: who rolls it back holds it like who goes on with it. */
function isFree(world: World, name: WriterName): boolean {
  const other = { first: 'back', back: 'first', second: 'second' } as const;
  return world.writers[name].step === null && world.writers[other[name]].step === null;
}

function* startsOf(world: World, name: WriterName, rules: Rules): Generator<Move> {
  const writer = world.writers[name];
  if (writer.starts === 0 || !isFree(world, name)) return;
  const begun = withWriter(world, name, { starts: writer.starts - 1, sent: 0, overtaken: false });
  if (name !== 'back') {
    yield { what: `${name} starts`, world: withWriter(begun, name, { step: started }) };
    if (writer.trace.trace === 'begun')
      yield { what: `${name} recovers`, world: withWriter(begun, name, { step: { at: 'recover' } }) };
    return;
  }
  const { last } = world.writers.first.trace;
  const look = aLook(reading(world));
  if (last === null || look.kind !== 'seen' || !look.mfaConfig.read) return;
  const back = rules.engine.planBack(last, true, { ...look, mfaConfig: look.mfaConfig }, { isOff: false });
  if (back.kind === 'change')
    yield { what: 'back starts', world: withWriter(begun, name, { step: started, back: back.change }) };
}

function changingOf(world: World, name: WriterName, { engine }: Rules): Changing {
  const { back } = world.writers[name];
  if (name !== 'back' || back === null) return { approved, basis: policyBasis };
  const { trace } = world.writers.first;
  const basis = rollbackBasis({ traceOf: () => trace }, { isOff: false });
  const rules = { isOff: false };
  return {
    approved: { change: back, account: { id: back.accountId } as never, policies: [] },
    // The basis of the program, over the piece that a test may break.
    basis: {
      ...basis,
      replan: (change, look) =>
        engine.planBack === planBack || trace.last === null
          ? basis.replan(change, look)
          : engine.planBack(trace.last, true, look, rules),
    },
  };
}

function* stepsOf(world: World, name: WriterName, rules: Rules): Generator<Move> {
  const { step } = world.writers[name];
  if (step === null) return;
  if (step.at === 'end') {
    yield { what: `${name} ends`, world: withWriter(world, name, { step: null }) };
    return;
  }
  for (const move of stepOf(world, name, step, rules)) {
    yield move;
    // What was done is done, and the process is gone before it knows.
    if (world.left.crashes > 0)
      yield { what: `${move.what}, and dies`, world: spent(withWriter(move.world, name, { step: null }), 'crashes') };
  }
  if (world.left.crashes > 0)
    yield { what: `${name} dies`, world: spent(withWriter(world, name, { step: null }), 'crashes') };
}

type Live = Exclude<Step, { readonly at: 'end' }> | { readonly at: 'recover' };

function* stepOf(world: World, name: WriterName, step: Live, rules: Rules): Generator<Move> {
  const { transitions } = rules.engine;
  const changing = changingOf(world, name, rules);
  const to = (what: string, next: Step | null, from = world): Move => ({
    what: `${name}: ${what}`,
    world: withWriter(from, name, { step: next }),
  });
  switch (step.at) {
    case 'recover':
      yield* recovery(world, name, rules);
      return;
    case 'look': {
      const { trace } = world.writers[name];
      if (isSettled(world, name, rules))
        yield to(
          `sees ${world.pool}`,
          transitions.look(step, aLook(reading(world)), trace, changing),
          looked(world, name),
        );
      if (world.left.troubles > 0)
        yield to('can not see', transitions.look(step, aLook(unread), trace, changing), spent(world, 'troubles'));
      return;
    }
    case 'identify':
      yield to('is who it should be', transitions.identify(step, owner));
      if (world.left.troubles > 0)
        yield to('is somebody else', transitions.identify(step, stranger), spent(world, 'troubles'));
      return;
    case 'intend':
      yield to('intends', transitions.intend(step, null), recorded(world, name, intentNote(step, changing), rules));
      if (world.left.troubles > 0)
        yield to('finds the disk full', transitions.intend(step, halt), spent(world, 'troubles'));
      return;
    case 'send':
      yield* calls(world, name, step, rules);
      return;
    case 'read-back':
      yield* readingsBack(world, name, step, rules);
      if (world.left.troubles > 0)
        yield to('can not read back', transitions.readBack(step, unread), spent(world, 'troubles'));
      return;
    case 'conclude': {
      const note = conclusionNote(step, changing);
      yield to(`concludes ${note.event}`, transitions.conclude(step, null), recorded(world, name, note, rules));
      if (world.left.troubles > 0)
        yield to('finds the disk full', transitions.conclude(step, halt), spent(world, 'troubles'));
      return;
    }
    case 'pause':
      yield to('looks again', transitions.pause(step));
      return;
    case 'leave': {
      const note = preflightNote(changing.approved.change, [], step.preflight, world.writers[name].trace);
      const noted = note === null ? world : recorded(world, name, note, rules);
      yield to(`leaves it: ${step.preflight.kind}`, transitions.leave(step, null, changing), noted);
      if (world.left.troubles > 0)
        yield to('finds the disk full', transitions.leave(step, halt, changing), spent(world, 'troubles'));
    }
  }
}

function* readingsBack(world: World, name: WriterName, step: ReadingBack, rules: Rules): Generator<Move> {
  const next = rules.engine.transitions.readBack(step, reading(world));
  if (next.at === 'conclude' && !isSettled(world, name, rules)) return;
  yield { what: `${name}: reads ${world.pool} back`, world: withWriter(confirmed(world, name), name, { step: next }) };
}

/** By the last reading a call has arrived or never will, unless the model is asked what happens otherwise. */
function isSettled({ late }: World, name: WriterName, { lateForEver }: Rules): boolean {
  return lateForEver || !late.some(({ by }) => by === name);
}

function looked(world: World, name: WriterName): World {
  return withWriter(confirmed(world, name), name, { overtaken: false, sent: 0 });
}

function confirmed(world: World, name: WriterName): World {
  return withWriter(world, name, { unconfirmed: 0, read: world.pool });
}

function recorded(world: World, name: WriterName, note: JournalNote, { engine }: Rules): World {
  const { trace } = world.writers[name];
  const entry = { ...note, at: '', callerArn: '', previous: '' };
  if (!engine.follows(trace, entry)) throw new Broken(`${name} writes a line that no journal may have: ${note.event}`);
  return withWriter(world, name, { trace: traced(trace, entry) });
}

function* recovery(world: World, name: WriterName, rules: Rules): Generator<Move> {
  const { last } = world.writers[name].trace;
  if (last === null || !isSettled(world, name, rules)) return;
  const note = recoveryNote(last, recoveredNow(last, aLook(reading(world))));
  const after = withWriter(recorded(looked(world, name), name, note, rules), name, { step: null });
  yield { what: `${name}: finds ${note.event}`, world: after };
}

function* calls(world: World, name: WriterName, step: Sending, rules: Rules): Generator<Move> {
  requireCallable(world, name, step);
  const { transitions } = rules.engine;
  const writer = world.writers[name];
  const sent = withWriter(world, name, { sent: writer.sent + 1 });
  const open = withWriter(sent, name, { unconfirmed: writer.unconfirmed + 1 });
  const value = valueOf(step.ready.change.call);
  const after = (answer: WriteAnswer, from: World, what: string): Move => ({
    what: `${name}: ${what}`,
    world: withWriter(from, name, { step: transitions.send(step, answer) }),
  });
  const arrives = (from: World) => written(from, name, value);
  yield after({ kind: 'taken' }, arrives(sent), `sets ${value}`);
  if (world.left.refusals > 0) {
    const refused = spent(sent, 'refusals');
    yield after({ kind: 'contended', failure }, refused, 'meets another');
    yield after({ kind: 'refused', failure }, refused, 'is refused');
  }
  if (world.left.lost > 0) {
    const lost = spent(open, 'lost');
    const late = { ...lost, late: [...lost.late, { by: name, to: value }] };
    yield after({ kind: 'lost', failure }, lost, 'sets nothing, and no answer comes');
    yield after({ kind: 'lost', failure }, arrives(lost), `sets ${value}, and no answer comes`);
    yield after({ kind: 'lost', failure }, late, `sets ${value} late, and no answer comes`);
  }
}

/** What must hold whenever a call is made. */
function requireCallable(world: World, name: WriterName, { ready }: Sending): void {
  const { trace, unconfirmed, sent, overtaken } = world.writers[name];
  const intended = trace.trace === 'begun' && trace.last?.event === 'intent' ? trace.last.call : null;
  if (JSON.stringify(intended) !== JSON.stringify(ready.change.call))
    throw new Broken(`${name} sets without an intent`);
  if (unconfirmed > 0) throw new Broken(`${name} sets while an earlier call of its own is not confirmed`);
  if (sent > 0) throw new Broken(`${name} sets a second time after one look`);
  if (overtaken) return;
  if (world.pool !== valueOf(ready.change.before)) throw new Broken(`${name} undoes what it has seen somebody write`);
  if (name !== 'back') return;
  const made = world.writers.first.trace.last;
  const meant = made?.call ?? null;
  if (meant === null || valueOf(meant) !== world.pool) throw new Broken('back undoes what its journal never wrote');
}

/** What must hold in every state. */
export function requireSound(world: World): void {
  for (const name of writerNames) {
    const { step, trace, read } = world.writers[name];
    if (world.by === name && trace.trace === 'none')
      throw new Broken(`what ${name} wrote is in effect, and its journal denies it`);
    if (step?.at !== 'end' || step.outcome.outcome !== 'applied') continue;
    const wanted = name === 'back' ? 'before' : 'planned';
    if (read !== wanted) throw new Broken(`${name} says that it is done, and has last read ${read}`);
  }
}
