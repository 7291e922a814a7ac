import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingNews } from '../../../src/domain/news/finding-news.ts';
import { isNews, type News } from '../../../src/domain/news/news.ts';
import { newsOf } from '../../../src/domain/news/two-nights.ts';
import type { Finding, PoolRecord, Result } from '../../../src/domain/result/result.ts';
import { findingId } from '../../../src/domain/verdict/finding-id.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  aPolicyRecord,
  aPool,
  aResult,
  anException,
  aResolved,
  aSkip,
  aUnit,
  type Records,
} from '../../report/a-result.ts';
import { anyNight } from '../baseline/nights.ts';

const account = '111122223333';
const region = 'eu-west-1';

function night(day: string, records: Records): Result {
  return aResult({ units: [aUnit()], ...records, run: { startedAt: `${day}T02:11:30.000Z`, ...records.run } });
}

async function news(before: Records | null, now: Records, days = ['2026-11-17', '2026-11-18']): Promise<News[]> {
  const [last = '', to = ''] = days;
  return all(night(to, now), before === null ? null : night(last, before));
}

async function all(tonight: Result, lastNight: Result | null): Promise<News[]> {
  const found: News[] = [];
  for await (const item of newsOf(tonight, lastNight)) found.push(item);
  return found;
}

const kinds = (items: readonly News[]) => items.map(({ kind }) => kind);

/** With the id that a run gives it, so that what is the same finding follows from the contract. */
function drift(pool: Partial<PoolRecord>, members: Partial<Finding> = {}): PoolRecord {
  const place = aPool(pool);
  const { policy, path } = aFinding(members);
  const id = findingId(place.accountId, place.region, place.poolId, policy, path);
  return aPool({ status: 'drifted', ...pool, findings: [aFinding({ id, ...members })] });
}

const fine = (pool: Partial<PoolRecord> = {}) => aPool(pool);

describe('findings', () => {
  test('what drifts tonight and did not last night is new', async () => {
    expect(await news({ pools: [fine()] }, { pools: [drift({})] })).toMatchObject([
      { kind: 'new', pool: { poolName: 'customers' }, finding: { severity: 'high' } },
    ]);
  });

  test('what drifted last night too is no news', async () => {
    expect(await news({ pools: [drift({})] }, { pools: [drift({})] })).toEqual([]);
  });

  test('what was fixed says so, and what went with its pool says that', async () => {
    expect(await news({ pools: [drift({})] }, { pools: [fine()] })).toMatchObject([
      { kind: 'resolved', finding: { reason: 'fixed' } },
    ]);
    expect(await news({ pools: [drift({})] }, { pools: [] })).toMatchObject([
      { kind: 'resolved', finding: { reason: 'pool-gone' } },
      { kind: 'selector-empty', policy: { name: 'prod-customers' }, pools: 1 },
    ]);
  });

  test('drift whose exception has ended is new', async () => {
    const excused = drift({ status: 'excepted' }, { status: 'excepted', exception: anException });
    expect(kinds(await news({ pools: [excused] }, { pools: [drift({})] }))).toEqual(['new']);
  });

  test('what could not be read tonight is neither fixed nor new tomorrow', async () => {
    const unread = aPool({ status: 'unreadable', config: null });
    expect(kinds(await news({ pools: [drift({})] }, { pools: [unread] }))).toEqual([]);
  });
});

describe('what is only renamed', () => {
  test.each<[string, Partial<PoolRecord>]>([
    ['an account', { accountName: 'shop-production' }],
    ['a pool', { poolName: 'customers-2' }],
  ])('%s is no new finding', async (_what, renamed) => {
    expect(await news({ pools: [drift({})] }, { pools: [drift(renamed)] })).toEqual([]);
  });

  test('a policy file is no new finding, also where the line moves and the digest stays', async () => {
    const moved = drift({}, { file: 'policies/shop/customers.yaml', line: 40 });
    expect(await news({ pools: [drift({})] }, { pools: [moved] })).toEqual([]);
  });

  test('a file of exceptions makes no exception end anew', async () => {
    const excused = (file: string) =>
      drift({ status: 'excepted' }, { status: 'excepted', exception: { ...anException, file, line: 9 } });
    const ends = await news({ pools: [excused('a.yaml')] }, { pools: [excused('b.yaml')] }, [
      '2026-11-20',
      '2026-11-21',
    ]);
    expect(ends).toMatchObject([{ kind: 'exception-ends', isNews: false }]);
  });

  test('a pool that was deleted and made again under its name is another pool', async () => {
    const again = drift({ poolId: 'eu-west-1_Zz98Yy76X' });
    const found = await news({ pools: [drift({})] }, { pools: [again] });
    expect(found).toMatchObject([
      { kind: 'resolved', finding: { reason: 'pool-gone', poolId: 'eu-west-1_Ab12Cd34E' } },
      { kind: 'new', pool: { poolId: 'eu-west-1_Zz98Yy76X', poolName: 'customers' } },
    ]);
  });

  test('an account of the same name with another id is another account', async () => {
    const twin = drift({ accountId: '222233334444' });
    const units = [aUnit(), aUnit({ accountId: '222233334444' })];
    expect(kinds(await news({ units, pools: [drift({})] }, { units, pools: [drift({}), twin] }))).toEqual(['new']);
  });
});

