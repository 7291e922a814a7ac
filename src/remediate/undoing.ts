/** How a change that this program made stands now that it is to be undone. */
import { unknownFields } from '../domain/api-model.ts';
import type { JsonObject } from '../domain/json.ts';
import { modeOf, textAt, unknownValues } from '../domain/remediation/configuration.ts';
import { readPoolSettings, type PoolSettings } from '../domain/remediation/pool-settings.ts';
import type { RefusalCode } from '../domain/remediation/refusals.ts';
import { rollbackTarget, type RollbackTarget } from '../domain/remediation/rollback-target.ts';
import { readingDifferences, stateDifferences } from '../domain/remediation/sameness.ts';
import type { JournalEntry } from './journal-format.ts';
import type { PoolTrace } from './journal-traces.ts';
import type { Look, SeenLook } from './ports.ts';
import { inWords } from './standing.ts';
import type { Writing } from './write-change.ts';

export type Undoing =
  | {
      readonly kind: 'ready';
      readonly writing: Writing;
      readonly userPool: JsonObject;
      readonly jobKind: string;
      readonly remaining: string;
    }
  /** `applied`: an earlier start of this rollback has undone it. */
  | { readonly kind: 'applied' | 'unchanged'; readonly config: JsonObject }
  | { readonly kind: 'stale' | 'failed' | 'unknown'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

export interface ToUndo {
  /** How the last call that may have taken effect was begun or ended. */
  readonly made: JournalEntry;
  /** What this rollback's own journal knows of an earlier start. */
  readonly own: PoolTrace;
}

export function undoingOf({ made, own }: ToUndo, look: Look, isOff: boolean): Undoing {
  if (look.kind === 'gone') return { kind: 'stale', message: 'The pool is not there any more.' };
  if (!look.mfaConfig.read) return unread(own, look.mfaConfig.failure);
  const config = look.mfaConfig.value;
  const userPool = look.userPool.read ? look.userPool.value : {};
  const settings = readPoolSettings(userPool, made.region);
  if (own.trace !== 'none' && isLeftBy(own.last, config, settings)) return { kind: 'applied', config };
  const before = made.before ?? {};
  if (stateDifferences(config, before, settings).length === 0) return { kind: 'unchanged', config };
  if (!isLeftBy(made, config, settings)) return { kind: 'stale', message: changedSince(made, config) };
  return objection(look, config, isOff) ?? ready(made, before, config, userPool);
}

function unread(own: PoolTrace, { message, remedy }: { readonly message: string; readonly remedy: string }): Undoing {
  const kind = own.trace === 'begun' ? 'unknown' : 'failed';
  return { kind, message: `The pool could not be read: ${message}. ${remedy}` };
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

function objection({ userPool }: SeenLook, config: JsonObject, isOff: boolean): Undoing | null {
  const unknown = [...new Set([...unknownFields(config), ...unknownValues(config)])];
  if (isOff) return refused('remediation-off', 'MFA_DRIFT_REMEDIATION=off: nothing is changed.');
  if (unknown.length > 0) {
    const message = `The answer holds what this version does not know (${unknown.join(', ')}), and a call without it would remove it: update mfa-drift, or change the pool by hand.`;
    return refused('unknown-fields', message);
  }
  if (userPool.read) return null;
  return refused('undescribed', `${userPool.failure.message}. ${userPool.failure.remedy}`);
}

function refused(code: RefusalCode, message: string): Undoing {
  return { kind: 'refused', code, message };
}

function ready(made: JournalEntry, before: JsonObject, config: JsonObject, userPool: JsonObject): Undoing {
  const { accountId, region, poolId, policies } = made;
  const target = rollbackTarget(before, { poolId, region, config, userPool });
  if (target === null)
    return refused('not-possible', 'Cognito takes back nothing of what it was before: undo it by hand.');
  const writing = {
    accountId,
    region,
    poolId,
    policies,
    before: config,
    call: target.input,
    after: target.after,
    because: [],
  };
  const paths = readingDifferences(config, target.after).map(({ path }) => path);
  return {
    kind: 'ready',
    writing,
    userPool,
    jobKind: `${modeOf(config)} → ${modeOf(target.after)}: ${paths.join(', ')}`,
    remaining: remainingInWords(target),
  };
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
  return look.kind === 'seen' && look.userPool.read ? readPoolSettings(look.userPool.value, region).users : null;
}
