import { describe, expect, it } from 'vitest';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { started } from '../sandbox/clients.ts';
import { account, fleet, hr, hrAccount, management, shop, shopAccount } from './fleets.ts';
import { readSandbox, type Reading } from './reading.ts';
import { hastyClock } from './virtual-clock.ts';

const ireland = { kind: 'list', regions: ['eu-west-1'] } as const;
const needsPaths = { accountPaths: true };
const denyOrganizations = (...operations: string[]) => ({
  account: management,
  lacks: operations.map((operation) => `organizations:${operation}`),
});

function audited(reading: Reading): string[] {
  return [...new Set([...reading.units.keys()].map((place) => place.split('/')[0] ?? ''))].sort();
}

function regionsWith(reading: Reading, accountId: string, status: string): string[] {
  return [...reading.units.values()]
    .filter(({ unit }) => unit.accountId === accountId && unit.status === status)
    .map(({ unit }) => unit.region)
    .sort();
}

function withoutOrganization(): FleetDocument {
  const { organization: _organization, ...rest } = fleet({ accounts: [shopAccount()] });
  return rest;
}

describe('an account in no organization', () => {
  const scope = { accounts: { kind: 'caller' } as const, regions: ireland };
  const wanted = { accountPaths: true, accountTags: true, accountNames: true };

  it('is known to have no unit and no tags, which costs one request', async () => {
    const sandbox = await started(withoutOrganization());
    const reading = await readSandbox(sandbox, { scope, needs: wanted });
    expect(reading.discovery.accounts).toMatchObject([{ id: shop, path: [], tags: {}, inOrganization: false }]);
    expect(reading.discovery.organizationId).toBe(null);
    expect(sandbox.calls.entries.filter(({ service }) => service === 'organizations')).toHaveLength(1);
  });

  it('is known to be in none where nothing selects by units and tags', async () => {
    const reading = await readSandbox(await started(withoutOrganization()), { scope });
    expect(reading.discovery.accounts).toMatchObject([{ id: shop, inOrganization: false }]);
  });

  it('is not known to be in none where that may not be asked', async () => {
    const sandbox = await started(fleet({ caller: denyOrganizations('DescribeOrganization', 'ListRoots') }));
    const reading = await readSandbox(sandbox, { scope, needs: wanted });
    expect(reading.discovery.accounts).toMatchObject([{ id: management, path: null }]);
    expect(reading.discovery.accounts[0]).not.toHaveProperty('inOrganization');
  });

  it('says nothing of the other accounts that the configuration names', async () => {
    const sandbox = await started(withoutOrganization());
    const ids = { ...scope, accounts: { kind: 'ids', ids: [shop, hr] } as const };
    const reading = await readSandbox(sandbox, { scope: ids, needs: wanted });
    expect(reading.discovery.accounts).toMatchObject([
      { id: shop, inOrganization: false },
      { id: hr, path: null, tags: null },
    ]);
    expect(reading.discovery.accounts[1]).not.toHaveProperty('inOrganization');
  });
});

