/** A rollback's plan: a change is made only where a verified entry of the journal shows that the present value is ours. */
import { readingDifferences, stateDifferences } from '../../domain/model/mfa/config-diff.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import type { Account } from '../../domain/model/observation.ts';
import { settingsOf, type PoolSettings } from '../../domain/model/mfa/pool-settings.ts';
import { mask } from '../../domain/policy/advice/masked-fields.ts';
import { callExplains } from '../../domain/remediation/plan/verification.ts';
import { changeBack, objectionsToGoingBack } from '../../domain/remediation/plan/change-back.ts';
import type { PlanRules } from '../../domain/remediation/plan/pool-rules.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import { inWords } from '../../domain/remediation/write/shown-value.ts';
import {
  leftOut,
  refusedBy,
  type ApprovedChange,
  type PlanBasis,
  type ReadLook,
  type Replanned,
} from '../apply/preflight.ts';
import { nameIn } from '../apply/looks.ts';
import type { JournalEntry } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';

export type BackRules = Pick<PlanRules, 'isOff'>;

/** A change back, with the names of the policies that had asked for what it undoes. */
export function approvedBack(change: Change, account: Account | null, made: Pick<Journal, 'traceOf'>): ApprovedChange {
  return { change, account, policies: made.traceOf(change).last?.policies ?? [] };
}

/** @param made the journal whose changes are undone */
export function rollbackBasis(made: Pick<Journal, 'traceOf'>, rules: BackRules): PlanBasis {
  return {
    origin: 'rollback',
    replan({ change, account }, look) {
      const { last } = made.traceOf(change);
      if (last === null) return refusedBy([unjournaled]);
      const now = planBack(last, account !== null, look, rules);
      return now.kind === 'change' ? { ...now, objections: plannedOtherwise(change, now.change) } : now;
    },
  };
}

const unjournaled: Objection = {
  code: 'unasked-change',
  message: 'The journal has no change of this pool that could be undone.',
};

/** What a journal's change comes to when it is undone now. */
export function planBack(made: JournalEntry, isInScope: boolean, look: ReadLook, rules: BackRules): Replanned {
  const { accountId, region, poolId } = made;
  const config = look.mfaConfig.value;
  const userPool = look.userPool.read ? look.userPool.value : null;
  const settings = settingsOf(userPool ?? {}, region);
  const before = made.before ?? {};
  if (isCopy(made)) return refusedBy([maskedCopy]);
  if (stateDifferences(config, before, settings).length === 0) return { kind: 'unchanged', config };
  if (!isLeftBy(made, config, settings)) return { kind: 'stale', message: changedSince(made, config) };
  if (!isOurs(made)) return { kind: 'stale', message: perhapsOthers(made) };
  const objections = [
    ...(isInScope ? [] : [leftOut]),
    ...objectionsToGoingBack({ config, userPool, region }, rules),
    ...undescribed(look),
  ];
  if (objections.length > 0 || userPool === null) return refusedBy(objections);
  const change = changeBack({ accountId, region, poolId, poolName: nameIn(look), config, userPool }, before);
  return change === null ? refusedBy([nothingComesBack]) : { kind: 'change', change, userPool, objections: [] };
}

/** Whether the pool reads as the call left it; of a call whose end is not known, as it was meant to. */
export function isLeftBy({ event, after }: JournalEntry, config: JsonObject, settings: PoolSettings): boolean {
  if (after === null) return false;
  if (event === 'intent') return stateDifferences(after, config, settings).length === 0;
  return readingDifferences(after, config).length === 0;
}

/** What was read after the call is what the call makes of a pool. Else somebody may have written between the two. */
function isOurs({ call, after, region }: JournalEntry): boolean {
  return call !== null && after !== null && callExplains(call, after, region);
}

function perhapsOthers({ call, after }: JournalEntry): string {
  const { UserPoolId: _, ...sent } = call ?? {};
  return `Right after the call it did not read as the call leaves it, so that somebody may have changed it then: ${inWords(readingDifferences(sent, after ?? {}))}. It is left as it is; put it right by hand.`;
}

/** A copy that was handed on does not say what it masks. */
function isCopy({ before, after }: JournalEntry): boolean {
  return [before, after].some((config) =>
    JSON.stringify(config ?? null).includes(`"ExternalId":${JSON.stringify(mask)}`),
  );
}

const maskedCopy: Objection = {
  code: 'not-possible',
  message: 'This copy of the journal masks the external id of the pool: undo it with the journal itself.',
};

const nothingComesBack: Objection = {
  code: 'not-possible',
  message: 'Cognito takes back nothing of what it was before: undo it by hand.',
};

function changedSince({ after }: JournalEntry, config: JsonObject): string {
  return `Somebody has changed the pool since: ${inWords(readingDifferences(after ?? {}, config))}. It is left as it is.`;
}

function undescribed({ userPool }: ReadLook): readonly Objection[] {
  if (userPool.read) return [];
  const { message, remedy } = userPool.failure;
  return [{ code: 'undescribed', message: `${message}. ${remedy}` }];
}

/** The way back is worked out again, and must be the one that was approved. */
function plannedOtherwise(approved: Change, now: Change): readonly Objection[] {
  const paths = readingDifferences(now.call, approved.call).map(({ path }) => path);
  if (paths.length === 0) return [];
  const message = `The call is not what undoing the change asks for: ${paths.join(', ')}. Make a new plan.`;
  return [{ code: 'unasked-change', message }];
}
