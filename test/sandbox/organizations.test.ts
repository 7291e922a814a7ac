import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  paginateListAccounts,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { describe, expect, it } from 'vitest';
import { assume, clients, keysOf, refusal, started } from './clients.ts';
import { management, member, other, smallFleet } from './small-fleet.ts';

const delegated = smallFleet({
  organization: { id: 'o-exampleorg', managementAccount: management, delegatedAdministrators: [other] },
});

/** The ids of the root, `/Workloads` and `/Workloads/Prod`. */
async function walk(organizations: OrganizationsClient) {
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id;
  const top = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: root }));
  const workloads = top.OrganizationalUnits?.[0]?.Id;
  const below = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: workloads }));
  return { root, workloads, prod: below.OrganizationalUnits?.[0]?.Id, unit: below.OrganizationalUnits?.[0] };
}

async function tokenOf(organizations: OrganizationsClient): Promise<string | undefined> {
  return (await organizations.send(new ListAccountsCommand({}))).NextToken;
}

describe('Organizations, through the SDK', () => {
  it('describes the organization to every member', async () => {
    const sandbox = await started(smallFleet());
    const { organizations } = clients(sandbox, await assume(sandbox, member));
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ Id: 'o-exampleorg', MasterAccountId: management, FeatureSet: 'ALL' });
  });

  it('walks from the root to the accounts and back', async () => {
    const sandbox = await started(smallFleet());
    const { organizations } = clients(sandbox);
    const { root, workloads, prod, unit } = await walk(organizations);
    expect(root).toMatch(/^r-[0-9a-z]{4,32}$/);
    expect(prod).toMatch(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/);
    expect(unit?.Path).toBe(`o-exampleorg/${root}/${workloads}/${prod}/`);
    const { Accounts } = await organizations.send(new ListAccountsForParentCommand({ ParentId: prod }));
    expect(Accounts?.map(({ Id }) => Id)).toEqual([member, other]);
    const children = new ListChildrenCommand({ ParentId: prod, ChildType: 'ACCOUNT' });
    expect((await organizations.send(children)).Children).toEqual([
      { Id: member, Type: 'ACCOUNT' },
      { Id: other, Type: 'ACCOUNT' },
    ]);
    const units = new ListChildrenCommand({ ParentId: root, ChildType: 'ORGANIZATIONAL_UNIT' });
    expect((await organizations.send(units)).Children).toEqual([{ Id: workloads, Type: 'ORGANIZATIONAL_UNIT' }]);
    const parents = async (ChildId: string | undefined) =>
      (await organizations.send(new ListParentsCommand({ ChildId }))).Parents;
    expect(await parents(member)).toEqual([{ Id: prod, Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await parents(workloads)).toEqual([{ Id: root, Type: 'ROOT' }]);
    const described = await organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: prod }));
    expect(described.OrganizationalUnit?.Name).toBe('Prod');
  });

  it('describes an account with its path, and gives its tags', async () => {
    const sandbox = await started(smallFleet());
    const { organizations } = clients(sandbox);
    const { root, workloads, prod } = await walk(organizations);
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: member }));
    expect(Account).toMatchObject({ Id: member, Name: 'shop-prod', State: 'ACTIVE' });
    expect(Account?.Paths).toEqual([`o-exampleorg/${root}/${workloads}/${prod}/${member}/`]);
    const tags = await organizations.send(new ListTagsForResourceCommand({ ResourceId: member }));
    expect(tags.Tags).toEqual([{ Key: 'env', Value: 'prod' }]);
  });

  it('says the state of accounts as the fleet has it: State, the retired Status, both or neither', async () => {
    const members = { State: ['State'], Status: ['Status'], both: ['State', 'Status'], neither: [] } as const;
    for (const [accountStates, names] of Object.entries(members)) {
      const fleet = smallFleet();
      const sandbox = await started({
        ...fleet,
        organization: { managementAccount: management, accountStates: accountStates as keyof typeof members },
        accounts: fleet.accounts.map((account) => (account.id === other ? { ...account, state: 'CLOSED' } : account)),
      });
      const { Accounts } = await clients(sandbox).organizations.send(new ListAccountsCommand({}));
      const closed = { State: 'CLOSED', Status: 'SUSPENDED' };
      const wanted = Object.fromEntries(names.map((name) => [name, closed[name]]));
      const { State, Status } = Accounts?.[2] ?? {};
      expect({ ...(State && { State }), ...(Status && { Status }) }).toEqual(wanted);
    }
  });

  it('lists for the management account and delegated administrators only', async () => {
    const sandbox = await started(delegated);
    for (const id of [management, other]) {
      const { organizations } = clients(sandbox, keysOf(sandbox, id));
      expect((await organizations.send(new ListAccountsCommand({}))).Accounts).toHaveLength(3);
    }
    const { organizations } = clients(sandbox, keysOf(sandbox, member));
    expect(await refusal(organizations.send(new ListAccountsCommand({})))).toEqual({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
      status: 400,
    });
  });

  it('says so when there is no organization', async () => {
    const { organization: _, ...fleet } = smallFleet();
    const { organizations } = clients(await started(fleet));
    const name = 'AWSOrganizationsNotInUseException';
    expect(await refusal(organizations.send(new DescribeOrganizationCommand({})))).toMatchObject({ name });
    expect(await refusal(organizations.send(new ListAccountsCommand({})))).toMatchObject({ name });
  });

  it('pages by 20 at most, refuses foreign tokens, and now and then gives an empty page with a token', async () => {
    const accounts = Array.from({ length: 95 }, (_, index) => ({
      id: String(200_000_000_000 + index),
      name: `account-${index}`,
    }));
    const fleet = { ...smallFleet(), emptyPages: 0.5, accounts: [{ id: management, name: 'management' }, ...accounts] };
    const sandbox = await started(fleet);
    const { organizations } = clients(sandbox);
    const sizes: number[] = [];
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListAccounts({ client: organizations, stopOnSameToken: false }, {})) {
      sizes.push(page.Accounts?.length ?? -1);
      ids.push(...(page.Accounts ?? []).map(({ Id }) => Id));
    }
    expect(ids).toEqual(fleet.accounts.map(({ id }) => id));
    expect(sizes.filter((size) => size > 0)).toEqual([20, 20, 20, 20, 16]);
    expect(sizes).toContain(0);
    expect(sizes.at(-1)).toBeGreaterThan(0);
    expect(await refusal(organizations.send(new ListAccountsCommand({ MaxResults: 21 })))).toMatchObject({
      name: 'InvalidInputException',
      message:
        "1 validation error detected: Value '21' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 20",
    });
    for (const token of ['made-up', await tokenOf(organizations)]) {
      const call = organizations.send(new ListRootsCommand({ NextToken: token }));
      expect((await refusal(call)).name).toBe('InvalidInputException');
    }
  });

  it('names what does not exist', async () => {
    const { organizations } = clients(await started(smallFleet()));
    const send = organizations.send.bind(organizations);
    const nowhere = 'ou-abcd-12345678';
    expect(await refusal(send(new DescribeAccountCommand({ AccountId: '999999999999' })))).toMatchObject({
      name: 'AccountNotFoundException',
    });
    expect(await refusal(send(new ListAccountsForParentCommand({ ParentId: nowhere })))).toMatchObject({
      name: 'ParentNotFoundException',
    });
    expect(await refusal(send(new ListParentsCommand({ ChildId: nowhere })))).toMatchObject({
      name: 'ChildNotFoundException',
    });
    expect(await refusal(send(new ListTagsForResourceCommand({ ResourceId: nowhere })))).toMatchObject({
      name: 'TargetNotFoundException',
    });
    expect(await refusal(send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: nowhere })))).toMatchObject(
      { name: 'OrganizationalUnitNotFoundException' },
    );
  });
});

