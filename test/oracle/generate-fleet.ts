/** Organizations: accounts in every state, nested units, tags, a few large units, and denials of every kind. */
import * as fc from 'fast-check';
import type { AccountState } from '../../src/domain/model/observation.ts';
import type {
  ActionRule,
  Fleet,
  FleetAccount,
  FleetRole,
  FleetUnit,
  PlacedPool,
  RegionOptStatus,
} from '../../src/sandbox/fleet/fleet.ts';
import { noQuotas } from '../../src/sandbox/quotas.ts';
import { defaultRegions, optInRegions } from './answers.ts';
import { poolDraft, type PoolDraft } from './generate-pools.ts';

export const auditRole = 'MfaDriftAudit';
export const otherRole = 'audit/OtherRole';
export const externalId = 'drift-4711';
/** Where generated pools lie: two regions that need no opt-in, two that do. */
export const busyRegions = ['eu-west-1', 'us-east-1', 'eu-south-1', 'ap-east-1'];
export const accountNames = ['shop-prod', 'shop', 'hr', 'hr-dev', 'Legacy (old) v1.0'];
export const accountTagValues = { env: ['prod', 'dev', 'production-eu'], team: ['payments'] } as const;

const rootId = 'r-ab12';
const managementId = '111122220000';
const one = fc.constantFrom;

/** `usual` in most cases. */
function mostly<T>(usual: T, rare: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });
}

const actionRule: fc.Arbitrary<ActionRule> = fc.record({
  action: one(
    'cognito-idp:ListUserPools',
    'cognito-idp:GetUserPoolMfaConfig',
    'cognito-idp:DescribeUserPool',
    'account:ListRegions',
  ),
  whereTagged: fc.constant(null),
});
const taggedRule: fc.Arbitrary<ActionRule> = fc.record({
  action: one('cognito-idp:GetUserPoolMfaConfig', 'cognito-idp:DescribeUserPool'),
  whereTagged: fc.constant({ exempt: 'true' }),
});

const placementDraft = fc.record({
  region: one(...busyRegions),
  drafts: fc.array(poolDraft, { minLength: 1, maxLength: 5, size: 'max' }),
  /** How many pools the unit holds; more than the drafts repeats them. Sixty fill a page. */
  size: mostly(0, one(59, 60, 61, 121, 200), 25),
});

const accountDraft = fc.record({
  name: one(...accountNames),
  state: mostly<AccountState>('ACTIVE', one('SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION')),
  parent: fc.nat(9),
  tags: fc.dictionary(one('env', 'team'), one(...accountTagValues.env, ...accountTagValues.team)),
  role: mostly<'present' | 'absent' | 'distrusted' | 'other external id' | 'external id'>(
    'external id',
    one('present', 'absent', 'distrusted', 'other external id'),
    3,
  ),
  lacks: mostly<readonly ActionRule[]>([], fc.array(fc.oneof(actionRule, taggedRule), { maxLength: 3 }), 2),
  optIns: fc.dictionary(
    one('eu-south-1', 'ap-east-1', 'me-south-1'),
    one<RegionOptStatus[]>('ENABLED', 'ENABLING', 'DISABLING', 'DISABLED'),
  ),
  placements: fc.uniqueArray(placementDraft, {
    minLength: 1,
    maxLength: 3,
    size: 'max',
    selector: ({ region }) => region,
  }),
  replicated: mostly(false, fc.constant(true)),
});
type AccountDraft = typeof accountDraft extends fc.Arbitrary<infer T> ? T : never;

const policyDraft = fc.record({
  actions: one(
    ['cognito-idp:*'],
    ['cognito-idp:GetUserPoolMfaConfig'],
    ['cognito-idp:DescribeUserPool'],
    ['cognito-idp:ListUserPools'],
  ),
  regions: fc.subarray(busyRegions, { minLength: 1, maxLength: 2 }),
  target: fc.nat(9),
});

const organizationDraft = fc.record({
  unitParents: fc.array(fc.nat(4), { maxLength: 5, size: 'max' }),
  accounts: fc.array(accountDraft, { minLength: 2, maxLength: 7, size: 'max' }),
  policies: mostly([], fc.array(policyDraft, { maxLength: 2 }), 1),
  states: mostly<'State' | 'Status' | 'both' | 'neither'>('State', one('Status', 'both', 'neither'), 6),
  paths: mostly(true, fc.constant(false)),
  callerAt: mostly(0, fc.nat(5)),
  callerKind: one<('user' | 'role')[]>('user', 'role'),
  callerLacks: mostly<readonly string[]>(
    [],
    fc.subarray(
      [
        'organizations:ListTagsForResource',
        'organizations:DescribeOrganization',
        'organizations:ListRoots',
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:DescribeAccount',
        'sts:AssumeRole',
        'organizations:ListAccounts',
      ],
      { minLength: 1, maxLength: 2 },
    ),
    9,
  ),
  emptyPages: one(0, 0.3),
  seed: fc.nat(10_000),
});

