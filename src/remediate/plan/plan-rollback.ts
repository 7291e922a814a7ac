/** A rollback as a plan: the way back of every change that a journal has, the newest first. */
import { placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import { settingsOf } from '../../domain/model/mfa/pool-settings.ts';
import type { Change, Plan, PlanDraft, RefusedChange } from '../../domain/remediation/model/plan.ts';
import type { RefusalCode } from '../../domain/remediation/model/refusals.ts';
import type { Look } from '../../ports/account-writer.ts';
import type { ApplyLimits, LeftAlone } from '../apply/apply.ts';
import { nameIn, usersIn } from '../apply/looks.ts';
import { gone, outOfScope, unread, type NotReady } from '../apply/preflight.ts';
import type { JournalEntry } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { PoolTrace } from '../journal/traces.ts';
import { isLeftBy, planBack, type BackRules } from './rollback-basis.ts';

export interface RollbackJournals {
  /** Whose changes are undone. */
  readonly made: Pick<Journal, 'traces' | 'traceOf'>;
  /** Of the rollback itself: what earlier starts of it have done. */
  readonly own: Pick<Journal, 'traceOf'>;
}

export interface RollbackRules extends BackRules {
  /** Whether the configuration and the organization have a pool's account and region now. */
  isInScope(place: PoolPlace): boolean;
}

export interface PlannedRollback {
  readonly plan: PlanDraft;
  /** What has no change in the plan: undone already, changed by others since, refused. */
  readonly leftAlone: readonly LeftAlone[];
}

/** The changes that a journal has, one a pool, the newest first. */
export function journaledChanges({ traces }: Pick<Journal, 'traces'>): readonly JournalEntry[] {
  return traces()
    .flatMap(({ last }) => last ?? [])
    .toReversed();
}

/** An undo must not stop half way: all that its journal has may be undone, unless a flag says less. */
export function rollbackLimits(made: Pick<Journal, 'traces'>, flags: Partial<ApplyLimits>): ApplyLimits {
  const changes = journaledChanges(made).length;
  return {
    maxChanges: Math.min(changes, flags.maxChanges ?? changes),
    maxChangesPercent: flags.maxChangesPercent ?? 100,
    maxUsers: flags.maxUsers ?? Number.POSITIVE_INFINITY,
    byFlagAlone: true,
  };
}

/**
 * @param looks by `placeKey`; a pool in scope without one is left out
 * @param about what a plan says of itself
 */
export function planRollback(
  { made, own }: RollbackJournals,
  looks: ReadonlyMap<string, Look>,
  rules: RollbackRules,
  about: Pick<Plan, 'createdAt' | 'tool' | 'organizationId' | 'runId' | 'journal' | 'callerArn' | 'endpoints'>,
): PlannedRollback {
  const changes: Change[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const entry of journaledChanges(made)) {
    if (!rules.isInScope(entry)) {
      leftAlone.push(aloneOf(entry, own.traceOf(entry), null, outOfScope));
      continue;
    }
    const look = looks.get(placeKey(entry));
    if (look === undefined) continue;
    const now = backOf(entry, own.traceOf(entry), look, rules);
    if (now.kind === 'change') changes.push(now.change);
    else leftAlone.push(aloneOf(entry, own.traceOf(entry), look, now));
  }
  const seen = [...looks.values()].filter((look) => look.kind === 'seen');
  const read = seen.filter(({ mfaConfig }) => mfaConfig.read).length;
  const plan: PlanDraft = {
    schemaVersion: '1',
    kind: 'Plan',
    origin: 'rollback',
    ...about,
    complete: read === seen.length,
    poolsRead: read,
    policies: [],
    changes,
    refused: leftAlone.flatMap(refusedOf),
  };
  return { plan, leftAlone };
}

function backOf(entry: JournalEntry, own: PoolTrace, look: Look, rules: RollbackRules) {
  if (look.kind === 'gone') return gone({ origin: 'rollback' });
  const { mfaConfig, userPool } = look;
  if (!mfaConfig.read) return unread(own.trace, mfaConfig.failure);
  const settings = settingsOf(userPool.read ? userPool.value : {}, entry.region);
  if (own.last !== null && isLeftBy(own.last, mfaConfig.value, settings))
    return { kind: own.trace === 'written' ? 'unchanged' : 'applied', config: mfaConfig.value } as const;
  return planBack(entry, rules.isInScope(entry), { ...look, mfaConfig }, rules);
}

/** `look`: `null` where nothing was asked. */
function aloneOf(entry: JournalEntry, own: PoolTrace, look: Look | null, preflight: NotReady): LeftAlone {
  const { accountId, region, poolId, policies } = entry;
  const now = look?.kind === 'seen' && look.mfaConfig.read ? look.mfaConfig.value : null;
  const before = preflight.kind === 'applied' ? (own.last?.before ?? null) : now;
  const names = look === null ? unnamed : { poolName: nameIn(look), users: usersIn(look, region) };
  return { pool: { accountId, region, poolId, ...names, risk: null, before, because: [] }, policies, preflight };
}

const unnamed = { poolName: '', users: null } as const;

const codes = {
  stale: 'pool-changed',
  failed: 'undescribed',
  unknown: 'undescribed',
} as const satisfies Readonly<Record<string, RefusalCode>>;

/** What a plan says of a pool that stays as it is; nothing of one that is undone already. */
function refusedOf({ pool, preflight }: LeftAlone): readonly RefusedChange[] {
  const { accountId, region, poolId } = pool;
  if ('config' in preflight) return [];
  const code = preflight.kind === 'refused' ? preflight.code : codes[preflight.kind];
  return [{ accountId, region, poolId, code, message: preflight.message, readiness: null }];
}
