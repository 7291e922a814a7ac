/** One pool's change as the plan says it. */
import { configMember } from '../../model/api/api-values.ts';
import type { JsonValue } from '../../model/json.ts';
import { compareTexts } from '../../model/order.ts';
import type { RequestedChange } from '../request/requested-changes.ts';
import type { ReadinessRecord } from '../../readiness/record.ts';
import type { ProposedChange } from './proposed-change.ts';
import { usersAtRisk } from './readiness-gate.ts';
import { lockoutOf } from '../risk/lockout.ts';
import type { Because, Change } from '../model/plan.ts';
import type { PoolReading } from './pool-rules.ts';
import { reversibilityOf } from '../risk/reversibility.ts';
import type { PoolNow } from '../model/pool-now.ts';
import type { Risk } from '../../model/risk.ts';

/** @param why what asks for it, and what of its aim can't be reached */
export function changeOf(
  pool: Pick<PoolReading, 'accountId' | 'poolName'> & PoolNow,
  { call, context, transitions }: Pick<ProposedChange, 'call' | 'context' | 'transitions'>,
  risk: Risk,
  why: Pick<Change, 'because' | 'remains'>,
  readiness: ReadinessRecord | null = null,
): Change {
  const { reversible, lost } = reversibilityOf(pool, call);
  const lockout = lockoutOf(context, readiness !== null);
  const reasons = transitions.filter((each) => each.risk === risk).flatMap((each) => each.reasons);
  return {
    accountId: pool.accountId,
    region: pool.region,
    poolId: pool.poolId,
    poolName: pool.poolName,
    users: context.settings.users ?? 0,
    usersAtRisk: usersAtRisk({ context, transitions }, readiness),
    risk,
    reasons: [...new Set(reasons)].map((reason) => `${reason}.`),
    lockout: lockout === null ? [] : [...lockout.conditions, ...lockout.unknown.map((what) => `Not known: ${what}`)],
    readiness,
    reversible,
    lost,
    before: pool.config,
    call: call.input,
    after: call.after,
    ...why,
  };
}

export function becauseOf({ config }: PoolNow, requested: readonly RequestedChange[]): readonly Because[] {
  const lines = requested.map(({ policy, path, to, file, line }): Because => ({
    policy,
    path,
    from: readMember(config, path),
    to,
    file,
    line,
  }));
  return lines.sort((a, b) => compareTexts(a.path, b.path) || compareTexts(a.policy, b.policy) || a.line - b.line);
}

function readMember(config: PoolNow['config'], path: string): JsonValue {
  return configMember(config, path.split('.')).value ?? null;
}
