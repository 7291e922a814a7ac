/** How a change that was approved stands, now that its pool was read again. Nothing in the plan is trusted. */
import type { JsonObject } from '../../domain/model/json.ts';
import type { Change, Plan } from '../../domain/remediation/model/plan.ts';
import { refusalOf, type Objection, type RefusalCode } from '../../domain/remediation/model/refusals.ts';
import type { Difference } from '../../domain/model/mfa/config-diff.ts';
import { inWords } from '../../domain/remediation/write/shown-value.ts';
import { driftSincePlan, readBackDifferences } from '../../domain/remediation/plan/verification.ts';
import type { Account, Failure } from '../../domain/model/observation.ts';
import type { OwnTrace } from '../journal/traces.ts';
import type { Look, SeenLook } from '../../ports/account-writer.ts';
import { risks } from '../../domain/model/risk.ts';

export type Preflight = { readonly kind: 'ready'; readonly change: Change; readonly userPool: JsonObject } | NotReady;

/** Why a pool is left as it is. */
export type NotReady =
  /** `applied`: this journal's own write is in effect. `unchanged`: it was right, or undone, already. */
  | { readonly kind: 'applied' | 'unchanged'; readonly config: JsonObject }
  | { readonly kind: 'stale' | 'failed' | 'unknown'; readonly message: string }
  | PreflightRefusal;

export interface PreflightRefusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

export interface ApprovedChange {
  readonly change: Change;
  /** `null`: the configuration or the organization leaves it out now. */
  readonly account: Account | null;
  /** Names of those that asked for it, or for what it undoes: for the journal. */
  readonly policies: readonly string[];
}

/** A look that has read the configuration. */
export interface ReadLook extends SeenLook {
  readonly mfaConfig: { readonly read: true; readonly value: JsonObject };
}

/** A pool planned again from what it reads now. Objections are to what was approved, beside what is wanted now. */
export type Replanned =
  | {
      readonly kind: 'change';
      readonly change: Change;
      readonly userPool: JsonObject;
      readonly objections: readonly Objection[];
    }
  | { readonly kind: 'unchanged'; readonly config: JsonObject }
  | { readonly kind: 'stale'; readonly message: string }
  | PreflightRefusal;

/** What a plan rests on, and so what is asked of each of its changes: that policies ask for it, or that a journal has it. */
export interface PlanBasis {
  readonly origin: Plan['origin'];
  replan(approved: Omit<ApprovedChange, 'policies'>, look: ReadLook): Replanned;
}

/** @param trace what this journal knows of an earlier start of the same change */
export function preflightOf(approved: ApprovedChange, trace: OwnTrace, look: Look, basis: PlanBasis): Preflight {
  const { change } = approved;
  if (look.kind === 'gone') return gone(basis);
  const { mfaConfig } = look;
  if (!mfaConfig.read) return unread(trace, mfaConfig.failure);
  const userPool = look.userPool.read ? look.userPool.value : {};
  const own = ownPreflight(change, trace, mfaConfig.value, userPool, basis);
  if (own !== null) return own;
  const now = basis.replan(approved, { ...look, mfaConfig });
  if (now.kind !== 'change') return now;
  const objections = [...now.objections, ...riskier(change, now.change)];
  return objections.length > 0 ? refusedBy(objections) : { kind: 'ready', change: now.change, userPool: now.userPool };
}

export function gone({ origin }: Pick<PlanBasis, 'origin'>): NotReady {
  return { kind: 'stale', message: `The pool is not there any more.${origin === 'policies' ? ` ${planAgain}` : ''}` };
}

export function unread(trace: OwnTrace, { message, remedy }: Failure): NotReady {
  if (trace !== 'begun') return { kind: 'failed', message: `The pool could not be read: ${message}. ${remedy}` };
  return {
    kind: 'unknown',
    message: `An earlier run broke off while it wrote, and the pool can't be read: ${message}. ${remedy}`,
  };
}

export const leftOut: Objection = {
  code: 'policy-changed',
  message:
    'The configuration leaves the account or the region out, or the account is not active: nothing is asked there.',
};

/** Its pool is not looked at: a forged plan or journal could name an account of a stranger's, who would see the external id. */
export const outOfScope: PreflightRefusal = { kind: 'refused', ...leftOut };

/** A pool that this journal has written, or was about to write when it broke off. */
function ownPreflight(
  change: Change,
  trace: OwnTrace,
  config: JsonObject,
  userPool: JsonObject,
  { origin }: PlanBasis,
): Preflight | null {
  if (trace === 'none') return null;
  const isInEffect = readBackDifferences(change, config, userPool).length === 0;
  if (isInEffect) return { kind: 'applied', config };
  // What a rollback has undone, and was done again by the journal that it undoes, may be undone again.
  if (trace === 'written' && origin === 'rollback') return null;
  const differences = driftSincePlan(change, config);
  if (trace === 'written')
    return { kind: 'stale', message: differences.length === 0 ? undone : changedAgain(differences) };
  if (differences.length === 0) return null;
  if (trace === 'unverified') {
    return { kind: 'failed', message: `It was written and does not read as planned: ${inWords(differences)}.` };
  }
  return {
    kind: 'unknown',
    message: `An earlier run broke off while it wrote, and the pool now reads neither as before nor as planned: ${inWords(differences)}.`,
  };
}

export const planAgain = 'Plan again: mfa-drift plan.';

const undone = `This journal says that it was changed, and since then somebody has undone it. ${planAgain}`;

function changedAgain(differences: readonly Difference[]): string {
  return `This journal says that it was changed, and since then somebody changed it again: ${inWords(differences)}.`;
}

/** What was approved was approved with its risk. */
function riskier(approved: Change, now: Change): readonly Objection[] {
  if (risks.indexOf(now.risk) <= risks.indexOf(approved.risk)) return [];
  const message = `The plan says that the change is ${approved.risk}, and it is ${now.risk}: ${now.reasons.join(' ')} Make a new plan.`;
  return [{ code: 'risk', message }];
}

/** The first of `objections` in the order of the codes gives the code. */
export function refusedBy(objections: readonly Objection[]): PreflightRefusal {
  const refusal = refusalOf(objections);
  if (refusal === null) throw new Error('Nothing is refused without an objection.');
  return { kind: 'refused', code: refusal.code, message: refusal.message };
}