export const generatedFleet: fc.Arbitrary<Fleet> = organizationDraft.map((draft): Fleet => {
  const units = draft.unitParents.map(unitOf);
  const parents = [rootId, ...units.map(({ id }) => id)];
  const callerAt = draft.callerAt % draft.accounts.length;
  const callerId = accountId(callerAt);
  const accounts = draft.accounts.map((account, index) =>
    accountOf(account, index, parents[account.parent % parents.length]!, callerId),
  );
  const targets = [...parents, ...accounts.map(({ id }) => id)];
  return {
    seed: draft.seed,
    organization: {
      id: 'o-exampleorg1',
      rootId,
      managementAccountId: managementId,
      delegatedAdministrators: callerAt === 0 ? [] : [callerId],
      units,
      serviceControlPolicies: draft.policies.map(({ actions, regions, target }, index) => ({
        id: `p-deny000${index}`,
        actions,
        regions,
        targets: [targets[target % targets.length]!],
      })),
      accountStates: draft.states,
      paths: draft.paths,
    },
    caller: {
      accountId: callerId,
      kind: draft.callerKind,
      name: 'Nightly',
      permissions: { allows: ['*'], lacks: draft.callerLacks.map((action) => ({ action, whereTagged: null })) },
    },
    homeRegion: 'eu-west-1',
    accounts,
    quotas: noQuotas,
    emptyPages: draft.emptyPages,
    switches: {},
  };
});

/** A unit lies below the root or below an earlier unit, so the tree has no loop. */
function unitOf(parent: number, index: number): FleetUnit {
  const parentId = parent === 0 || parent > index ? rootId : unitId(parent - 1);
  return {
    id: unitId(index),
    name: ['Workloads', 'Prod', 'NonProd', 'Security', 'Prod EU'][index]!,
    parentId,
    tags: {},
  };
}

function accountOf(draft: AccountDraft, index: number, parentId: string, callerId: string): FleetAccount {
  const id = accountId(index);
  return {
    id,
    name: draft.name,
    email: `${id}@example.com`,
    // Whoever runs the audit or pays for it has an open account.
    state: id === callerId || id === managementId ? 'ACTIVE' : draft.state,
    parentId,
    tags: draft.tags,
    roles: rolesOf(draft, callerId),
    regions: regionsOf(draft),
    pools: draft.placements.flatMap((placement) => poolsOf(id, placement, draft.replicated)),
  };
}

function rolesOf({ role, lacks }: AccountDraft, callerId: string): readonly FleetRole[] {
  if (role === 'absent') return [];
  const wanted = { 'other external id': 'not-ours', 'external id': externalId, present: null, distrusted: null }[role];
  const trusts = [role === 'distrusted' ? '999988887777' : callerId];
  const made = {
    externalId: wanted,
    trusts,
    maxSessionSeconds: 3600,
    permissions: { allows: ['cognito-idp:*', 'account:ListRegions'], lacks },
  };
  return [
    { ...made, name: auditRole },
    { ...made, name: otherRole },
  ];
}

function regionsOf({ optIns }: AccountDraft): FleetAccount['regions'] {
  const regions: Record<string, RegionOptStatus> = {};
  for (const region of defaultRegions) regions[region] = 'ENABLED_BY_DEFAULT';
  for (const region of optInRegions) regions[region] = optIns[region] ?? 'DISABLED';
  return regions;
}

interface Placement {
  readonly region: string;
  readonly drafts: readonly PoolDraft[];
  readonly size: number;
}

function poolsOf(account: string, { region, drafts, size }: Placement, isReplicated: boolean): readonly PlacedPool[] {
  const count = Math.max(size, drafts.length);
  const placed = Array.from({ length: count }, (_, index) =>
    placedPool(account, region, drafts[index % drafts.length]!, index),
  );
  const [first] = placed;
  // In a region that no placement draws, so that no id is there twice.
  return isReplicated && first !== undefined ? [...placed, replicaOf(first)] : placed;
}

function placedPool(account: string, region: string, draft: PoolDraft, index: number): PlacedPool {
  const id = `${region}_${account.slice(-3)}Pool${String(index).padStart(3, '0')}`;
  const { name, config: mfaConfig, userPool, vanishes } = draft;
  return { pool: { accountId: account, region, id, name, primaryRegion: region, mfaConfig, userPool }, vanishes };
}

function replicaOf({ pool }: PlacedPool): PlacedPool {
  return { pool: { ...pool, region: 'us-west-2' }, vanishes: false };
}

function accountId(index: number): string {
  return index === 0 ? managementId : `11112222${String(index * 7).padStart(4, '0')}`;
}

function unitId(index: number): string {
  return `ou-ab12-unit000${index}`;
}
