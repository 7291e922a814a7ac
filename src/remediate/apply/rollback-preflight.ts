/** How a change that this program made stands now that it is to be undone. */
import { unknownFields } from '../../domain/model/api/api-model.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import type { Failure } from '../../domain/model/observation.ts';
import { mask } from '../../domain/policy/advice/masked-fields.ts';
import { startingPoint } from '../../domain/remediation/write/call.ts';
import { modeOf, unknownValues } from '../../domain/model/mfa-state.ts';
import { textAt } from '../../domain/model/api/api-values.ts';
import { exemptObjections, remediationOff, unknownMembers } from '../../domain/remediation/plan/pool-rules.ts';
import { settingsOf, type PoolSettings } from '../../domain/model/pool-settings.ts';
import type { Objection, RefusalCode } from '../../domain/remediation/model/refusals.ts';
import { highestRisk, assessTransitions } from '../../domain/remediation/risk/risk.ts';
import { rollbackTarget, type RollbackTarget } from '../../domain/remediation/write/rollback-target.ts';
import { readingDifferences, stateDifferences } from '../../domain/model/config-diff.ts';
import { changeContextOf } from '../../domain/remediation/risk/risk-conditions.ts';
import type { JournalEntry } from '../journal/format.ts';
import type { PoolTrace } from '../journal/traces.ts';
import type { Look, PoolPlace, SeenLook } from '../../ports/account-writer.ts';
import { inWords, leftOut } from './preflight.ts';
import type { WriteRequest } from './write-change.ts';
import type { Risk } from '../../domain/model/risk.ts';

