import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { UserError } from '../../src/errors.ts';
import { narrowed, type Narrowing } from '../../src/result/narrow.ts';
import { aGap, anAccount, anEarlier, aPool, aResolved, aResult, aSkip, aUnit, listOf } from '../report/a-result.ts';

const places = [
  { accountId: '111111111111', region: 'eu-west-1' },
  { accountId: '111111111111', region: 'us-east-1' },
  { accountId: '222222222222', region: 'eu-west-1' },
];
const ofAll = aGap({ scope: 'organization', accountId: null, region: null });
const ofAccounts = ['111111111111', '222222222222'].map((accountId) =>
  aGap({ scope: 'account', accountId, region: null }),
);
const saved = aResult({
  accounts: ['111111111111', '222222222222'].map((id) => anAccount({ id })),
  units: places.map(aUnit),
  gaps: [ofAll, ...ofAccounts, ...places.map(aGap)],
  skipped: places.map(aSkip),
  resolved: places.map(aResolved),
  unseen: places.map(anEarlier),
  pools: places.map(aPool),
  run: { scope: { accounts: 'ids', filters: { region: ['eu-west-1', 'us-east-1'] }, regions: 'enabled' } },
});

async function placesOf(narrowing: Narrowing) {
  const result = await narrowed(saved, narrowing);
  const inWords = async (records: AsyncIterable<{ accountId: string | null; region: string | null }>) =>
    (await listOf(records)).map(({ accountId, region }) => `${accountId?.[0] ?? 'all'} ${region ?? 'all'}`);
  return {
    filters: result.head.run.scope.filters,
    accounts: (await listOf(result.accounts())).map(({ id }) => id[0]),
    gaps: await inWords(result.gaps()),
    others: await Promise.all(
      [result.units(), result.skipped(), result.resolved(), result.unseen(), result.pools()].map(inWords),
    ),
  };
}

const all = ['1 eu-west-1', '1 us-east-1', '2 eu-west-1'];

interface Kept {
  readonly filters: JsonObject;
  readonly accounts: readonly string[];
  readonly gaps: readonly string[];
  /** Each of the other collections. */
  readonly others: readonly string[];
}

test.each<[string, Narrowing, Kept]>([
  [
    'an account',
    { accounts: ['111111111111'], regions: null },
    {
      filters: { region: ['eu-west-1', 'us-east-1'], account: ['111111111111'] },
      accounts: ['1'],
      gaps: ['all all', '1 all', '1 eu-west-1', '1 us-east-1'],
      others: ['1 eu-west-1', '1 us-east-1'],
    },
  ],
  [
    'a region, of every account',
    { accounts: null, regions: ['eu-west-1'] },
    {
      filters: { region: ['eu-west-1'] },
      accounts: ['1', '2'],
      gaps: ['all all', '1 all', '2 all', '1 eu-west-1', '2 eu-west-1'],
      others: ['1 eu-west-1', '2 eu-west-1'],
    },
  ],
  [
    'both',
    { accounts: ['222222222222'], regions: ['eu-west-1'] },
    {
      filters: { region: ['eu-west-1'], account: ['222222222222'] },
      accounts: ['2'],
      gaps: ['all all', '2 all', '2 eu-west-1'],
      others: ['2 eu-west-1'],
    },
  ],
  [
    'all that there is',
    { accounts: ['111111111111', '222222222222'], regions: ['eu-west-1', 'us-east-1'] },
    {
      filters: { region: ['eu-west-1', 'us-east-1'], account: ['111111111111', '222222222222'] },
      accounts: ['1', '2'],
      gaps: ['all all', '1 all', '2 all', ...all],
      others: all,
    },
  ],
])('is narrowed to %s, and says so; what hides the whole stays', async (_name, narrowing, { others, ...expected }) => {
  const { others: collections, ...kept } = await placesOf(narrowing);
  expect(kept).toEqual(expected);
  for (const each of collections) expect(each).toEqual(others);
});

test('keeps the summary of the whole, and is the very result where nothing is asked for', async () => {
  const narrow = await narrowed(saved, { accounts: ['111111111111'], regions: null });
  expect(narrow.head.summary).toEqual(saved.head.summary);
  expect(narrow.head.run).toMatchObject({ id: saved.head.run.id, scope: { accounts: 'ids', regions: 'enabled' } });
  expect(await narrowed(saved, { accounts: null, regions: null })).toBe(saved);
});

test.each<[Narrowing, string]>([
  [
    { accounts: ['333333333333', '111111111111', '444444444444'], regions: null },
    '--account: the saved result has no account 333333333333, 444444444444.',
  ],
  [
    { accounts: null, regions: ['eu-west-1', 'eu-west-3', 'us-west-2'] },
    '--region: the saved result has nothing of eu-west-3, us-west-2.',
  ],
])('refuses what the result does not have: %j', async (narrowing, message) => {
  await expect(narrowed(saved, narrowing)).rejects.toThrow(new UserError(message));
});
