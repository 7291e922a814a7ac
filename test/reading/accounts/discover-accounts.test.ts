/** The accounts that Organizations lists: which come when, what is asked about them, and when there is nothing to read. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import type { CallFailure } from '../../../src/pacing/call-result.ts';
import { throttledFailure } from '../../pacing/service.ts';
import { refusal } from '../fake-cloud.ts';
import {
  denied,
  discovering,
  hr,
  inNoOrganization,
  lab,
  listed,
  prod,
  root,
  shop,
  workloads,
  type OrganizationOptions,
} from './fake-organization.ts';

const three: OrganizationOptions = {
  accounts: [
    [
      listed(shop, {
        name: 'shop-prod',
        unitIds: [workloads.id, prod.id],
        arn: 'arn:aws:organizations::1:account/o-1/2',
      }),
    ],
    [listed(hr, { unitIds: null }), listed(lab, { state: 'SUSPENDED' })],
  ],
  parents: { [hr]: workloads.id },
  tags: { [shop]: { env: 'prod' } },
};
const operations = (asked: readonly string[]) => asked.map((each) => each.split(' ')[0]);
const idsOf = (accounts: readonly { readonly id: string }[]) => accounts.map(({ id }) => id);
const paths = { needs: { accountPaths: true } };

describe('accounts that are listed', () => {
  it('come as soon as their page does, and are what it says', async () => {
    const { run, registry, askedBefore, organization } = discovering(three);
    expect(await run()).toEqual([
      {
        id: shop,
        arn: 'arn:aws:organizations::1:account/o-1/2',
        name: 'shop-prod',
        state: 'ACTIVE',
        // Ids alone, until the units are walked.
        path: [
          { id: workloads.id, name: null },
          { id: prod.id, name: null },
        ],
        tags: null,
        regionsNotAudited: null,
      },
      { id: hr, arn: null, name: 'account-333', state: 'ACTIVE', path: null, tags: null, regionsNotAudited: null },
    ]);
    expect(operations(askedBefore.get(shop) ?? [])).not.toContain('ListRoots');
    expect(askedBefore.get(hr)).toEqual(['ListAccounts', 'ListAccounts 1']);
    expect(registry.skipped).toMatchObject([{ accountId: lab, reason: 'suspended' }]);
    expect([registry.seen, registry.total]).toEqual([3, 2]);
    expect(organization.atOnce()).toBe(1);
  });

  it('come one page after the other, and all at the end where --account names them', async () => {
    const ids = [shop, hr, lab];
    const pages = { accounts: ids.map((id) => [listed(id)]) };
    const whole = discovering(pages);
    await whole.run();
    expect(whole.askedBefore.get(shop)).not.toContain('ListAccounts 2');
    const named = discovering(pages, { filters: { accounts: ids } });
    expect(idsOf(await named.run())).toEqual(ids);
    expect(named.askedBefore.get(shop)).toContain('ListAccounts 2');
  });

  it('have their units named for the result, once all are listed', async () => {
    const { run, registry, organization } = discovering(three);
    await run();
    expect(registry.accounts().map(({ path }) => path)).toEqual([[workloads, prod], [workloads], []]);
    expect(operations(organization.asked)).toEqual([
      'ListAccounts',
      'ListAccounts',
      'DescribeOrganization',
      'ListRoots',
      ...Array(3).fill('ListOrganizationalUnitsForParent'),
      'ListParents',
    ]);
  });

  it('keep the ids of their units where these may not be walked', async () => {
    const { run, registry, organization } = discovering({ ...three, refuses: { ListRoots: denied } });
    await run();
    expect(registry.accounts()[0]?.path?.map(({ name }) => name)).toEqual([null, null]);
    expect(registry.accounts()[1]?.path).toBeNull();
    expect(registry.unreadFacts.all()).toMatchObject([{ fact: 'units' }]);
    expect(operations(organization.asked)).not.toContain('ListParents');
    expect(registry.gaps).toEqual([]);
  });

  it('have their units first where something selects by them, and no second time', async () => {
    const { run, organization, askedBefore } = discovering(three, paths);
    expect((await run()).map(({ path }) => path)).toEqual([[workloads, prod], [workloads]]);
    expect(operations(askedBefore.get(shop) ?? [])).toContain('ListRoots');
    expect(operations(organization.asked).filter((operation) => operation === 'ListRoots')).toHaveLength(1);
    expect(organization.atOnce()).toBe(1);
  });

  it('are asked for their parent where AWS sent no path, and it may be the root or unknown', async () => {
    const of = async (parents: Readonly<Record<string, string>>) => {
      const accounts = [[listed(hr, { unitIds: null })]];
      return (await discovering({ ...three, accounts, parents }, paths).run())[0]?.path;
    };
    expect(await of({ [hr]: root })).toEqual([]);
    expect(await of({ [hr]: 'ou-ab12-madelate' })).toBeNull();
    expect(await of({})).toBeNull();
  });

  it('keep the ids of units that were made after the walk', async () => {
    const accounts = [[listed(hr, { unitIds: [workloads.id, 'ou-ab12-madelate'] })]];
    const [account] = await discovering({ ...three, accounts }, paths).run();
    expect(account?.path).toEqual([
      { id: workloads.id, name: null },
      { id: 'ou-ab12-madelate', name: null },
    ]);
  });

  it('are asked for tags where something selects by them', async () => {
    const { run, organization } = discovering(three, { needs: { accountTags: true } });
    expect((await run()).map(({ tags }) => tags)).toEqual([{ env: 'prod' }, {}]);
    // The next page is asked for at the same time, and not before its turn.
    expect(organization.atOnce()).toBe(1);
  });

  it('are narrowed by --account, and wait until it is known that all of these are there', async () => {
    const { run, askedBefore, lines, registry } = discovering(three, { filters: { accounts: [shop] } });
    expect(idsOf(await run())).toEqual([shop]);
    expect(askedBefore.get(shop)).toEqual(['ListAccounts', 'ListAccounts 1']);
    expect(lines.map(([, { account, reason }]) => [account, reason])).toEqual([
      [hr, 'not asked for'],
      [lab, 'not asked for'],
    ]);
    expect(idsOf(registry.accounts())).toEqual([shop]);
    expect(registry.seen).toBe(3);
  });

  it('may be none of a shard', async () => {
    const shard = { count: 2, holds: () => false };
    expect(await discovering(three, { filters: { shard } }).run()).toEqual([]);
  });

  it('that came before the listing broke off are read, also where --account names another', async () => {
    const broken = { ...three, refuses: { ListAccounts: denied }, refusesFromPage: 1 };
    for (const filters of [{}, { accounts: [shop, hr] }]) {
      const { run, registry } = discovering(broken, { filters });
      expect(idsOf(await run())).toEqual([shop]);
      expect(registry.gaps).toMatchObject([{ scope: 'organization', code: 'AccessDenied', message: denied.message }]);
      expect(registry.gaps[0]).not.toHaveProperty('retry');
    }
  });
});

describe('there is nothing to read', () => {
  const listing = 'The accounts of the organization cannot be listed';
  const told = (failure: CallFailure) => ({ ...failure, message: 'ListAccounts: so', remedy: 'Mend it.' });
  const refused = (failure: CallFailure) => ({ ...three, refuses: { ListAccounts: told(failure) } });
  const role = { settings: { organizationRole: 'arn:aws:iam::111111111111:role/list' } };
  const nobody = { settings: { exclude: [{ accounts: ['*'] }] } };
  it.each<[string, OrganizationOptions, Parameters<typeof discovering>[1], string]>([
    [
      'where listing is denied',
      refused(denied),
      {},
      `${listing} (ListAccounts: so). Run with the management account or a delegated administrator that may organizations:ListAccounts, or name the accounts: accounts.ids.`,
    ],
    [
      'where the caller is in no organization',
      refused(inNoOrganization),
      {},
      "The caller's account is in no organization (ListAccounts: so). Name the accounts: accounts.ids, or remove accounts from the configuration to audit the caller's own.",
    ],
    [
      'where listing fails otherwise',
      refused(refusal('ECONNREFUSED', 'network')),
      {},
      `${listing} (ListAccounts: so). Mend it.`,
    ],
    [
      'where the role that lists may not',
      refused(denied),
      role,
      `${listing} by accounts.organizationRole, arn:aws:iam::111111111111:role/list (ListAccounts: so). Mend it. It must be in the management account or in a delegated administrator.`,
    ],
    [
      'where only empty pages came before it was denied',
      { ...refused(denied), accounts: [[], [], [listed(shop)]], refusesFromPage: 2 },
      paths,
      `${listing} (ListAccounts: so). Run with the management account or a delegated administrator that may organizations:ListAccounts, or name the accounts: accounts.ids.`,
    ],
    [
      'where there are no credentials',
      { ...three, refuses: { ready: told(refusal('ExpiredToken')) } },
      {},
      `${listing} (ListAccounts: so). Mend it.`,
    ],
    [
      'where --account names one that is not there',
      three,
      { filters: { accounts: [hr, '999999999999', '888888888888'] } },
      '--account: the organization has no account 999999999999, 888888888888.',
    ],
    [
      'where --account names one that is not there, and one that tells no state',
      { ...three, accounts: [[listed(hr, { state: null })]] },
      { filters: { accounts: [hr, '999999999999'] } },
      '--account: the organization has no account 999999999999.',
    ],
    [
      'where there is no account',
      { ...three, accounts: [[]] },
      {},
      'No account in scope: the list of accounts is empty. Is the caller in the organization?',
    ],
    [
      'where there is none, of which a shard is to have its part',
      { ...three, accounts: [[]] },
      { filters: { shard: { count: 2, holds: () => true } } },
      'No account in scope: the list of accounts is empty. Is the caller in the organization?',
    ],
    [
      'where all are left out',
      three,
      nobody,
      'No account in scope: all 3 accounts are left out by the configuration or not active.',
    ],
    [
      'where a unit is written down that is not there',
      three,
      { ...paths, namedUnits: ['/Workloads/Prd'] },
      `"/Workloads/Prd" is no organizational unit of the organization. Write the path from the root, such as /Workloads/Prod, or the unit's id.`,
    ],
  ])('%s', async (_why, options, scoped, message) => {
    const error = await discovering(options, scoped)
      .run()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message });
  });
});

describe('Organizations is asked', () => {
  const many: OrganizationOptions = {
    accounts: [Array.from({ length: 100 }, (_, at) => listed(String(500_000_000_000 + at)))],
  };
  const tags = { needs: { accountTags: true } };

  // 100 of ListTagsForResource, and six others; a second of the pace may be sent at once.
  it.each([
    [null, 10],
    [1, 10],
    [2, 5],
    [4, 2.5],
    [8, 2.5],
  ])('in each of %s shards so often that together they keep the pace: %d a second', async (count, perSecond) => {
    const shard = count === null ? null : { count, holds: () => true };
    const { run, clock } = discovering(many, { ...tags, filters: { shard } });
    await run();
    const seconds = clock.now() / 1000;
    expect(seconds).toBeGreaterThan(106 / perSecond - 1.5);
    expect(seconds).toBeLessThan(107 / perSecond + 1);
  });

  it('for nothing without credentials', async () => {
    const { run, organization } = discovering({ ...three, refuses: { ready: refusal('ExpiredToken') } });
    await expect(run()).rejects.toThrow(UserError);
    expect(organization.asked).toEqual([]);
  });

  it('about no more than five accounts in a row in vain, each thing for itself', async () => {
    const network = refusal('ECONNREFUSED', 'network');
    const ids = Array.from({ length: 7 }, (_, at) => String(500_000_000_000 + at));
    const { run, organization, registry } = discovering(
      { refuses: { DescribeAccount: network, ListTagsForResource: network, ListParents: network } },
      {
        settings: { accounts: { kind: 'ids', ids } },
        needs: { accountNames: true, accountTags: true, accountPaths: true },
      },
    );
    expect(await run()).toHaveLength(7);
    const asked = operations(organization.asked);
    for (const operation of ['DescribeAccount', 'ListTagsForResource', 'ListParents'])
      expect(asked.filter((each) => each === operation)).toHaveLength(5);
    expect(registry.unreadFacts.all().map(({ accounts }) => accounts)).toEqual([7, 7, 7]);
  });

  it('at a pace of which the log says whose it is', async () => {
    const { run, lines } = discovering({ ...three, refuses: { ListRoots: throttledFailure } });
    await run();
    expect(lines.map(([, { quota }]) => quota)).toContain('organizations');
  });
});