describe('worse', () => {
  const mode = { path: 'MfaConfiguration', expected: 'ON' };

  test.each<[string, Partial<Finding>, Partial<Finding>, boolean]>([
    ['the policy is more severe now', { severity: 'medium' }, { severity: 'critical' }, true],
    ['the policy is less severe now', { severity: 'critical' }, { severity: 'low' }, false],
    ['the mode went further from ON', { ...mode, actual: 'OPTIONAL' }, { ...mode, actual: 'OFF' }, true],
    ['the mode came nearer to ON', { ...mode, actual: 'OFF' }, { ...mode, actual: 'OPTIONAL' }, false],
    [
      'OFF is wanted and the mode went up',
      { path: 'MfaConfiguration', expected: 'OFF', actual: 'OPTIONAL' },
      { path: 'MfaConfiguration', expected: 'OFF', actual: 'ON' },
      true,
    ],
    [
      'one of two modes is wanted: there is only one step',
      { path: 'MfaConfiguration', expected: { oneOf: ['ON', 'OPTIONAL'] }, actual: 'OFF' },
      { path: 'MfaConfiguration', expected: { oneOf: ['ON', 'OPTIONAL'] }, actual: 'OFF' },
      false,
    ],
    [
      'a mode that nobody knows is no step',
      { ...mode, actual: 'OPTIONAL' },
      { ...mode, actual: 'REQUIRED_SOON' },
      false,
    ],
    [
      'a factor came that is not allowed',
      { path: 'factors.allow', expected: ['totp'], actual: ['totp', 'sms'] },
      { path: 'factors.allow', expected: ['totp'], actual: ['totp', 'sms', 'email'] },
      true,
    ],
    [
      'a factor came that is allowed',
      { path: 'factors.allow', expected: ['totp'], actual: ['sms'] },
      { path: 'factors.allow', expected: ['totp'], actual: ['sms', 'totp'] },
      false,
    ],
    ['a template says something else', { actual: 'a {####}' }, { actual: 'b {####}' }, false],
  ])('%s', async (_what, before, now, isWorse) => {
    const found = await news({ pools: [drift({}, before)] }, { pools: [drift({}, now)] });
    expect(kinds(found)).toEqual(isWorse ? ['worse'] : []);
  });
});

test('what is worse says what it was', async () => {
  const found = await news(
    { pools: [drift({}, { severity: 'medium' })] },
    { pools: [drift({}, { severity: 'high' })] },
  );
  expect(found).toMatchObject([{ kind: 'worse', finding: { severity: 'high' }, before: { severity: 'medium' } }]);
});

