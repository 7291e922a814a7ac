/** The same AWS, with one pool or a few in each region. */
import { describe, expect, it } from 'vitest';
import { failed, succeeded } from '../../src/pacing/call-result.ts';
import type { Cloud, ListedPool, Page, UserPoolCalls } from '../../src/ports/cloud.ts';
import { probe } from '../../src/reading/probing-cloud.ts';
import { answered, denied, pagesOf } from './a-source.ts';
import { fakeCloud } from './fake-cloud.ts';

function cloudOf(list: UserPoolCalls['list']): Cloud {
  const cloud = fakeCloud({ accounts: [], regions: [], unit: () => ({}) });
  const userPools = () => ({ list, read: async () => answered({ MfaConfiguration: 'OFF' }) });
  return { ...cloud, account: (id) => ({ ...cloud.account(id), userPools }) };
}

/** How many pools each of so many pages gives, of so many that are listed there. */
async function given(listed: (page: number) => number, pages: number) {
  const list: UserPoolCalls['list'] = async (token) => {
    const at = Number(token ?? 0);
    const items = Array.from({ length: listed(at) }, (_, item): ListedPool => ({ id: `p_${at}_${item}`, name: 'p' }));
    return succeeded({ items, next: at + 1 < pages ? String(at + 1) : null });
  };
  const probed = probe(cloudOf(list));
  const pools = probed.cloud.account('111122223333').userPools('eu-west-1');
  const found: Page<ListedPool>[] = [];
  let token: string | null = null;
  do {
    const page = await pools.list(token);
    if (!page.ok) throw new Error(page.failure.message);
    found.push(page.value);
    token = page.value.next;
  } while (token !== null);
  return { counts: found.map(({ items }) => items.length), first: found[0]?.items, pools: probed.pools() };
}

describe('a region gives', () => {
  it('its first pool alone, and all are counted', async () => {
    expect(await given((page) => (page === 0 ? 60 : 7), 3)).toEqual({
      counts: [1, 0, 0],
      first: [{ id: 'p_0_0', name: 'p' }],
      pools: 74,
    });
  });

  it('its first pool after empty pages', async () => {
    expect((await given((page) => (page < 2 ? 0 : 60), 4)).counts).toEqual([0, 0, 1, 0]);
  });

  it('another after ninety pages, before so many empty ones are taken for endless', async () => {
    const { counts } = await given(() => 60, 182);
    const gives = counts.flatMap((count, at) => (count > 0 ? [at] : []));
    expect(gives[0]).toBe(0);
    expect(gives.every((at, index) => index === 0 || at - (gives[index - 1] ?? 0) < 100)).toBe(true);
    expect(gives).toHaveLength(2);
  });

  it('nothing where it has none, or may not be listed', async () => {
    expect(await given(() => 0, 2)).toMatchObject({ counts: [0, 0], pools: 0 });
    const probed = probe(cloudOf(pagesOf(denied)));
    expect(await probed.cloud.account('111122223333').userPools('eu-west-1').list(null)).toEqual(failed(denied));
    expect(probed.pools()).toBe(0);
  });

  it('the same once more where it is listed anew, as after a pool that is gone, and is counted once', async () => {
    const probed = probe(cloudOf(pagesOf(['a', 'b'], ['c'])));
    const pools = probed.cloud.account('111122223333').userPools('eu-west-1');
    for (const _time of ['first', 'second']) {
      expect(await pools.list(null)).toMatchObject({ value: { items: [{ id: 'p_a' }], next: '1' } });
      expect(await pools.list('1')).toMatchObject({ value: { items: [], next: null } });
    }
    expect(probed.pools()).toBe(3);
  });

  it('pools anew to whoever lists it in another region', async () => {
    const probed = probe(cloudOf(pagesOf(['a', 'b'])));
    for (const region of ['eu-west-1', 'eu-west-2'])
      expect(await probed.cloud.account('111122223333').userPools(region).list(null)).toMatchObject({
        value: { items: [{ id: 'p_a' }], next: null },
      });
    expect(probed.pools()).toBe(4);
  });
});

it('all else is asked as it is', async () => {
  const cloud = cloudOf(pagesOf(['a']));
  const probed = probe(cloud).cloud;
  expect(probed).toMatchObject({ callerAccountId: cloud.callerAccountId, organization: cloud.organization });
  const account = probed.account('111122223333');
  expect(await account.ready()).toEqual(succeeded(undefined));
  expect(await account.userPools('eu-west-1').read('mfaConfig', 'p_a')).toEqual(answered({ MfaConfiguration: 'OFF' }));
});
