import type { Fleet } from '../src/sandbox/fleet/fleet.ts';

/** An organization without units or service control policies, and a caller in its management account who may do anything. */
export function plainOrganization(id: string, managementAccountId: string): Pick<Fleet, 'organization' | 'caller'> {
  return {
    organization: {
      id,
      rootId: 'r-ab12',
      managementAccountId,
      delegatedAdministrators: [],
      units: [],
      serviceControlPolicies: [],
      accountStates: 'State',
      paths: true,
    },
    caller: {
      accountId: managementAccountId,
      kind: 'user',
      name: 'Nightly',
      permissions: { allows: ['*'], lacks: [] },
    },
  };
}