describe('places that are not read', () => {
  const gapIn = (place: Parameters<typeof aGap>[0]) => aGap({ accountId: account, region, ...place });

  test('a place that was read last night is newly unreadable', async () => {
    expect(await news({}, { gaps: [gapIn({})] })).toMatchObject([{ kind: 'unreadable', gap: { region } }]);
  });

  test.each<[string, Parameters<typeof aGap>[0], Parameters<typeof aGap>[0], boolean]>([
    ['the same place for another reason', { code: 'throttled' }, { code: 'AccessDenied' }, false],
    ['a region of an account that was not read', { scope: 'account', region: null }, {}, false],
    ['a pool of a region that was not read', {}, { scope: 'pool', poolId: 'eu-west-1_Ab' }, false],
    ['the whole account where it was one region', {}, { scope: 'account', region: null }, true],
    ['another region', { region: 'us-east-1' }, {}, true],
    [
      'an account, though the list of accounts was cut',
      { scope: 'organization', accountId: null, region: null },
      {},
      true,
    ],
    ['an acceptance that ran out', { accepted: anException }, { accepted: { ...anException, expired: true } }, true],
    ['a gap that is accepted', {}, { accepted: anException }, false],
  ])('%s', async (_what, before, now, isNewlyUnreadable) => {
    const found = await news({ gaps: [gapIn(before)] }, { units: [], gaps: [gapIn(now)] });
    expect(kinds(found).includes('unreadable')).toBe(isNewlyUnreadable);
  });

  test('a place that can be read again says so; one that the run did not look at does not', async () => {
    const before = { units: [], gaps: [gapIn({}), gapIn({ region: 'us-east-1' })] };
    expect(await news(before, { units: [aUnit()] })).toMatchObject([{ kind: 'readable', gap: { region } }]);
  });

  const ofAccount = { units: [], gaps: [gapIn({ scope: 'account', region: null })] };

  test('an account is readable again where one of its regions was read', async () => {
    expect(await news(ofAccount, { units: [aUnit()] })).toMatchObject([
      { kind: 'readable', gap: { scope: 'account' } },
    ]);
  });

  test('a region whose gap is accepted by now was not read', async () => {
    const accepted = { units: [aUnit({ status: 'gap' })], gaps: [gapIn({ accepted: anException })] };
    expect(await news({ gaps: [gapIn({})] }, accepted)).toMatchObject([{ kind: 'exception-ends' }]);
  });

  test.each<[string, Records['run'], boolean]>([
    ['that was read whole', {}, true],
    ['of which a shard was read', { shard: { index: 1, count: 3 } }, false],
    [
      'of which some accounts were asked for',
      { scope: { accounts: 'organization', filters: { account: [account] }, regions: 'enabled' } },
      false,
    ],
  ])('the organization can be listed again by a night %s', async (_what, run, isReadable) => {
    const before = { gaps: [gapIn({ scope: 'organization', accountId: null, region: null })] };
    expect(kinds(await news(before, run === undefined ? {} : { run }))).toEqual(isReadable ? ['readable'] : []);
  });

  test('an account that is closed by now is not readable again', async () => {
    const before = { units: [], gaps: [gapIn({ scope: 'account', region: null })] };
    const closed = aSkip({ scope: 'account', accountId: account, region: null, reason: 'closed' });
    expect(await news(before, { units: [], skipped: [closed] })).toEqual([]);
  });
});

describe('exceptions that end', () => {
  const excused = drift({ status: 'excepted' }, { status: 'excepted', exception: anException });
  const tonight = { pools: [excused] };

  // It holds through 2026-11-30: fourteen days before that is the 16th.
  test.each([
    ['2026-11-14', '2026-11-15', []],
    ['2026-11-15', '2026-11-16', [{ days: 14, isNews: true }]],
    ['2026-11-16', '2026-11-17', [{ days: 13, isNews: false }]],
    ['2026-11-28', '2026-11-29', [{ days: 1, isNews: true }]],
    ['2026-11-29', '2026-11-30', [{ days: 0, isNews: false }]],
    ['2026-11-10', '2026-11-20', [{ days: 10, isNews: true }]],
  ])('from %s to %s', async (last, to, expected) => {
    expect(await news(tonight, tonight, [last, to])).toMatchObject(expected);
  });

  test('the first to end is told first, and two that differ are two', async () => {
    const later = { ...anException, owner: 'shop@example.com', expires: '2026-12-02' };
    const pools = [later, anException].map((exception) =>
      drift({ poolId: `eu-west-1_${exception.owner}`, status: 'excepted' }, { status: 'excepted', exception }),
    );
    expect(await news({ pools }, { pools }, ['2026-11-28', '2026-11-29'])).toMatchObject([
      { exception: { expires: '2026-11-30' }, days: 1 },
      { exception: { expires: '2026-12-02' }, days: 3 },
    ]);
  });

  test('of a first night every one that ends soon is news', async () => {
    expect(await all(night('2026-11-20', tonight), null)).toMatchObject([{ kind: 'exception-ends', isNews: true }]);
  });

  test('one that accepts a gap counts too, and one that ended does not', async () => {
    const gap = aGap({ accepted: anException });
    const ended = aGap({ region: 'us-east-1', accepted: { ...anException, expires: '2026-11-01', expired: true } });
    const gaps = { gaps: [gap, ended] };
    expect(await news(gaps, gaps, ['2026-11-19', '2026-11-20'])).toMatchObject([
      { kind: 'exception-ends', exception: { expires: '2026-11-30' } },
    ]);
  });
});