describe('accounts', () => {
  it('that are not active are skipped with their state, and no role is assumed there', async () => {
    const states = ['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'] as const;
    const others = states.map((state, index) => account({ id: `${index + 4}`.repeat(12), state }));
    const sandbox = await started(fleet({ accounts: [account({ id: management }), ...others] }));
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(reading.discovery.skipped.map(({ accountId, reason }) => `${accountId[0]} ${reason}`).sort()).toEqual([
      '4 suspended',
      '5 pending-closure',
      '6 closed',
      '7 pending-activation',
    ]);
    expect(sandbox.calls.count('AssumeRole')).toBe(0);
    expect(reading.discovery.accounts).toHaveLength(5);
  });

  it('tell their state by the retired Status where State is missing', async () => {
    const organization = { managementAccount: management, accountStates: 'Status' as const };
    const sandbox = await started(
      fleet({ organization, accounts: [account({ id: management }), shopAccount({ state: 'SUSPENDED' })] }),
    );
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(reading.discovery.skipped).toMatchObject([{ accountId: shop, reason: 'suspended' }]);
  });

  it('that tell no state are gaps', async () => {
    const organization = { managementAccount: management, accountStates: 'neither' as const };
    const sandbox = await started(fleet({ organization }));
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(reading.gaps.map(({ scope, accountId, code }) => [scope, accountId, code])).toEqual(
      [management, shop, hr].map((id) => ['account', id, 'malformed']),
    );
    expect(reading.discovery.accounts.every(({ state }) => state === null)).toBe(true);
  });

  it('that the configuration leaves out are listed as left out', async () => {
    const sandbox = await started(fleet());
    const reading = await readSandbox(sandbox, { scope: { regions: ireland, exclude: [{ accounts: ['hr-*'] }] } });
    expect(reading.discovery.skipped).toEqual([
      { scope: 'account', accountId: hr, region: null, poolId: null, reason: 'left-out' },
    ]);
    expect(audited(reading)).toEqual([management, shop]);
  });

  it('are selected by the path of their unit, which one walk of the units gives', async () => {
    const sandbox = await started(fleet());
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland, include: [{ organizationalUnits: ['/Workloads/Prod'] }] },
      needs: needsPaths,
    });
    expect(audited(reading)).toEqual([shop]);
    const path = reading.discovery.accounts.find(({ id }) => id === shop)?.path;
    expect(path?.map(({ name }) => name)).toEqual(['Workloads', 'Prod']);
    expect(sandbox.calls.count('ListParents')).toBe(0);
  });

  it('are found by asking for their parent where Organizations sends no paths', async () => {
    const sandbox = await started(fleet({ organization: { managementAccount: management, paths: false } }));
    const scope = { regions: ireland, include: [{ organizationalUnits: ['/Workloads/Prod'] }] };
    const reading = await readSandbox(sandbox, { scope, needs: needsPaths });
    expect(audited(reading)).toEqual([shop]);
  });

  it('are gaps where the walk is denied and a path decides; the id of a unit still does', async () => {
    const sandbox = await started(fleet({ caller: denyOrganizations('ListRoots') }));
    const byPath = await readSandbox(sandbox, {
      scope: { regions: ireland, include: [{ organizationalUnits: ['/Workloads/Prod'] }] },
      needs: needsPaths,
    });
    expect(byPath.gaps.map(({ accountId, code }) => [accountId, code])).toContainEqual([shop, 'selector-unreadable']);
    expect(audited(byPath)).toEqual([]);
    const unitId = byPath.discovery.accounts.find(({ id }) => id === shop)?.path?.at(-1)?.id ?? '';
    const byId = await readSandbox(sandbox, {
      scope: { regions: ireland, include: [{ organizationalUnits: [unitId] }] },
      needs: needsPaths,
    });
    expect(audited(byId)).toEqual([shop]);
    expect(byId.gaps).toEqual([]);
  });

  it('have their units named in the result though no selector asks, and a denied walk is no failure', async () => {
    const sandbox = await started(fleet());
    const named = await readSandbox(sandbox, { scope: { regions: ireland } });
    const asked = sandbox.calls.entries.map(({ operation }) => operation);
    expect(asked.indexOf('AssumeRole'), 'no account waits for names').toBeLessThan(asked.indexOf('ListRoots'));
    expect(named.discovery.accounts[1]?.path?.map(({ name }) => name)).toEqual(['Workloads', 'Prod']);
    const denied = await started(fleet({ caller: denyOrganizations('ListRoots') }));
    const unnamed = await readSandbox(denied, { scope: { regions: ireland } });
    expect(unnamed.discovery.accounts[1]?.path?.map(({ name }) => name)).toEqual([null, null]);
    expect(unnamed.gaps).toEqual([]);
  });

  it('are asked for their tags only where a selector needs them', async () => {
    const sandbox = await started(fleet());
    await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(sandbox.calls.count('ListTagsForResource')).toBe(0);
    const scope = { regions: ireland, include: [{ accountTags: { env: ['prod'] } }] };
    const tagged = await readSandbox(sandbox, { scope, needs: { accountTags: true } });
    expect(audited(tagged)).toEqual([shop]);
    expect(tagged.discovery.accounts.map(({ tags }) => tags)).toEqual([{}, { env: 'prod' }, {}]);
  });

  it('that are named are asked one by one, only for what a selector needs', async () => {
    const sandbox = await started(fleet());
    const ids = { kind: 'ids', ids: [shop, hr] } as const;
    const plain = await readSandbox(sandbox, { scope: { regions: ireland, accounts: ids } });
    expect(plain.discovery.accounts.map(({ id, name, path }) => [id, name, path])).toEqual([
      [shop, null, null],
      [hr, null, null],
    ]);
    expect(sandbox.calls.count('ListAccounts') + sandbox.calls.count('DescribeAccount')).toBe(0);
    const named = await readSandbox(sandbox, {
      scope: {
        regions: ireland,
        accounts: ids,
        include: [{ accounts: ['*-prod'], organizationalUnits: ['/Workloads/Test'] }],
      },
      needs: { accountNames: true, accountPaths: true },
    });
    expect(audited(named)).toEqual([hr]);
    expect(sandbox.calls.count('DescribeAccount')).toBe(2);
    expect(sandbox.calls.count('ListParents')).toBe(2);
  });

  it("are the caller's own alone where none are named, read with its own credentials", async () => {
    const sandbox = await started(withoutOrganization());
    const reading = await readSandbox(sandbox, { scope: { regions: ireland, accounts: { kind: 'caller' } } });
    expect(audited(reading)).toEqual([shop]);
    expect(reading.discovery).toMatchObject({ organizationId: null, callerArn: expect.stringContaining(shop) });
    expect(sandbox.calls.count('AssumeRole')).toBe(0);
  });

  it('of the caller are read by a role where an override names them', async () => {
    const roles = { 'audit/Special': {} };
    const sandbox = await started(fleet({ accounts: [account({ id: management, roles }), hrAccount()] }));
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland },
      role: { overrides: { [management]: { name: 'audit/Special' } } },
    });
    expect(reading.gaps).toEqual([]);
    expect(sandbox.calls.count('AssumeRole', 'ok')).toBe(2);
  });

  it('known before the listing broke off are read; the listing is a gap of the organization', async () => {
    const more = Array.from({ length: 25 }, (_, index) => account({ id: String(400_000_000_000 + index) }));
    const sandbox = await started(fleet({ accounts: [account({ id: management }), ...more] }), {
      faults: { faults: [{ fault: 'notJson', operations: ['ListAccounts'], after: 1 }] },
    });
    const reading = await readSandbox(sandbox, { scope: { regions: ireland }, clock: hastyClock });
    expect(reading.gaps).toMatchObject([{ scope: 'organization', code: 'server-error' }]);
    expect(audited(reading)).toHaveLength(20);
  });

  it('are narrowed by --account and by shards, which together hold each account once', async () => {
    const sandbox = await started(fleet());
    const one = await readSandbox(sandbox, { scope: { regions: ireland }, filters: { accounts: [hr] } });
    expect(audited(one)).toEqual([hr]);
    expect(one.discovery.accounts.map(({ id }) => id)).toEqual([hr]);
    const shard = (held: readonly string[]) =>
      readSandbox(sandbox, {
        scope: { regions: ireland },
        filters: { shard: { count: 2, holds: (id) => held.includes(id) } },
      });
    expect(audited(await shard([management, hr]))).toEqual([management, hr]);
    expect(audited(await shard([]))).toEqual([]);
  });
});

