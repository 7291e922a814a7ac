/** Undoing a change as a change of its own: what would be written, what it means for users, what speaks against it. */
import { unknownFields } from '../../model/api/api-model.ts';
import { unknownValues } from '../../model/mfa/mfa-state.ts';
import { settingsOf } from '../../model/mfa/pool-settings.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Change } from '../model/plan.ts';
import type { PoolNow } from '../model/pool-now.ts';
import type { Objection } from '../model/refusals.ts';
import { assessTransitions, highestRisk } from '../risk/risk.ts';
import { changeContextOf } from '../risk/risk-conditions.ts';
import { startingPoint } from '../write/call.ts';
import { restoreCall, type RestoreCall } from '../write/restore-call.ts';
import { inWords } from '../write/shown-value.ts';
import { changeOf } from './change.ts';
import { exemptObjections, remediationOff, unknownMembers, type PlanRules, type PoolReading } from './pool-rules.ts';

/** The nearest state to `before` that the service admits; `null`: it takes back nothing. */
export function changeBack(
  pool: Pick<PoolReading, 'accountId' | 'poolName'> & PoolNow,
  before: JsonObject,
): Change | null {
  const target = restoreCall(before, pool);
  if (target === null) return null;
  const settings = settingsOf(pool.userPool, pool.region);
  const context = changeContextOf(startingPoint(pool.config, settings), target.after, settings);
  // What has no entry in the risk table counts as the worst.
  const transitions = assessTransitions(context).map((each) => ({ ...each, risk: each.risk ?? 'weakening' }));
  const risk = highestRisk(transitions.map((each) => each.risk)) ?? 'weakening';
  return changeOf(pool, { call: target, context, transitions }, risk, { because: [], remains: remainsOf(target) });
}

function remainsOf({ remaining }: RestoreCall): readonly string[] {
  if (remaining.length === 0) return [];
  const stays = remaining.map(({ path, from, to }) => ({ path, from: to, to: from }));
  return [`Cognito does not take everything back: ${inWords(stays)}.`];
}

/** It needs no policy that asks for it, and no risk that one allows. */
export function objectionsToGoingBack(
  { config, userPool, region }: Pick<PoolReading, 'config' | 'userPool' | 'region'>,
  { isOff }: Pick<PlanRules, 'isOff'>,
): readonly Objection[] {
  const unknown = [...new Set([...unknownFields(config), ...unknownValues(config)])];
  return [
    ...(isOff ? [remediationOff] : []),
    ...(unknown.length > 0 ? [unknownMembers(unknown)] : []),
    ...(userPool === null ? [] : exemptObjections(settingsOf(userPool, region).tags)),
  ];
}
