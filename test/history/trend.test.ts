/** The numbers of the page, against the raw results: worked out here from what was put into them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/model/observation.ts';
import type { ReadinessRecord } from '../../src/domain/readiness/record.ts';
import type { PoolRecord, RunInfo } from '../../src/domain/result/result.ts';
import { addNight } from '../../src/history/add-night.ts';
import { parquetOf } from '../../src/history/parquet.ts';
import { tables } from '../../src/history/tables.ts';
import { historyPage } from '../../src/history/page/page.ts';
import { readNights } from '../../src/history/read-nights.ts';
import { median, trendOf, type Trend } from '../../src/history/trend.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anException,
  aPool,
  aResult,
  aSkip,
  aUnit,
  type Records,
} from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import * as world from './nights.ts';
import { replaceTable } from './replace-table.ts';

const nights = 12;
let folder = '';
let trend: Trend;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mfa-drift-trend-'));
  for (let night = 0; night < nights; night += 1) await addNight(folder, world.resultOf(night));
  trend = await trendOf(readNights(folder, { from: null, to: null }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const drifting = (night: number) =>
  world.lives.filter((life) => world.isThere(life, night) && world.isDrifting(life, night));
const ids = (lives: readonly (typeof world.lives)[number][]) => lives.map(({ at }) => `drift-${at}`).toSorted();
const idsOf = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id).toSorted();

describe('a span of nights', () => {
  it('counts pools and gaps as each result does', () => {
    for (const [night, told] of trend.nights.entries()) {
      const { pools, gaps } = world.resultOf(night).head.summary;
      const { total: _total, ...verdicts } = pools;
      expect(told).toMatchObject({
        date: world.dayOf(night),
        pools: verdicts,
        gapsOpen: gaps.open,
        complete: gaps.open === 0,
      });
    }
    expect(trend.nights).toHaveLength(nights);
  });

  it('says what came and went between a night and the next', () => {
    for (const [night, { opened, closed, open }] of trend.nights.entries()) {
      const [now, before] = [drifting(night), night === 0 ? [] : drifting(night - 1)];
      expect(idsOf(opened)).toEqual(night === 0 ? [] : ids(now.filter((life) => !before.includes(life))));
      expect(idsOf(closed)).toEqual(ids(before.filter((life) => !now.includes(life))));
      expect(open).toBe(now.length);
    }
    expect(idsOf(trend.open)).toEqual(ids(drifting(nights - 1)));
  });

  it('takes the time to a fix from those whose beginning it saw, and that were fixed', () => {
    const expected = world.lives
      .filter(({ drifts, mended, gone }) => drifts > 0 && drifts < nights && mended < Math.min(gone, nights))
      .map(({ drifts, mended }) => mended - drifts);
    expect(expected.length).toBeGreaterThan(1);
    expect(trend.fixed.map(({ days }) => days).toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
  });

  it('begins and ends where it is told to', async () => {
    const some = await trendOf(readNights(folder, { from: world.dayOf(3), to: world.dayOf(5) }));
    expect(some.nights.map(({ date }) => date)).toEqual([3, 4, 5].map(world.dayOf));
  });

  it('shows each number beside its picture', () => {
    const page = historyPage(trend, 'acme');
    for (const { date, opened, closed, open, pools } of trend.nights) {
      const rows = [...page.matchAll(new RegExp(`<td class="date">${date}</td>(.*?)</tr>`, 'gs'))].map(
        ([, cells = '']) =>
          [...cells.matchAll(/<td class="number">([^<]*)<\/td>/g)].map(([, number]) => Number(number)),
      );
      expect(rows[0]).toEqual([
        pools.compliant,
        pools.excepted,
        pools.uncovered,
        pools.unreadable,
        pools.drifted,
        expect.any(Number),
      ]);
      const fixed = closed.filter(({ reason }) => reason === 'fixed').length;
      expect(rows[1]).toEqual([opened.length, fixed, closed.length - fixed, open]);
      expect(page.includes(`id="night-${date}"`)).toBe(opened.length + closed.length > 0);
    }
  });
});

it.each([
  [[], null],
  [[3], 3],
  [[9, 1], 5],
  [[5, 1, 9], 5],
])('the median of %j is %j', (numbers, middle) => expect(median(numbers)).toBe(middle));

describe('a finding', () => {
  const account = '111122223333';
  const night = (
    day: number,
    how: 'drifts' | 'holds' | 'unreadable' | 'account-gap' | 'region-gap' | 'organization-gap' | 'left-out' | 'deleted',
  ) => {
    const date = `2026-03-0${day}T02:00:00.000Z`;
    const config = how === 'unreadable' ? null : { MfaConfiguration: 'OFF' };
    const status = how === 'drifts' ? 'drifted' : how === 'unreadable' ? 'unreadable' : 'compliant';
    const pool = aPool({ status, config, findings: how === 'drifts' ? [aFinding()] : [] });
    const scope = how === 'account-gap' ? 'account' : how === 'organization-gap' ? 'organization' : 'region';
    const gap = aGap({
      scope,
      accountId: scope === 'organization' ? null : account,
      region: scope === 'region' ? 'eu-west-1' : null,
    });
    const isGap = how.endsWith('-gap');
    const unit = aUnit(
      how === 'region-gap'
        ? { status: 'gap', reason: 'AccessDenied' }
        : how === 'left-out'
          ? { region: 'us-east-1' }
          : {},
    );
    return aResult({
      accounts: [anAccount()],
      units: how === 'account-gap' || how === 'organization-gap' ? [] : [unit],
      gaps: isGap ? [gap] : [],
      pools: isGap || how === 'deleted' || how === 'left-out' ? [] : [pool],
      run: { id: `run-${day}`, startedAt: date },
    });
  };
  const toldOf = async (...hows: Parameters<typeof night>[1][]) => {
    const at = await temporaryFolder();
    for (const [index, how] of hows.entries()) await addNight(at, night(index + 1, how));
    const { nights: told } = await trendOf(readNights(at, { from: null, to: null }));
    return told.map(({ opened, closed, open }) => [opened.length, closed.length, open]);
  };

  it.each(['unreadable', 'account-gap', 'region-gap', 'organization-gap', 'left-out'] as const)(
    'stays open over a night of %s, and is not new on the next',
    async (how) => {
      expect(await toldOf('holds', 'drifts', how, 'drifts', 'holds')).toEqual([
        [0, 0, 0],
        [1, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
        [0, 1, 0],
      ]);
    },
  );

  const other = { accountId: '444455556666' };
  const elsewhere = { accounts: [anAccount({ id: other.accountId })], units: [aUnit(other)] };
  const spoken = aPool({ policies: ['prod-customers'] });
  /** The second of two nights, of which the first drifts. */
  async function second(records: Records, spoil: (at: string) => Promise<void> = async () => {}) {
    const at = await temporaryFolder();
    for (const [day, how] of (['holds', 'drifts'] as const).entries()) await addNight(at, night(day + 1, how));
    const run = { id: 'run-3', startedAt: '2026-03-03T02:00:00.000Z', ...records.run };
    await addNight(at, aResult({ accounts: [anAccount()], units: [aUnit()], ...records, run }));
    await spoil(at);
    const { nights: told, fixed } = await trendOf(readNights(at, { from: null, to: null }));
    return { reasons: told[2]?.closed.map(({ reason }) => reason), open: told[2]?.open, fixed: fixed.length };
  }

  it.each<[string, Records, string]>([
    ['with its pool', { pools: [] }, 'pool-gone'],
    ['with its account, which the organization does not list any more', elsewhere, 'account-left'],
    [
      'with its account, which is closed and listed still',
      { units: [], skipped: [aSkip({ scope: 'account', region: null, reason: 'closed' })] },
      'account-left',
    ],
    [
      'since an exception excuses it',
      { pools: [aPool({ status: 'excepted', findings: [aFinding({ status: 'excepted', exception: anException })] })] },
      'excepted',
    ],
    [
      'since its policy does not select the pool any more',
      { pools: [aPool({ policies: ['floor'] })] },
      'policy-changed',
    ],
  ])('is closed and not fixed %s', async (_why, records, reason) => {
    expect(await second(records)).toEqual({ reasons: [reason], open: 0, fixed: 0 });
  });

  it('is fixed where its pool was read, and its policy speaks of it still', async () => {
    expect(await second({ pools: [spoken] })).toEqual({ reasons: ['fixed'], open: 0, fixed: 1 });
  });

  it.each<[string, Records]>([
    ['the run was narrowed', { ...elsewhere, run: { scope: scopeOf({ filters: { account: ['444455556666'] } }) } }],
    ['accounts were named', { ...elsewhere, run: { scope: scopeOf({ accounts: 'ids' }) } }],
    ['the run was interrupted', { ...elsewhere, run: { interrupted: true } }],
    [
      'the list of accounts broke off',
      { ...elsewhere, gaps: [aGap({ scope: 'organization', accountId: null, region: null })] },
    ],
    [
      'its account is suspended',
      { units: [], skipped: [aSkip({ scope: 'account', region: null, reason: 'suspended' })] },
    ],
  ])('stays open where the account is not seen since %s', async (_why, records) => {
    expect(await second(records)).toEqual({ reasons: [], open: 1, fixed: 0 });
  });

  it('stays open where a night that was written before all_accounts was made does not speak of its account', async () => {
    const found = await second(elsewhere, async (at) => {
      const result = aResult({ ...elsewhere, run: { id: 'run-3', startedAt: '2026-03-03T02:00:00.000Z' } });
      const { all_accounts: _all, ...columns } = tables.runs.columns;
      const { bytes } = await parquetOf({ ...tables.runs, columns }, result);
      await replaceTable(at, { date: '2026-03-03', runId: 'run-3' }, 'runs', bytes);
    });
    expect(found).toEqual({ reasons: [], open: 1, fixed: 0 });
  });

  it('says on the page why it is open no more', async () => {
    const at = await temporaryFolder();
    for (const [day, how] of (['holds', 'drifts', 'deleted'] as const).entries())
      await addNight(at, night(day + 1, how));
    const page = historyPage(await trendOf(readNights(at, { from: null, to: null })), 'acme');
    expect(page).toContain('<td>pool gone</td>');
    expect(page).toContain('1 findings opened, 0 fixed and 1 closed otherwise.');
    expect(page).toContain('Nothing that came in this time was fixed in it.');
  });
});