describe('regions', () => {
  it('that an account has not enabled are skipped, and no request is sent there', async () => {
    const sandbox = await started(fleet());
    const reading = await readSandbox(sandbox);
    expect(regionsWith(reading, shop, 'read')).toHaveLength(17);
    expect(regionsWith(reading, shop, 'skipped')).toContain('me-central-1');
    expect(sandbox.calls.count(undefined, 'UnrecognizedClientException')).toBe(0);
    expect(reading.units.get(`${shop}/me-central-1`)?.unit.skipReason).toBe('region-not-enabled');
  });

  it('are all tried where listing them is denied, and skipped only where they need to be enabled', async () => {
    const lacks = ['account:ListRegions'];
    const sandbox = await started(
      fleet({
        accounts: [
          account({ id: management }),
          shopAccount({
            roles: { MfaDriftAudit: { lacks } },
            regions: { 'me-central-1': 'ENABLED', 'eu-west-3': 'DISABLED' },
          }),
        ],
      }),
    );
    const reading = await readSandbox(sandbox);
    expect(reading.units.get(`${shop}/me-central-1`)?.unit.status).toBe('read');
    expect(reading.units.get(`${shop}/af-south-1`)?.unit.skipReason).toBe('region-not-enabled');
    expect(reading.units.get(`${shop}/eu-west-3`)?.unit).toMatchObject({
      status: 'gap',
      failure: { code: 'credentials' },
    });
    expect(reading.discovery.accounts[1]?.regionsNotAudited).toBe(null);
  });

  it('of a list are read; the result says which enabled ones were left out', async () => {
    const sandbox = await started(
      fleet({ accounts: [account({ id: management, regions: { 'me-central-1': 'ENABLED' } })] }),
    );
    const reading = await readSandbox(sandbox, {
      scope: { regions: { kind: 'list', regions: ['eu-west-1', 'af-south-1'] } },
    });
    const [own] = reading.discovery.accounts;
    expect(own?.regionsNotAudited).toContain('me-central-1');
    expect(own?.regionsNotAudited).toHaveLength(17);
    expect(regionsWith(reading, management, 'read')).toEqual(['eu-west-1']);
    expect(regionsWith(reading, management, 'skipped')).toEqual(['af-south-1']);
  });

  it('are left out by glob, and narrowed by --region', async () => {
    const sandbox = await started(fleet());
    const noAsia = await readSandbox(sandbox, {
      scope: { regions: { kind: 'enabled', exclude: ['ap-*', 'us-*', '?a-*'] } },
    });
    expect(regionsWith(noAsia, shop, 'read')).toEqual([
      'eu-central-1',
      'eu-north-1',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
    ]);
    const flag = await readSandbox(sandbox, { filters: { regions: ['eu-west-1'] } });
    expect([...flag.units.keys()].sort()).toEqual([management, shop, hr].map((id) => `${id}/eu-west-1`));
  });

  it('that are being enabled or disabled are tried, and skipped where they refuse', async () => {
    const sandbox = await started(
      fleet({ accounts: [account({ id: management, regions: { 'me-central-1': 'ENABLING' } })] }),
    );
    const reading = await readSandbox(sandbox);
    expect(reading.units.get(`${management}/me-central-1`)?.unit.skipReason).toBe('region-not-enabled');
    expect(sandbox.calls.count('ListUserPools', 'UnrecognizedClientException')).toBe(1);
  });
});