export type RollbackPreflight =
  | {
      readonly kind: 'ready';
      readonly request: WriteRequest;
      readonly userPool: JsonObject;
      readonly jobKind: string;
      /** Of the way back. */
      readonly risk: Risk;
      readonly remaining: string;
    }
  /** `applied`: the call of an earlier start is in effect. `unchanged`: it is undone already. */
  | { readonly kind: 'applied' | 'unchanged'; readonly config: JsonObject }
  | { readonly kind: 'stale' | 'failed' | 'unknown'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

export interface ToUndo {
  /** How the last call that may have taken effect was begun or ended. */
  readonly made: JournalEntry;
  /** What this rollback's own journal knows of an earlier start. */
  readonly own: PoolTrace;
}

/** What a rollback may do; it needs no policy that asks for it. */
export interface UndoRules {
  /** `MFA_DRIFT_REMEDIATION=off`. */
  readonly isOff: boolean;
  /** Whether somebody who saw that it weakens has said yes. */
  readonly mayWeaken: boolean;
  /** Whether the configuration and the organization have the pool's account and region now. */
  isInScope(place: PoolPlace): boolean;
}

export function rollbackPreflightOf({ made, own }: ToUndo, look: Look, rules: UndoRules): RollbackPreflight {
  if (look.kind === 'gone') return { kind: 'stale', message: 'The pool is not there any more.' };
  if (!look.mfaConfig.read) return unread(own, look.mfaConfig.failure);
  const config = look.mfaConfig.value;
  const userPool = look.userPool.read ? look.userPool.value : {};
  const settings = settingsOf(userPool, made.region);
  if (own.trace !== 'none' && isLeftBy(own.last, config, settings))
    return { kind: own.trace === 'written' ? 'unchanged' : 'applied', config };
  if (isCopy(made)) return refused(maskedCopy);
  const before = made.before ?? {};
  if (stateDifferences(config, before, settings).length === 0) return { kind: 'unchanged', config };
  if (!isLeftBy(made, config, settings)) return { kind: 'stale', message: changedSince(made, config) };
  return objection(made, look, config, rules) ?? ready(made, before, config, userPool, rules);
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

function unread(own: PoolTrace, failure: Failure): RollbackPreflight {
  const kind = own.trace === 'begun' ? 'unknown' : 'failed';
  return { kind, message: `The pool could not be read: ${sentencesOf(failure)}` };
}

function sentencesOf({ message, remedy }: Failure): string {
  return `${message}. ${remedy}`;
}

/** Whether the pool reads as the call left it; of a call whose end is not known, as it was meant to. */
function isLeftBy(entry: JournalEntry | null, config: JsonObject, settings: PoolSettings): boolean {
  const after = entry?.after ?? null;
  if (entry === null || after === null) return false;
  if (entry.event === 'intent') return stateDifferences(after, config, settings).length === 0;
  return readingDifferences(after, config).length === 0;
}

function changedSince({ after }: JournalEntry, config: JsonObject): string {
  return `Somebody has changed the pool since: ${inWords(readingDifferences(after ?? {}, config))}. It is left as it is.`;
}

function objection(
  made: JournalEntry,
  { userPool }: SeenLook,
  config: JsonObject,
  rules: UndoRules,
): RollbackPreflight | null {
  const unknown = [...new Set([...unknownFields(config), ...unknownValues(config)])];
  if (rules.isOff) return refused(remediationOff);
  if (!rules.isInScope(made)) return refused(leftOut);
  if (unknown.length > 0) return refused(unknownMembers(unknown));
  if (!userPool.read) return refused({ code: 'undescribed', message: sentencesOf(userPool.failure) });
  const [exempt] = exemptObjections(settingsOf(userPool.value, made.region).tags);
  return exempt === undefined ? null : refused(exempt);
}

function refused({ code, message }: Objection): RollbackPreflight {
  return { kind: 'refused', code, message };
}

function ready(
  made: JournalEntry,
  before: JsonObject,
  config: JsonObject,
  userPool: JsonObject,
  { mayWeaken }: UndoRules,
): RollbackPreflight {
  const { accountId, region, poolId, policies } = made;
  const target = rollbackTarget(before, { poolId, region, config, userPool });
  if (target === null)
    return refused({
      code: 'not-possible',
      message: 'Cognito takes back nothing of what it was before: undo it by hand.',
    });
  const { risk, reasons } = riskOfReturning(config, target, settingsOf(userPool, region));
  if (risk === 'weakening' && !mayWeaken) {
    const message = `RollbackPreflight it now is weakening (${reasons.join('; ')}), and nobody has said yes to that: start the rollback again.`;
    return refused({ code: 'risk', message });
  }
  const place = { accountId, region, poolId, policies };
  const request = { ...place, before: config, call: target.input, after: target.after, because: [] };
  const paths = readingDifferences(config, target.after).map(({ path }) => path);
  return {
    kind: 'ready',
    request,
    userPool,
    jobKind: `${modeOf(config)} → ${modeOf(target.after)}: ${paths.join(', ')}`,
    risk,
    remaining: remainingInWords(target),
  };
}

/** What has no entry in the risk table counts as the worst. */
function riskOfReturning(
  config: JsonObject,
  { after }: RollbackTarget,
  settings: PoolSettings,
): { readonly risk: Risk; readonly reasons: readonly string[] } {
  const transitions = assessTransitions(changeContextOf(startingPoint(config, settings), after, settings));
  const risk = highestRisk(transitions.map((each) => each.risk ?? 'weakening')) ?? 'tightening';
  return { risk, reasons: transitions.filter((each) => each.risk === risk).flatMap(({ reasons }) => reasons) };
}

function remainingInWords({ remaining }: RollbackTarget): string {
  if (remaining.length === 0) return '';
  const stays = remaining.map(({ path, from, to }) => ({ path, from: to, to: from }));
  return `Cognito does not take everything back: ${inWords(stays)}.`;
}

/** The pool's name, where it could be described. */
export function nameIn(look: Look): string {
  return look.kind === 'seen' && look.userPool.read ? (textAt(look.userPool.value, 'Name') ?? '') : '';
}

/** `EstimatedNumberOfUsers`; `null` where it could not be read. */
export function usersIn(look: Look, region: string): number | null {
  return look.kind === 'seen' && look.userPool.read ? settingsOf(look.userPool.value, region).users : null;
}
