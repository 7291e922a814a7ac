/**
 * The world that the model of the write engine plays in: one pool of Cognito, the journals on the disk, and programs that
 * write. It is plain data, so that a state that was met before is known again.
 */
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import type { Change } from '../../../../src/domain/remediation/model/plan.ts';
import type { ApprovedChange, PlanBasis } from '../../../../src/remediate/apply/preflight.ts';
import { firstStep, type Step, type Transitions } from '../../../../src/remediate/apply/transitions.ts';
import { noTrace, type PoolTrace } from '../../../../src/remediate/journal/traces.ts';
import { driftSincePlan, readBackDifferences } from '../../../../src/domain/remediation/plan/verification.ts';
import { aChange } from '../a-change.ts';

/** What the pool may read: as before, as planned, or as somebody else wants it. */
export const configs = {
  before: { MfaConfiguration: 'OFF' },
  planned: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
  other: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
} as const satisfies Readonly<Record<string, JsonObject>>;
export type Value = keyof typeof configs;
export const values = Object.keys(configs) as readonly Value[];

/** The value that a call or a reading has in it. */
export function valueOf({ MfaConfiguration: mode }: JsonObject): Value {
  const found = values.find((each) => configs[each].MfaConfiguration === (mode ?? 'OFF'));
  if (found === undefined) throw new Error(`The model knows no mode ${JSON.stringify(mode)}.`);
  return found;
}

/** `first` and `second` apply the same plan, each with a journal of its own; `back` rolls the first one's journal back. */
export const writerNames = ['first', 'second', 'back'] as const;
export type WriterName = (typeof writerNames)[number];

export interface Writer {
  /** `null`: no such process runs. */
  readonly step: Step | { readonly at: 'recover' } | null;
  /** Starts that are left: the first, and those after a crash. */
  readonly starts: number;
  /** Of `back`: the way back as it was planned at the start. */
  readonly back: Change | null;
  /** The journal, as it is on the disk. */
  readonly trace: PoolTrace;
  /** Calls of which it does not know yet what they came to. */
  readonly unconfirmed: number;
  /** Calls since the last look. */
  readonly sent: number;
  /** Somebody else has written since the last look: the window that the API can't close. */
  readonly overtaken: boolean;
  /** What it read last. */
  readonly read: Value | null;
}

export interface World {
  readonly pool: Value;
  readonly by: WriterName | 'stranger' | null;
  readonly writers: Readonly<Record<WriterName, Writer>>;
  /** Calls that are on their way still, though nobody waits for their answer. */
  readonly late: readonly { readonly by: WriterName; readonly to: Value }[];
  readonly left: Budget;
}

/** How often what may go wrong does so, in all. */
export interface Budget {
  readonly crashes: number;
  /** Changes by somebody else. */
  readonly strangers: number;
  /** Answers to a call that get lost. */
  readonly lost: number;
  /** Calls that meet another, or are refused. */
  readonly refusals: number;
  /** Reads that fail, credentials that are a stranger's, lines that the disk does not take. */
  readonly troubles: number;
}

export const approved: ApprovedChange = {
  change: aChange({ before: configs.before, after: configs.planned }),
  account: null,
  policies: ['floor'],
};

/** As policies are asked: the very change, while the pool reads as it did; nothing, once it reads as wanted. */
export const policyBasis: PlanBasis = {
  origin: 'policies',
  replan({ change }, look) {
    const config = look.mfaConfig.value;
    if (driftSincePlan(change, config).length === 0) return { kind: 'change', change, userPool: {}, objections: [] };
    if (readBackDifferences(change, config, {}).length === 0) return { kind: 'unchanged', config };
    return { kind: 'stale', message: 'The pool has changed since the plan was made.' };
  },
};

const idle: Writer = {
  step: null,
  starts: 0,
  back: null,
  trace: noTrace,
  unconfirmed: 0,
  sent: 0,
  overtaken: false,
  read: null,
};

export interface Beginning {
  readonly budget: Budget;
  /** Who may be started, and how often. */
  readonly starts: Readonly<Record<WriterName, number>>;
}

export function beginning({ budget, starts }: Beginning): World {
  const writer = (name: WriterName): Writer => ({ ...idle, starts: starts[name] });
  const writers = { first: writer('first'), second: writer('second'), back: writer('back') };
  return { pool: 'before', by: null, writers, late: [], left: budget };
}

export function withWriter(world: World, name: WriterName, changed: Partial<Writer>): World {
  return { ...world, writers: { ...world.writers, [name]: { ...world.writers[name], ...changed } } };
}

export function spent(world: World, what: keyof Budget): World {
  return { ...world, left: { ...world.left, [what]: world.left[what] - 1 } };
}

/** The pool is written; whoever looked before that does not know. */
export function written(world: World, by: WriterName | 'stranger', to: Value): World {
  const writers = { ...world.writers };
  for (const name of writerNames) if (name !== by) writers[name] = { ...writers[name], overtaken: true };
  return { ...world, pool: to, by, writers };
}

/** A process begins with a look. */
export const started = firstStep;
export type { Transitions };
