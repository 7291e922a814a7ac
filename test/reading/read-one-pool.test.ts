/** One pool that somebody names, with all that may be asked of it. */
import { describe, expect, it } from 'vitest';
import { noReads, type PoolRead } from '../../src/domain/model/api/reads.ts';
import { UserError } from '../../src/errors.ts';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import type { Cloud, RawAnswer, UserPoolCalls } from '../../src/ports/cloud.ts';
import { readOnePool } from '../../src/reading/read-one-pool.ts';
import { defaultSettings } from '../default-settings.ts';
import { virtualCalls } from '../pacing/service.ts';
import { answered, denied, notFound, on, pagesOf } from './a-source.ts';
import { fakeCloud } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

const place = { accountId: '111122223333', region: 'eu-west-1', poolId: 'p_a' };
const others = { accounts: [place.accountId], regions: [], unit: () => ({}) };

interface World {
  readonly read?: (read: PoolRead) => Attempt<RawAnswer>;
  readonly list?: UserPoolCalls['list'];
  readonly ready?: () => Promise<Attempt<void>>;
  readonly settings?: object;
  readonly filters?: object;
}

async function readOne({ read = namedCustomers, list = pagesOf(), ready, settings = {}, filters = {} }: World = {}) {
  const clock = new VirtualClock();
  const { calls } = virtualCalls(clock);
  const sent: string[] = [];
  const cloud = fakeCloud(others);
  const userPools = (region: string): UserPoolCalls => ({
    list(token) {
      sent.push(`${region} list`);
      return list(token);
    },
    async read(name, id) {
      sent.push(`${region} ${name} ${id}`);
      return read(name);
    },
  });
  const entered = ready === undefined ? {} : { ready };
  const one: Cloud = {
    ...cloud,
    account: (id) => ({ ...cloud.account(id), userPools, ...entered }),
  };
  const scope = {
    settings: { ...defaultSettings, ...settings },
    needs: { accountNames: false, accountPaths: false, accountTags: false, furtherReads: () => noReads },
    filters: { accounts: null, regions: null, shard: null, ...filters },
    namedUnits: [],
  };
  return { found: await clock.run(readOnePool(one, calls, scope, place)), sent };
}

const namedCustomers = (read: PoolRead) => (read === 'mfaConfig' ? answered() : answered({ Name: 'customers' }));
const undescribed = (read: PoolRead) => (read === 'mfaConfig' ? answered() : failed(denied));

describe('one pool', () => {
  it('is read and described, and has the name of its description', async () => {
    const { found, sent } = await readOne();
    expect(found).toMatchObject({
      account: { id: '111122223333', state: 'ACTIVE' },
      region: 'eu-west-1',
      pool: {
        poolId: 'p_a',
        poolName: 'customers',
        mfaConfig: { value: on },
        userPool: { value: { Name: 'customers' } },
      },
    });
    expect(sent).toEqual(['eu-west-1 mfaConfig p_a', 'eu-west-1 userPool p_a']);
  });

  it.each([
    ['was denied', undescribed],
    ['has none', (read: PoolRead) => (read === 'mfaConfig' ? answered() : answered({}))],
  ])('has the name of the listing where the description %s', async (_what, read) => {
    const { found, sent } = await readOne({ read, list: pagesOf(['b'], ['a']) });
    expect(found.pool.poolName).toBe('a');
    expect(sent.slice(2)).toEqual(['eu-west-1 list', 'eu-west-1 list']);
  });

  it('is read whatever accounts a run would read', async () => {
    const settings = {
      accounts: { kind: 'ids', ids: ['999988887777'] },
      include: [{ accounts: ['999988887777'] }],
      exclude: [{ accounts: ['*'] }],
    };
    const filters = { accounts: ['999988887777'], shard: { count: 2, holds: () => false } };
    expect((await readOne({ settings, filters })).found.account.id).toBe('111122223333');
  });
});

describe('nothing is read, and it says why,', () => {
  it('where the account can’t be entered', async () => {
    const reading = readOne({ ready: async () => failed(denied) });
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(/AccessDeniedException\s+Allow it\./);
  });

  it('where there is no such pool', async () => {
    await expect(readOne({ read: () => failed(notFound) })).rejects.toThrow(
      new UserError('There is no user pool p_a in account 111122223333, region eu-west-1.'),
    );
  });

  it('where nobody tells its name', async () => {
    await expect(readOne({ read: undescribed, list: pagesOf(denied) })).rejects.toThrow(
      new UserError('AccessDeniedException\nAllow it.'),
    );
    await expect(readOne({ read: undescribed, list: pagesOf(['b']) })).rejects.toThrow(
      new UserError('cognito-idp:ListUserPools does not list the pool p_a.'),
    );
  });

  it('where its credentials end before it is listed', async () => {
    let times = 0;
    const ready = async () => ((times += 1) > 3 ? failed(denied) : succeeded(undefined));
    const reading = readOne({ read: undescribed, list: pagesOf(['a']), ready });
    await expect(reading).rejects.toThrow(new UserError('AccessDeniedException\nAllow it.'));
  });
});
