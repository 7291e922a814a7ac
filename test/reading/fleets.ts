/** Small organizations for the reading tests; each test says what differs. */
import type { AccountEntry, FleetDocument } from '../../src/sandbox/fleet/schema.ts';

export const management = '111111111111';
export const shop = '222222222222';
export const hr = '333333333333';

export function account(changes: Partial<AccountEntry> & { readonly id: string }): AccountEntry {
  return { name: `account-${changes.id.slice(0, 3)}`, ...changes };
}

/** The management account, and two members with one pool each in eu-west-1. */
export function fleet(changes: Partial<FleetDocument> = {}): FleetDocument {
  return {
    apiVersion: 'mfa-drift/v1',
    kind: 'Fleet',
    homeRegion: 'us-east-1',
    emptyPages: 0,
    organization: { id: 'o-exampleorg', managementAccount: management },
    roles: { MfaDriftAudit: {} },
    accounts: [account({ id: management }), shopAccount(), hrAccount()],
    ...changes,
  };
}

export function shopAccount(changes: Partial<AccountEntry> = {}): AccountEntry {
  return account({
    id: shop,
    name: 'shop-prod',
    unit: '/Workloads/Prod',
    tags: { env: 'prod' },
    pools: [{ name: 'customers', regions: ['eu-west-1'], id: 'eu-west-1_Customers' }],
    ...changes,
  });
}

export function hrAccount(changes: Partial<AccountEntry> = {}): AccountEntry {
  return account({
    id: hr,
    name: 'hr-prod',
    unit: '/Workloads/Test',
    pools: [{ name: 'staff', regions: ['eu-west-1'], id: 'eu-west-1_Staff' }],
    ...changes,
  });
}
