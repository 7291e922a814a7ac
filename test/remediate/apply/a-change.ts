/** A change of one pool, as a plan has it. */
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Change } from '../../../src/domain/remediation/model/plan.ts';

/** From OFF to OPTIONAL with an authenticator app, unless it is told otherwise. */
export function aChange({ before, after }: { readonly before: JsonObject; readonly after: JsonObject }): Change {
  return {
    accountId: '111122220001',
    region: 'eu-west-1',
    poolId: 'eu-west-1_One',
    poolName: 'one',
    users: 0,
    usersAtRisk: 0,
    risk: 'tightening',
    reasons: [],
    lockout: [],
    readiness: null,
    reversible: 'full',
    lost: [],
    before,
    call: { UserPoolId: 'eu-west-1_One', ...after },
    after,
    because: [
      { policy: 'floor', path: 'MfaConfiguration', from: 'OFF', to: 'OPTIONAL', file: 'p.yaml', line: 5 },
      {
        policy: 'floor',
        path: 'SoftwareTokenMfaConfiguration.Enabled',
        from: false,
        to: true,
        file: 'p.yaml',
        line: 6,
      },
    ],
    remains: [],
  };
}