describe('a run that can not begin says why', () => {
  it.each([
    [
      'denied listing',
      { caller: denyOrganizations('ListAccounts') },
      {},
      /cannot be listed.*AccessDeniedException.*accounts\.ids/,
    ],
    [
      'no organization',
      { organization: undefined, accounts: [shopAccount()] },
      {},
      /in no organization.*accounts\.ids/,
    ],
    ['an unknown account', {}, { filters: { accounts: ['999999999999'] } }, /--account: .*999999999999/],
    [
      'an account that is not configured',
      {},
      { scope: { accounts: { kind: 'ids', ids: [shop] } }, filters: { accounts: [hr] } },
      /not among the accounts/,
    ],
    [
      'an unknown region',
      {},
      { scope: { regions: { kind: 'list', regions: ['eu-west-9'] } } },
      /"eu-west-9" is no region/,
    ],
    ['a region of another partition', {}, { filters: { regions: ['us-gov-west-1'] } }, /partition of the caller, aws/],
    [
      'a region that is left out',
      {},
      { scope: { regions: ireland }, filters: { regions: ['us-east-1'] } },
      /leaves out us-east-1/,
    ],
    ['no region', {}, { scope: { regions: { kind: 'enabled', exclude: ['*'] } } }, /No region in scope/],
    [
      'an unknown unit',
      {},
      { scope: { include: [{ organizationalUnits: ['/Workloads/Prd'] }] }, needs: needsPaths },
      /"\/Workloads\/Prd" is no organizational unit/,
    ],
    [
      'an unknown unit of a policy',
      {},
      { namedUnits: ['ou-abcd-12345678'], needs: needsPaths },
      /"ou-abcd-12345678" is no organizational unit/,
    ],
    ['nothing in scope', {}, { scope: { exclude: [{ accounts: ['*'] }] } }, /No account in scope: all 3/],
  ])('%s', async (_name, changes, options, message) => {
    const sandbox = await started({ ...fleet(), ...changes } as FleetDocument);
    await expect(readSandbox(sandbox, options as Parameters<typeof readSandbox>[1])).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 1,
      message: expect.stringMatching(message) as string,
    });
    expect(sandbox.calls.count('GetUserPoolMfaConfig')).toBe(0);
  });
});