describe('selectors', () => {
  const policySet = [aPolicyRecord(), aPolicyRecord({ name: 'floor', file: 'policies/floor.yaml' })];
  const run = { policySet };
  const matched = (...policies: string[]) => fine({ policies });

  test('a policy that selects no pool any more says how many it had', async () => {
    const found = await news({ run, pools: [matched('floor', 'prod-customers')] }, { run, pools: [matched('floor')] });
    expect(found).toMatchObject([{ kind: 'selector-empty', policy: { name: 'prod-customers' }, pools: 1 }]);
  });

  test('a policy whose last account left selects none any more', async () => {
    const left = { units: [aUnit({ accountId: '444455556666' })], accounts: [anAccount({ id: '444455556666' })] };
    expect(kinds(await news({ run, pools: [matched('floor')] }, { run, ...left }))).toEqual(['selector-empty']);
  });

  test('a policy whose last pool was deleted selects none any more', async () => {
    expect(kinds(await news({ run, pools: [matched('floor')] }, { run, pools: [] }))).toEqual(['selector-empty']);
  });

  test.each<[string, Records]>([
    ['whose pool could not be read', { pools: [aPool({ status: 'unreadable', policies: [] })] }],
    ['whose region could not be read', { units: [aUnit({ status: 'gap' })] }],
    ['that the run did not look at', { units: [], accounts: [anAccount()] }],
    ['that was struck out', { run: { policySet: [] }, pools: [fine({ policies: [] })] }],
  ])('nothing is claimed of a policy %s', async (_what, now) => {
    const found = await news({ run, pools: [matched('floor')] }, { run, ...now });
    expect(kinds(found)).not.toContain('selector-empty');
  });

  test('a pool that last night did not see itself counts for no policy', async () => {
    expect(kinds(await news({ run, unseen: [anEarlier()] }, { run, pools: [matched('floor')] }))).toEqual(['resolved']);
  });

  test('a policy that never selected anything is no news', async () => {
    expect(await news({ run, pools: [matched('floor')] }, { run, pools: [matched('floor')] })).toEqual([]);
  });
});

describe('without last night', () => {
  test('everything is new', async () => {
    expect(kinds(await news(null, { pools: [drift({})], gaps: [aGap()] }))).toEqual(['new', 'unreadable']);
  });

  test('a result that was compared when it was made tells what it found new and resolved, and nothing of its gaps', async () => {
    const baseline = { runId: 'run-0', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'a'.repeat(64) };
    const pools = [drift({}, { change: 'new' }), drift({ poolId: 'eu-west-1_Old' }, { change: 'persisting' })];
    const compared = { pools, gaps: [aGap()], resolved: [aResolved()], run: { baseline } };
    expect(kinds(await news(null, compared))).toEqual(['new', 'resolved']);
  });
});

describe('a result that was compared when it was made, beside last night', () => {
  const baseline = { runId: 'run-0', startedAt: '2026-11-01T02:11:30.000Z', policySetSha256: 'a'.repeat(64) };
  const compared = { resolved: [], run: { baseline } };

  test('is held against last night', async () => {
    const pools = [drift({}, { change: 'persisting' })];
    expect(kinds(await news({ pools: [fine()] }, { ...compared, pools }))).toEqual(['new']);
  });

  test('tells of its gaps', async () => {
    expect(kinds(await news({}, { ...compared, gaps: [aGap()] }))).toEqual(['unreadable']);
  });

  test('alone knows its pools, and nothing that is gone or was not seen', async () => {
    const seen: unknown[] = [];
    const now = drift({}, { change: 'persisting' });
    const tonight = night('2026-11-18', { ...compared, pools: [now] });
    for await (const item of findingNews(tonight, null, (pool) => seen.push(pool))) expect(item).toBeUndefined();
    expect(seen).toEqual([{ now, before: null, isGone: false, resolved: [], unseen: [] }]);
  });
});

test.each([
  [true, 13],
  [false, 14],
])('an exception is worth a message (%s) on the day that it comes near, all else always', (isNear, days) => {
  expect(isNews({ kind: 'exception-ends', exception: anException, days, isNews: isNear })).toBe(isNear);
  expect(isNews({ kind: 'unreadable', gap: aGap() })).toBe(true);
});

test('two nights that are the same say nothing, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(anyNight, async (records) => {
      const one = night('2026-11-18', records);
      expect(await all(one, one)).toEqual([]);
    }),
  );
});
