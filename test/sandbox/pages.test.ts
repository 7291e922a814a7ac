import {
  ListUserPoolsCommand,
  GetUserPoolMfaConfigCommand,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { array, assert, double, integer, nat, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage } from '../../src/sandbox/pages.ts';
import { clients, keysOf, refusal, started } from './clients.ts';
import { member, smallFleet } from './small-fleet.ts';

function withPools(pools: readonly { name: string; count?: number; vanishes?: boolean }[], emptyPages = 0) {
  const entries = pools.map((pool) => ({ ...pool, regions: ['eu-west-1'] }));
  return smallFleet({
    emptyPages,
    accounts: [...smallFleet().accounts.slice(0, 1), { id: member, name: 'shop-prod', pools: entries }],
  });
}

async function namesOf(cognito: ReturnType<typeof clients>['cognito'], pageSize: number): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of paginateListUserPools({ client: cognito, pageSize }, { MaxResults: pageSize })) {
    names.push(...(page.UserPools ?? []).map(({ Name }) => Name ?? ''));
  }
  return names;
}

describe('pages', () => {
  it('of any list name every entry that is not deleted once, in order, whatever the size and the empty pages', () => {
    const lists = array(option(nat(), { nil: undefined }), { maxLength: 40 });
    assert(
      property(
        lists,
        integer({ min: 1, max: 7 }),
        nat(),
        double({ min: 0, max: 0.9, noNaN: true }),
        (entries, size, seed, emptyPages) => {
          const seen: number[] = [];
          let pages = 0;
          let token: string | undefined;
          do {
            const page = cutPage(entries, { list: 'test', token, size }, { seed, emptyPages });
            if (page === null) throw new Error('a token of the same list was refused');
            expect(page.items.length).toBeLessThanOrEqual(size);
            seen.push(...page.items);
            token = page.nextToken;
            pages += 1;
          } while (token !== undefined && pages < 200);
          expect(seen).toEqual(entries.filter((entry) => entry !== undefined));
        },
      ),
    );
  });

  it('of user pools hold 60 at most, and MaxResults is required', async () => {
    const sandbox = await started(withPools([{ name: 'pool', count: 121 }]));
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    expect(await namesOf(cognito, 60)).toEqual(Array.from({ length: 121 }, (_, index) => `pool-${index + 1}`));
    expect(sandbox.calls.count('ListUserPools')).toBe(3);
    const problem = '1 validation error detected: Value';
    const limits = [
      {
        MaxResults: 61,
        text: `${problem} '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60`,
      },
      {
        MaxResults: 0,
        text: `${problem} '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1`,
      },
      {
        MaxResults: undefined,
        text: `${problem} null at 'maxResults' failed to satisfy constraint: Member must not be null`,
      },
    ];
    for (const { MaxResults, text } of limits) {
      expect(await refusal(cognito.send(new ListUserPoolsCommand({ MaxResults })))).toEqual({
        name: 'InvalidParameterException',
        message: text,
        status: 400,
      });
    }
    const made = new ListUserPoolsCommand({ MaxResults: 60, NextToken: 'made-up' });
    expect((await refusal(cognito.send(made))).name).toBe('InvalidParameterException');
  });

  it('may be empty with a token in the middle of a list', async () => {
    const sandbox = await started(withPools([{ name: 'pool', count: 100 }], 0.5));
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    expect(await namesOf(cognito, 5)).toHaveLength(100);
    expect(sandbox.calls.count('ListUserPools')).toBeGreaterThan(20);
    expect(sandbox.calls.count('ListUserPools')).toBeLessThanOrEqual(40);
  });

  it('name a vanishing pool once; then it does not exist, and no other pool is missed', async () => {
    const sandbox = await started(
      withPools([{ name: 'first' }, { name: 'gone', vanishes: true }, { name: 'third' }, { name: 'fourth' }]),
    );
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    const page = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }));
    expect(page.UserPools?.map(({ Name }) => Name)).toEqual(['first', 'gone']);
    const get = new GetUserPoolMfaConfigCommand({ UserPoolId: page.UserPools?.[1]?.Id });
    expect((await refusal(cognito.send(get))).name).toBe('ResourceNotFoundException');
    const rest = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken: page.NextToken }));
    expect(rest.UserPools?.map(({ Name }) => Name)).toEqual(['third', 'fourth']);
    expect(rest.NextToken).toBeUndefined();
    expect(await namesOf(cognito, 60)).toEqual(['first', 'third', 'fourth']);
  });
});
