import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { refusal } from '../fake-cloud.ts';
import {
  caller,
  denied,
  discovering,
  hr,
  inNoOrganization,
  lab,
  prod,
  root,
  shop,
  workloads,
  type OrganizationOptions,
} from './fake-organization.ts';

const ids = (...named: string[]) => ({ accounts: { kind: 'ids', ids: named } as const });
const callerAlone = { accounts: { kind: 'caller' } as const };
const all = { accountNames: true, accountPaths: true, accountTags: true };
const known: OrganizationOptions = {
  names: { [shop]: 'shop-prod', [hr]: 'hr-prod' },
  parents: { [shop]: prod.id, [hr]: root },
  tags: { [shop]: { env: 'prod' } },
};
const plain = (id: string) => ({
  id,
  arn: null,
  name: null,
  state: 'ACTIVE',
  path: null,
  tags: null,
  regionsNotAudited: null,
});

describe('accounts that are named', () => {
  it('are read as they are named, each once, and nothing is asked about them', async () => {
    const { run, organization, registry } = discovering(known, { settings: ids(shop, hr, shop) });
    expect(await run()).toEqual([plain(shop), plain(hr)]);
    expect(organization.asked).toEqual(['DescribeOrganization']);
    expect([registry.seen, registry.total]).toEqual([2, 2]);
  });

  it('are the caller’s own where none is', async () => {
    expect(await discovering(known, { settings: callerAlone }).run()).toEqual([plain(caller)]);
  });

  it('are asked one by one for what something selects by', async () => {
    const { run, organization } = discovering(known, { settings: ids(shop, hr), needs: all });
    expect(await run()).toEqual([
      { ...plain(shop), name: 'shop-prod', path: [workloads, prod], tags: { env: 'prod' } },
      { ...plain(hr), name: 'hr-prod', path: [], tags: {} },
    ]);
    expect(organization.asked.slice(0, 2)).toEqual(['DescribeOrganization', 'ListRoots']);
    expect(organization.asked.slice(-6)).toEqual(
      [shop, hr].flatMap((id) => [`DescribeAccount ${id}`, `ListParents ${id}`, `ListTagsForResource ${id}`]),
    );
  });

  it.each([
    [{ accountNames: true }, ['DescribeAccount']],
    [{ accountTags: true }, ['ListTagsForResource']],
    [
      { accountPaths: true },
      [
        'ListRoots',
        'ListOrganizationalUnitsForParent',
        'ListOrganizationalUnitsForParent',
        'ListOrganizationalUnitsForParent',
        'ListParents',
      ],
    ],
  ])('are asked for no more than that: %o', async (needs, operations) => {
    const { run, organization } = discovering(known, { settings: ids(shop), needs });
    await run();
    expect(organization.asked.map((asked) => asked.split(' ')[0])).toEqual(['DescribeOrganization', ...operations]);
  });

  it('have nothing that is denied, and are read', async () => {
    const refuses = { DescribeAccount: denied, ListParents: denied, ListTagsForResource: denied };
    const { run, registry } = discovering({ ...known, refuses }, { settings: ids(shop, hr), needs: all });
    expect(await run()).toEqual([plain(shop), plain(hr)]);
    expect(registry.unreadFacts.all()).toMatchObject([
      { fact: 'names', accounts: 2 },
      { fact: 'parents', accounts: 2 },
      { fact: 'tags', accounts: 2 },
    ]);
  });

  it('are not asked for their parent where the units may not be walked', async () => {
    const { run, organization } = discovering(
      { ...known, refuses: { ListRoots: denied } },
      { settings: ids(shop), needs: all },
    );
    expect(await run()).toMatchObject([{ path: null, tags: { env: 'prod' } }]);
    expect(organization.asked).not.toContain(`ListParents ${shop}`);
  });

  it('are narrowed by --account and by a shard, and the log says which were passed over', async () => {
    const one = discovering(known, { settings: ids(shop, hr), filters: { accounts: [hr] } });
    expect(await one.run()).toEqual([plain(hr)]);
    expect(one.lines).toEqual([['skipped', { account: shop, region: null, pool: null, reason: 'not asked for' }]]);
    expect(one.registry.seen).toBe(2);
    const shard = { count: 2, holds: (id: string) => id === shop };
    expect(await discovering(known, { settings: ids(shop, hr), filters: { shard } }).run()).toEqual([plain(shop)]);
    const idle = { count: 2, holds: () => false };
    expect(await discovering(known, { settings: ids(shop, hr), filters: { shard: idle } }).run()).toEqual([]);
  });

  it('are those alone that --account may name', async () => {
    const { run, organization } = discovering(known, { settings: ids(shop), filters: { accounts: [hr, shop, lab] } });
    const refused = await run().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({
      message: `--account: ${hr}, ${lab} is not among the accounts of the configuration.`,
    });
    expect(organization.asked).toEqual([]);
  });

  it('may be left out', async () => {
    const { run, registry } = discovering(known, { settings: { ...ids(shop, hr), exclude: [{ accounts: [hr] }] } });
    expect(await run()).toEqual([plain(shop)]);
    expect(registry.skipped).toMatchObject([{ accountId: hr, reason: 'left-out' }]);
  });
});

