import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';

export const management = '111111111111';
export const member = '222222222222';
export const other = '333333333333';

/** Three active accounts, no quotas and no empty pages; tests say what differs. */
export function smallFleet(changes: Partial<FleetDocument> = {}): FleetDocument {
  return {
    apiVersion: 'mfa-drift/v1',
    kind: 'Fleet',
    homeRegion: 'eu-west-1',
    quotas: 'off',
    emptyPages: 0,
    organization: { id: 'o-exampleorg', managementAccount: management },
    roles: { MfaDriftAudit: { externalId: 'mfa-drift' } },
    templates: {
      totp: { mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } },
    },
    accounts: [
      { id: management, name: 'management' },
      {
        id: member,
        name: 'shop-prod',
        unit: '/Workloads/Prod',
        tags: { env: 'prod' },
        pools: [
          {
            name: 'customers',
            regions: ['eu-west-1'],
            id: 'eu-west-1_Customers',
            like: 'totp',
            tags: { audience: 'customer' },
          },
        ],
      },
      {
        id: other,
        name: 'hr-prod',
        unit: '/Workloads/Prod',
        pools: [{ name: 'staff', regions: ['eu-west-1'], id: 'eu-west-1_Staff' }],
      },
    ],
    ...changes,
  };
}
