/** A drifted pool as a plan sees it, by the policy that it drifts from. */
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { planFresh, type FreshPlan } from '../../../src/remediate/plan/fresh-plan.ts';
import { expecting, today } from '../../policy-set.ts';
import { anAccount, aPool, read } from '../a-pool.ts';
import { aLook } from '../../remediate/a-look.ts';
import type { DriftedPool } from './drifted-pools.ts';

export const managedTags = ['aws:cloudformation:stack-name', 'managed-by'];

export function lookAt(drifted: DriftedPool, tags: object, config: JsonObject, userPool: JsonObject): FreshPlan {
  const described = { MfaConfiguration: config['MfaConfiguration'] ?? 'OFF', UserPoolTags: { ...tags }, ...userPool };
  const pool = aPool(config, { userPool: read(described) });
  const context = {
    set: expecting(drifted.expect, 'remediation: { mode: auto, allow: [tightening, disruptive] }\n'),
    judge: { requireCoverage: false, now: today, managedTags },
    defaults: { mode: 'manual', allow: [], readiness: null } as const,
    rules: { isOff: false, by: 'person', allow: [], includeManaged: false, managedTags } as const,
  };
  const fresh = planFresh(
    context,
    { account: anAccount(), region: 'eu-west-1', ...pool },
    aLook(pool.mfaConfig, { userPool: read(described) }),
  );
  if ('unplanned' in fresh) throw new Error(fresh.unplanned);
  return fresh;
}