describe('account:ListRegions, through the SDK', () => {
  it('tells default regions from those opted in and those not', async () => {
    const sandbox = await started(smallFleet({ regions: { 'af-south-1': 'ENABLED', 'me-south-1': 'DISABLING' } }));
    const { account } = clients(sandbox, await assume(sandbox, member));
    const { Regions } = await account.send(new ListRegionsCommand({}));
    const status = Object.fromEntries(
      (Regions ?? []).map(({ RegionName, RegionOptStatus }) => [RegionName, RegionOptStatus]),
    );
    expect(status).toMatchObject({
      'eu-west-1': 'ENABLED_BY_DEFAULT',
      'af-south-1': 'ENABLED',
      'me-south-1': 'DISABLING',
      'me-central-1': 'DISABLED',
    });
    const wanted = new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'DISABLING'], MaxResults: 1 });
    const first = await account.send(wanted);
    expect(first.Regions?.map(({ RegionName }) => RegionName)).toEqual(['af-south-1']);
    const second = await account.send(new ListRegionsCommand({ ...wanted.input, NextToken: first.NextToken }));
    expect(second.Regions?.map(({ RegionName }) => RegionName)).toEqual(['me-south-1']);
    expect(second.NextToken).toBeUndefined();
  });

  it('answers for another account to the management account and delegated administrators, never about the management account', async () => {
    const sandbox = await started(delegated);
    const about = (AccountId: string) => new ListRegionsCommand({ AccountId });
    for (const id of [management, other]) {
      expect((await clients(sandbox, keysOf(sandbox, id)).account.send(about(member))).Regions).not.toHaveLength(0);
      const refused = await refusal(clients(sandbox, keysOf(sandbox, id)).account.send(about(management)));
      expect(refused).toMatchObject({ name: 'AccessDeniedException', status: 403 });
      expect(refused.message).toContain('standalone context');
    }
    const answer = await refusal(clients(sandbox, keysOf(sandbox, member)).account.send(about(other)));
    expect(answer).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  });
});
