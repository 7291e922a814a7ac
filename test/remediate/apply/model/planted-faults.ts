/** The engine with one piece of it broken: what each breaks shows that the model would see it. */
import { transitions } from '../../../../src/remediate/apply/transitions.ts';
import { theEngine } from './explore.ts';
import type { Engine } from './moves.ts';
import type { Beginning } from './world.ts';

const nothing = { crashes: 0, strangers: 0, lost: 0, refusals: 0, troubles: 0 };
const alone = { first: 2, second: 0, back: 0 };

interface PlantedFault {
  readonly engine: Engine;
  /** The least that it takes to show. */
  readonly from: Beginning;
  readonly breaks: RegExp;
}

function changed(broken: Partial<typeof transitions>): Engine {
  return { ...theEngine, transitions: { ...transitions, ...broken } };
}

export const plantedFaults: Readonly<Record<string, PlantedFault>> = {
  'calls without an intent': {
    engine: changed({
      identify: (step, owner) => ({ ...step, at: 'send', writerArn: 'arn' in owner ? owner.arn : '' }) as never,
    }),
    from: { starts: alone, budget: nothing },
    breaks: /first sets without an intent/,
  },
  'calls although the disk did not take the intent': {
    engine: changed({ intend: (step) => ({ ...step, at: 'send' }) }),
    from: { starts: alone, budget: { ...nothing, troubles: 1 } },
    breaks: /first sets without an intent/,
  },
  'takes a lost answer for a refusal': {
    engine: changed({
      send: (step, answer) =>
        answer.kind === 'lost'
          ? { ...step, at: 'conclude', came: { outcome: 'again', message: 'lost', after: null } }
          : transitions.send(step, answer),
    }),
    from: { starts: alone, budget: { ...nothing, lost: 1 } },
    breaks: /its journal denies it/,
  },
  'calls again at once where no answer came': {
    engine: changed({
      send: (step, answer) =>
        answer.kind === 'lost' ? ({ ...step, at: 'intend' } as never) : transitions.send(step, answer),
    }),
    from: { starts: alone, budget: { ...nothing, lost: 1 } },
    breaks: /an earlier call of its own is not confirmed/,
  },
  'begins anew without a look': {
    engine: changed({
      conclude: (step, halt) =>
        step.came.outcome === 'again' ? ({ ...step, at: 'intend' } as never) : transitions.conclude(step, halt),
    }),
    from: { starts: alone, budget: { ...nothing, refusals: 1 } },
    breaks: /a second time after one look/,
  },
  'writes whatever it sees': {
    engine: changed({
      look: (step, look, trace, what) => {
        const next = transitions.look(step, look, trace, what);
        if (next.at === 'identify' || next.preflight.kind !== 'stale') return next;
        const ready = { kind: 'ready', change: what.approved.change, userPool: {} } as const;
        return { at: 'identify', tries: step.tries, ready };
      },
    }),
    from: { starts: alone, budget: { ...nothing, strangers: 1 } },
    breaks: /undoes what it has seen somebody write/,
  },
  'does not look at what it reads back': {
    engine: changed({
      readBack: (step) => ({
        ...step,
        at: 'conclude',
        came: { outcome: 'applied', message: '', after: step.ready.change.after },
      }),
    }),
    from: { starts: alone, budget: { ...nothing, strangers: 1 } },
    breaks: /says that it is done, and has last read (before|other)/,
  },
  'says of a refused call that it is done': {
    engine: changed({
      send: (step, answer) =>
        answer.kind === 'refused'
          ? { ...step, at: 'conclude', came: { outcome: 'applied', message: '', after: step.ready.change.after } }
          : transitions.send(step, answer),
    }),
    from: { starts: alone, budget: { ...nothing, refusals: 1 } },
    breaks: /says that it is done, and has last read before/,
  },
  'concludes what no call explains': {
    engine: changed({
      readBack: (step, reading) => ({
        ...step,
        at: 'conclude',
        came: { outcome: 'applied', message: '', after: reading.read ? reading.value : {} },
      }),
    }),
    from: { starts: alone, budget: { ...nothing, strangers: 1 } },
    breaks: /a line that no journal may have: done/,
  },
  'undoes whatever the journal has read': {
    engine: {
      ...theEngine,
      planBack: (made, isInScope, look, rules) =>
        theEngine.planBack(
          { ...made, event: 'done', after: look.mfaConfig.value, call: look.mfaConfig.value },
          isInScope,
          look,
          rules,
        ),
    },
    from: { starts: { first: 1, second: 0, back: 1 }, budget: { ...nothing, strangers: 1 } },
    breaks: /back undoes what its journal never wrote/,
  },
};