function scopeOf(members: Partial<RunInfo['scope']>): RunInfo['scope'] {
  return { accounts: 'organization', filters: {}, regions: 'enabled', ...members };
}

describe('a pool', () => {
  const readiness: ReadinessRecord = {
    measuredAt: '2026-03-01T02:14:30.000Z',
    waitsFor: 0.9,
    enrolment: null,
    design: 'whole-listing',
    population: 200,
    asked: 200,
    outcomes: { ready: 190, 'must-enrol': 5, 'locked-out': 5, 'passkey-only': 0 },
    shares: {
      'as-written': { share: 0.95, low: 0.91, high: 0.97 },
      lenient: { share: 0.95, low: 0.91, high: 0.97 },
    },
    lockedOutAtMost: 18,
  };
  const one = (members: Partial<PoolRecord>, accountTags: Account['tags'] = null) =>
    aResult({
      accounts: [anAccount({ tags: accountTags })],
      units: [aUnit()],
      pools: [aPool({ status: 'drifted', findings: [aFinding()], ...members })],
      run: { id: 'run-1', startedAt: '2026-03-01T02:00:00.000Z' },
    });
  const trendOfOne = async (result: ReturnType<typeof one>, spoil: (at: string) => Promise<void> = async () => {}) => {
    const at = await temporaryFolder();
    await addNight(at, result);
    await spoil(at);
    return trendOf(readNights(at, { from: null, to: null }));
  };

  it.each([
    ['its own tag', { tags: { Owner: 'pool@example.com' } }, { owner: 'account@example.com' }, 'pool@example.com'],
    ["its account's", { tags: {} }, { OWNER: 'account@example.com' }, 'account@example.com'],
    ['nobody knows whose where no tag was read', {}, null, null],
    ['nor where the tag is empty', { tags: { owner: '' } }, { team: 'shop' }, null],
  ])('is owned by %s', async (_name, members, tags, owner) => {
    const { open } = await trendOfOne(one(members, tags));
    expect(open).toMatchObject([{ owner }]);
  });

  it('that waits for its users is told with how many are ready', async () => {
    const found = await trendOfOne(one({ readiness }));
    expect(found.nights[0]?.readiness).toEqual({
      pools: 1,
      ready: 1,
      users: 200,
      readyUsers: 190,
      lockedOutAtMost: 18,
    });
    expect(historyPage(found, 'acme')).toContain('On 2026-03-01: 190 of 200 users.');
    expect(historyPage(await trendOfOne(one({})), 'acme')).not.toContain('id="readiness"');
  });

  it('of a night that was written before a column was made is read without it', async () => {
    const result = one({ readiness, tags: { owner: 'pool@example.com' } });
    const found = await trendOfOne(result, async (at) => {
      const { owner: _owner, ready_users: _users, ready_waits_for: _waits, ...columns } = tables.pools.columns;
      const { bytes } = await parquetOf({ ...tables.pools, columns }, result);
      await replaceTable(at, { date: '2026-03-01', runId: 'run-1' }, 'pools', bytes);
    });
    expect(found.open).toMatchObject([{ owner: null, poolName: 'customers' }]);
    expect(found.nights[0]?.readiness).toMatchObject({ pools: 0, users: 0 });
  });
});

it('an exception is drawn to its last day, and a night leads to what was left before it', async () => {
  const page = historyPage(trend, 'acme');
  expect(page).toContain('<title id="endings-title">When exceptions end</title>');
  expect(page).toMatch(/id="endings-says">[^<]*2026-03-20/);
  const quiet = trend.nights.find(({ opened, closed }, at) => at > 2 && opened.length + closed.length === 0);
  const moved = trend.nights.filter(
    ({ date, opened, closed }) => date <= (quiet?.date ?? '9') && opened.length + closed.length > 0,
  );
  const label = quiet === undefined ? moved.at(-1)?.date : `${quiet.date}, as it was left on ${moved.at(-1)?.date}`;
  expect(page).toContain(`<a href="#night-${moved.at(-1)?.date}" tabindex="-1" aria-label="${label}"`);
});
