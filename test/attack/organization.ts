/** The organization that is attacked, and what its auditor wrote: everything in it can be read, and every operation is needed. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Fleet, FleetAccount, PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import { noQuotas } from '../../src/sandbox/quotas.ts';
import { defaultRegions, optInRegions } from '../oracle/answers.ts';
import type { Writing } from '../oracle/language.ts';
import { plainOrganization } from '../plain-organization.ts';
import type { Operation } from './answers.ts';
import type { Target } from './kinds/kind.ts';

const managementId = '111122220000';
const memberId = '111122220001';
const otherId = '111122220002';
const role = 'MfaDriftAudit';

/** Where an attack of this seed strikes: each pool in its turn, save that nobody assumes a role in the caller's own account. */
export function targetOf(operation: Operation, seed: number): Target {
  const accounts = attackedFleet(seed).accounts.filter(({ id }) => operation !== 'AssumeRole' || id !== managementId);
  const placed = accounts.flatMap((each) => each.pools.map(({ pool }) => pool));
  const { accountId, region, id: poolId } = nth(placed, seed);
  return { accountId, region, poolId };
}

function nth<T>(choices: readonly T[], seed: number): T {
  const choice = choices[seed % choices.length];
  if (choice === undefined) throw new Error('There is nothing to choose from.');
  return choice;
}

const totp: JsonObject = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const drafts: readonly JsonObject[] = [
  { MfaConfiguration: 'ON', ...totp },
  { MfaConfiguration: 'OFF' },
  { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Message: 'Code: {####}', Subject: 'Code' } },
  { MfaConfiguration: 'OPTIONAL', ...totp, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com' } },
  { MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: 'b.example.com', UserVerification: 'required' } },
  {
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: false },
    EmailMfaConfiguration: { Message: '{####}' },
  },
  { MfaConfiguration: 'ON', ...totp },
];

/** What each pool holds is another thing with each seed. */
function pools(accountId: string, region: string, count: number, seed: number): readonly PlacedPool[] {
  return Array.from({ length: count }, (_, index) => ({
    vanishes: false,
    pool: {
      accountId,
      region,
      id: `${region}_Pool${index}`,
      name: `${index % 2 === 0 ? 'customers' : 'staff'}-${index}`,
      primaryRegion: region,
      mfaConfig: nth(drafts, index + seed),
      userPool: {
        UserPoolTier: 'ESSENTIALS',
        EstimatedNumberOfUsers: 10 + index,
        UserPoolTags: { audience: (index + seed) % 3 === 0 ? 'workforce' : 'customer' },
      },
    },
  }));
}

function account(
  id: string,
  tags: FleetAccount['tags'],
  parentId: string,
  placed: readonly PlacedPool[],
): FleetAccount {
  const permissions = { allows: ['cognito-idp:*', 'account:ListRegions'], lacks: [] };
  return {
    id,
    name: `shop-${id.slice(-1)}`,
    email: `${id}@example.com`,
    state: 'ACTIVE',
    parentId,
    tags,
    roles: [{ name: role, externalId: null, trusts: [managementId], maxSessionSeconds: 3600, permissions }],
    regions: {
      ...Object.fromEntries(defaultRegions.map((region) => [region, 'ENABLED_BY_DEFAULT' as const])),
      ...Object.fromEntries(optInRegions.map((region) => [region, 'DISABLED' as const])),
      ...(id === otherId ? { 'ap-east-1': 'ENABLED' as const } : {}),
    },
    pools: placed,
  };
}

export function attackedFleet(seed: number): Fleet {
  const { organization, caller } = plainOrganization('o-attacked01', managementId);
  return {
    seed: 1,
    organization:
      organization === null
        ? null
        : {
            ...organization,
            units: [{ id: 'ou-ab12-unit0001', name: 'Workloads', parentId: organization.rootId, tags: {} }],
          },
    caller,
    homeRegion: 'eu-west-1',
    accounts: [
      account(managementId, {}, 'r-ab12', pools(managementId, 'eu-west-1', 1, seed)),
      account(memberId, { env: 'prod' }, 'ou-ab12-unit0001', pools(memberId, 'eu-west-1', 5, seed)),
      account(otherId, { env: 'dev' }, 'ou-ab12-unit0001', [
        ...pools(otherId, 'eu-west-1', 1, seed),
        ...pools(otherId, 'ap-east-1', 1, seed),
      ]),
    ],
    quotas: noQuotas,
    emptyPages: 0,
    switches: {},
  };
}

/** `byId`: accounts named one by one, so that they are asked for one by one. */
export function attackedWriting(accounts: 'listed' | 'byId'): Writing {
  return {
    configuration: {
      accounts: accounts === 'listed' ? { organization: true } : { ids: [managementId, memberId, otherId] },
      role: { name: role },
      regions: ['eu-west-1', 'ap-east-1'],
      failOn: 'low',
      requireCoverage: true,
    },
    policies: [
      {
        name: 'mode',
        severity: 'high',
        expect: { MfaConfiguration: { noneOf: ['OFF'] } },
        remediation: { mode: 'never' },
      },
      {
        name: 'factors',
        match: { poolTags: { audience: ['customer'] } },
        expect: { factors: { atLeastOne: ['totp', 'passkey'] } },
      },
      {
        name: 'production',
        severity: 'critical',
        match: { accountTags: { env: ['prod'] } },
        expect: { SoftwareTokenMfaConfiguration: { Enabled: true } },
      },
      {
        name: 'workloads',
        severity: 'low',
        match: { organizationalUnits: ['/Workloads'], accounts: ['shop-*'] },
        expect: { MfaConfiguration: 'ON' },
      },
    ],
    exceptions: [
      {
        match: { pools: ['staff-1'] },
        policies: ['mode'],
        reason: 'Migrates soon',
        owner: 'identity@example.com',
        expires: new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10),
      },
    ],
  };
}
