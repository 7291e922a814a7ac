/** An organization in which everything can be read: no denial, no account but active ones. */
import * as fc from 'fast-check';
import type { Fleet, FleetAccount, PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import { noQuotas } from '../../src/sandbox/quotas.ts';
import { defaultRegions } from '../oracle/answers.ts';
import { auditRole } from '../oracle/generate-fleet.ts';
import { poolDraft } from '../oracle/generate-pools.ts';
import type { Policy, Writing } from '../oracle/language.ts';
import { plainOrganization } from '../plain-organization.ts';

const managementId = '111122220000';
const regions = ['eu-west-1', 'us-east-1'];
const everything = { allows: ['*'], lacks: [] };

/** `poolsPerUnit` pools in each of two regions of each account, in every state that can be read. */
export function plainFleet(accounts: number, poolsPerUnit: number): Fleet {
  return {
    seed: 1,
    ...plainOrganization('o-plainorg01', managementId),
    homeRegion: 'eu-west-1',
    accounts: Array.from({ length: accounts }, (_, index) => plainAccount(index, poolsPerUnit)),
    quotas: noQuotas,
    emptyPages: 0.2,
    switches: {},
  };
}

/** Policies that need both answers of a pool, over the two regions of a plain fleet. */
export function plainWriting(): Writing {
  const policies: readonly Policy[] = [
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
  ];
  return {
    configuration: {
      accounts: { organization: true },
      role: { name: auditRole },
      regions,
      failOn: 'low',
      requireCoverage: true,
    },
    policies,
    exceptions: [],
  };
}

function plainAccount(index: number, poolsPerUnit: number): FleetAccount {
  const id = `11112222${String(index).padStart(4, '0')}`;
  return {
    id,
    name: `account-${index}`,
    email: `${id}@example.com`,
    state: 'ACTIVE',
    parentId: 'r-ab12',
    tags: {},
    roles: [
      { name: auditRole, externalId: null, trusts: [managementId], maxSessionSeconds: 3600, permissions: everything },
    ],
    regions: Object.fromEntries(defaultRegions.map((region) => [region, 'ENABLED_BY_DEFAULT'])),
    pools: regions.flatMap((region) => plainPools(id, region, poolsPerUnit, index)),
  };
}

function plainPools(accountId: string, region: string, count: number, seed: number): readonly PlacedPool[] {
  const readable = poolDraft.filter(({ config }) => config['MfaConfiguration'] !== undefined);
  return fc.sample(readable, { numRuns: count, seed }).map(({ name, config: mfaConfig, userPool }, index) => {
    const id = `${region}_Pool${String(index).padStart(4, '0')}`;
    return { pool: { accountId, region, id, name, primaryRegion: region, mfaConfig, userPool }, vanishes: false };
  });
}