describe('where the caller is in no organization', () => {
  const alone = { ...known, refuses: { DescribeOrganization: inNoOrganization } };
  const inNone = { path: [], tags: {}, inOrganization: false };

  it.each([{ accountNames: true }, { accountPaths: true }, { accountTags: true }])(
    'nobody is asked, and the caller’s own account is known to have no unit and no tags: %o',
    async (needs) => {
      const { run, organization, registry } = discovering(alone, { settings: ids(caller, shop), needs });
      expect(await run()).toEqual([{ ...plain(caller), ...inNone }, plain(shop)]);
      expect(organization.asked).toEqual(['DescribeOrganization']);
      expect(registry.organization).toBeNull();
      expect(registry.unreadFacts.all()).toEqual([]);
    },
  );

  it('that is known though nothing selects by it, once all are read', async () => {
    const { run, registry } = discovering(alone, { settings: callerAlone });
    expect(await run()).toEqual([plain(caller)]);
    expect(registry.accounts()).toEqual([{ ...plain(caller), ...inNone }]);
  });

  it('that says nothing of the caller’s account where a role of another asks', async () => {
    const settings = { ...callerAlone, organizationRole: 'arn:aws:iam::111111111111:role/list' };
    const { run, registry } = discovering(alone, { settings });
    await run();
    expect(registry.accounts()).toEqual([plain(caller)]);
  });
});

describe('the organization itself', () => {
  it('is known where it may be described', async () => {
    const { run, registry } = discovering(known, { settings: callerAlone });
    await run();
    expect(registry.organization).toEqual({ id: 'o-exampleorg', managementAccountId: caller });
    expect(registry.unreadFacts.all()).toEqual([]);
    expect(registry.accounts()).toEqual([plain(caller)]);
  });

  it('is unread where it may not, and the account may be in one', async () => {
    const { run, registry } = discovering(
      { ...known, refuses: { DescribeOrganization: denied } },
      { settings: callerAlone },
    );
    await run();
    expect(registry.organization).toBeNull();
    expect(registry.unreadFacts.all()).toMatchObject([{ fact: 'organization', failure: denied, accounts: 1 }]);
    expect(registry.accounts()).toEqual([plain(caller)]);
  });
});

it('nothing is asked without credentials', async () => {
  const refuses = { ready: refusal('ExpiredToken') };
  const { run, organization, registry } = discovering({ ...known, refuses }, { settings: ids(shop), needs: all });
  expect(await run()).toEqual([plain(shop)]);
  expect(organization.asked).toEqual([]);
  expect(registry.unreadFacts.all().map(({ fact }) => fact)).toEqual(['organization', 'units', 'names', 'tags']);
});
