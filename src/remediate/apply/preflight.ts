/** How a change that was approved stands, now that its pool was read again. Nothing in the plan is trusted. */
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import { configMember } from '../../domain/model/api/api-values.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import { refusalOf, type Objection, type RefusalCode } from '../../domain/remediation/model/refusals.ts';
import { readingDifferences, type Difference } from '../../domain/model/config-diff.ts';
import { shownAt } from '../../domain/remediation/write/shown-value.ts';
import { moved, unaskedObjections, unverified } from '../../domain/remediation/plan/verification.ts';
import type { Account, Failure } from '../../domain/model/observation.ts';
import { planFresh, type FreshPlan, type Judging } from '../plan/fresh-plan.ts';
import type { OwnTrace } from '../journal/traces.ts';
import type { Look } from '../../ports/account-writer.ts';
import { risks } from '../../domain/model/risk.ts';

export type Preflight =
  | { readonly kind: 'ready'; readonly change: Change; readonly userPool: JsonObject }
  /** `applied`: this journal's own write is in effect. */
  | { readonly kind: 'applied' | 'unchanged'; readonly config: JsonObject }
  | { readonly kind: 'stale' | 'failed' | 'unknown'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

export interface Approved {
  readonly change: Change;
  /** `null`: the configuration or the organization leaves it out now. */
  readonly account: Account | null;
  /** What this journal knows of an earlier start of the same change. */
  readonly trace: OwnTrace;
}

export function preflightOf({ change, account, trace }: Approved, look: Look, judging: Judging): Preflight {
  if (look.kind === 'gone') return { kind: 'stale', message: `The pool is not there any more. ${planAgain}` };
  if (!look.mfaConfig.read) return unread(trace, look.mfaConfig.failure);
  const own = ownPreflight(change, trace, look.mfaConfig.value, look.userPool.read ? look.userPool.value : {});
  if (own !== null) return own;
  if (account === null) return refused([leftOut]);
  const fresh = planFresh(judging, { ...change, account }, look);
  if ('unplanned' in fresh) return refused([{ code: 'undescribed', message: fresh.unplanned }]);
  return movedPreflight(change, fresh) ?? plannedPreflight(change, fresh);
}

function unread(trace: OwnTrace, { message, remedy }: Failure): Preflight {
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

/** A pool that this journal has written, or was about to write when it broke off. */
function ownPreflight(change: Change, trace: OwnTrace, config: JsonObject, userPool: JsonObject): Preflight | null {
  if (trace === 'none') return null;
  const isInEffect = unverified(change, config, userPool).length === 0;
  if (isInEffect) return { kind: 'applied', config };
  const differences = moved(change, config);
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

const undone =
  'This journal says that it was changed, and since then somebody has undone it. Plan again: mfa-drift plan.';

function changedAgain(differences: readonly Difference[]): string {
  return `This journal says that it was changed, and since then somebody changed it again: ${inWords(differences)}.`;
}

const planAgain = 'Plan again: mfa-drift plan.';

function movedPreflight(change: Change, fresh: FreshPlan): Preflight | null {
  const differences = moved(change, fresh.config);
  if (differences.length === 0) return null;
  if (isPutRight(change, fresh)) return { kind: 'unchanged', config: fresh.config };
  return {
    kind: 'stale',
    message: `The pool has changed since the plan was made: ${inWords(differences)}. ${planAgain}`,
  };
}

/** Every line that asked is content: it reads what was wanted, or its policy holds in another way. */
function isPutRight({ because }: Change, { config, matching }: FreshPlan): boolean {
  return because.every(({ policy, path, to }) => {
    if (isSameValue(path, to, configMember(config, path.split('.')).value ?? null)) return true;
    const verdict = matching.find((each) => each.policy.name === policy);
    const checks = verdict?.checks.filter((check) => check.path === path) ?? [];
    return checks.length > 0 && checks.every((check) => check.verdict === 'holds');
  });
}

function isSameValue(path: string, a: JsonValue, b: JsonValue): boolean {
  return readingDifferences({ [path]: a }, { [path]: b }).length === 0;
}

/** The pool reads as it did: is the very same change still asked for and allowed? */
function plannedPreflight(approved: Change, { plan, config, userPool }: FreshPlan): Preflight {
  if (plan.kind === 'refused') return { kind: 'refused', code: plan.refusal.code, message: plan.refusal.message };
  if (plan.kind === 'nothing' || userPool === null) return refused([unasked]);
  const { change } = plan;
  const objections = [
    ...askedDifferently(approved, change),
    ...riskier(approved, change),
    ...unaskedObjections(approved, { ...change, config, userPool }),
  ];
  return objections.length > 0 ? refused(objections) : { kind: 'ready', change, userPool };
}

const unasked: Objection = { code: 'policy-changed', message: 'No policy asks for this change any more.' };

function askedDifferently(approved: Change, now: Change): readonly Objection[] {
  const [before, after] = [asksOf(approved), asksOf(now)];
  const gone = [...before].filter((ask) => !after.has(ask));
  const added = [...after].filter((ask) => !before.has(ask));
  if (gone.length + added.length === 0) return [];
  const parts = [
    ...(gone.length > 0 ? [`no longer ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`now ${added.join(', ')}`] : []),
  ];
  return [
    {
      code: 'policy-changed',
      message: `The policies ask for something else than planned: ${parts.join('; ')}. Make a new plan.`,
    },
  ];
}

function asksOf({ because }: Change): ReadonlySet<string> {
  return new Set(because.map(({ policy, path, to }) => `${path} → ${shownAt(path, to)} (policy ${policy})`));
}

/** What was approved was approved with its risk. */
function riskier(approved: Change, now: Change): readonly Objection[] {
  if (risks.indexOf(now.risk) <= risks.indexOf(approved.risk)) return [];
  const message = `The plan says that the change is ${approved.risk}, and it is ${now.risk}: ${now.reasons.join(' ')} Make a new plan.`;
  return [{ code: 'risk', message }];
}

function refused(objections: readonly Objection[]): Preflight {
  const refusal = refusalOf(objections);
  const { code, message } = refusal ?? unasked;
  return { kind: 'refused', code, message };
}

/** `MfaConfiguration OFF → ON, …`; external ids are not shown, since messages stand in reports that are shared. */
export function inWords(differences: readonly Difference[]): string {
  return differences.map(({ path, from, to }) => `${path} ${shownAt(path, from)} → ${shownAt(path, to)}`).join(', ');
}
