/** What a reader of one pool makes of the answers about its users, and how much of the quotas it uses. */
import { describe, expect, it } from 'vitest';
import { failed, succeeded, type Attempt, type CallFailure } from '../../../src/pacing/call-result.ts';
import type { UserCalls, UserPage } from '../../../src/ports/user-reader.ts';
import { pacedReaders, type BilledReads } from '../../../src/reading/readiness/paced-reader.ts';
import { UnreadUsers } from '../../../src/reading/readiness/unread-users.ts';
import type { UserFactors } from '../../../src/domain/readiness/users.ts';
import { defaultSettings } from '../../default-settings.ts';
import { recordedCalls, throttledFailure } from '../../pacing/service.ts';
import { refusal } from '../fake-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

const place = { accountId: '111111111111', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const empty: UserPage = { users: [], next: null };
const totp: UserFactors = { active: ['SOFTWARE_TOKEN_MFA'], preferred: null, first: [] };
const sms: UserFactors = { active: ['SMS_MFA'], preferred: null, first: [] };
const denied = failed(refusal('AccessDeniedException', 'AccessDenied'));
const gone = failed(refusal('UserNotFoundException', 'malformed'));

interface Answers {
  readonly ready?: Attempt<void>;
  readonly list?: Attempt<UserPage>;
  readonly factors?: Attempt<UserFactors>;
  readonly billedFactors?: Attempt<UserFactors>;
}

/** Readers over such answers, and each call as it was made. */
function world(answers: Answers, billed: BilledReads | null = null) {
  const clock = new VirtualClock();
  const { calls, lines } = recordedCalls(clock);
  const asked: (readonly (string | null)[])[] = [];
  const { quotas } = defaultSettings.limits;
  const limits = { ...defaultSettings.limits, quotaShare: 0.5, quotas: { ...quotas, UserList: 4, UserRead: 8 } };
  const usersOf = (accountId: string, region: string): UserCalls => ({
    ready: async () => answers.ready ?? succeeded(undefined),
    async list(...pool) {
      asked.push([accountId, region, 'list', ...pool]);
      return answers.list ?? succeeded(empty);
    },
    async factors(...user) {
      asked.push([accountId, region, 'factors', ...user]);
      return answers.factors ?? succeeded(totp);
    },
    async billedFactors(...user) {
      asked.push([accountId, region, 'billed', ...user]);
      return answers.billedFactors ?? succeeded(sms);
    },
  });
  return { clock, asked, lines, readers: pacedReaders(calls, limits, usersOf, billed) };
}

/** The failure with which it rejects. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof UnreadUsers)) throw new Error('It does not reject with UnreadUsers.', { cause: error });
  expect(error.message).toBe(error.failure.message);
  return error.failure;
}

describe('a reader of users', () => {
  it('asks for its own pool, and passes on what comes', async () => {
    const page: UserPage = { users: [], next: 'more' };
    const { readers, asked } = world({ list: succeeded(page) });
    const reader = readers(place);
    expect(await reader.listUsers('01', 'token')).toEqual(page);
    expect(await reader.authFactors('anna')).toEqual(totp);
    const unit = [place.accountId, place.region];
    expect(asked).toEqual([
      [...unit, 'list', place.poolId, '01', 'token'],
      [...unit, 'factors', place.poolId, 'anna'],
    ]);
  });

  it('finds nobody by a filter that the service does not take, and fails where there was none', async () => {
    const list = failed(refusal('InvalidParameterException', 'malformed'));
    expect(await world({ list }).readers(place).listUsers('01', null)).toEqual(empty);
    expect(await failureOf(world({ list }).readers(place).listUsers('', null))).toMatchObject({
      message: 'cognito-idp:ListUsers: InvalidParameterException',
    });
    expect(await failureOf(world({ list: denied }).readers(place).listUsers('01', null))).toMatchObject({
      code: 'AccessDenied',
    });
  });

  it.each([
    ['AdminGetUserAuthFactors', { factors: gone }, null],
    ['AdminGetUser', { factors: denied, billedFactors: gone }, { says: () => Promise.resolve() }],
  ])('knows a user who is gone from one who could not be read: %s', async (_action, answers, billed) => {
    expect(await world(answers, billed).readers(place).authFactors('anna')).toBeNull();
  });

  it('repeats what is said of a denial, and of all else no more than its name, which names no user', async () => {
    const told: CallFailure = {
      ...refusal('OddException', 'malformed'),
      message: 'anna is odd',
      remedy: 'Wait.',
    };
    expect(
      await failureOf(
        world({ factors: failed(told) })
          .readers(place)
          .authFactors('anna'),
      ),
    ).toEqual({
      code: 'malformed',
      message: 'cognito-idp:AdminGetUserAuthFactors: OddException',
      remedy: 'Wait.',
    });
    const refused = failed({ ...told, code: 'AccessDenied', message: 'role/audit may not' });
    expect(await failureOf(world({ factors: refused }).readers(place).authFactors('anna'))).toMatchObject({
      code: 'AccessDenied',
      message: 'role/audit may not',
    });
  });

  it('asks for nothing without credentials', async () => {
    const billed = { says: () => Promise.resolve() };
    const { readers, asked } = world({ ready: failed(refusal('ExpiredToken')) }, billed);
    const reader = readers(place);
    for (const work of [reader.listUsers('01', null), reader.authFactors('anna')])
      expect(await failureOf(work)).toMatchObject({ code: 'credentials' });
    expect(asked).toEqual([]);
  });
});

describe('reads that are billed', () => {
  it('are made after it was said once, and counted', async () => {
    const said: string[] = [];
    const { readers, asked, clock } = world({ factors: denied }, { says: async (words) => void said.push(words) });
    const reader = readers(place);
    expect(reader.billedReads?.()).toBe(0);
    reader.expects?.(1_500);
    const names = ['anna', 'ben', 'carl'];
    expect(await clock.run(Promise.all(names.map((name) => reader.authFactors(name))))).toEqual([sms, sms, sms]);
    expect(await clock.run(reader.authFactors('dora'))).toEqual(sms);
    expect(said).toEqual([
      "eu-west-1_One: AdminGetUserAuthFactors is denied. AdminGetUser is asked instead, and counts each user as active for this month's bill: 1,500 users at most.",
    ]);
    expect(asked.at(-1)).toEqual(['111111111111', 'eu-west-1', 'billed', place.poolId, 'dora']);
    expect(asked.filter(([, , call, , name]) => call === 'factors' && name === 'dora')).toEqual([]);
    expect(reader.billedReads?.()).toBe(4);
  });

  it.each<[string, Attempt<UserFactors>, boolean]>([
    ['nobody has allowed them', denied, false],
    ['the other read fails for another reason', failed(refusal('OddException', 'malformed')), true],
  ])('are not made where %s', async (_why, factors, isAllowed) => {
    const says = () => Promise.reject(new Error('nothing is to be said'));
    const { readers, asked } = world({ factors }, isAllowed ? { says } : null);
    const reader = readers(place);
    await failureOf(reader.authFactors('anna'));
    expect(asked.map(([, , call]) => call)).toEqual(['factors']);
    expect(reader.billedReads?.()).toBe(0);
  });

  it('that fail name AdminGetUser', async () => {
    const billedFactors = failed(refusal('OddException', 'malformed'));
    const { readers } = world({ factors: denied, billedFactors }, { says: () => Promise.resolve() });
    expect(await failureOf(readers(place).authFactors('anna'))).toMatchObject({
      message: 'cognito-idp:AdminGetUser: OddException',
    });
  });
});

describe('the share of the quotas that is allowed', () => {
  it('has a name in the log, where AWS slows the reading down', async () => {
    const throttled = failed(throttledFailure);
    const { readers, clock, lines } = world({ list: throttled, factors: throttled });
    const reader = readers(place);
    for (const ask of [() => reader.listUsers('', null), () => reader.authFactors('anna')])
      expect(await failureOf(clock.run<unknown>(ask()))).toMatchObject({ code: 'throttled' });
    const unit = `${place.accountId}/${place.region}`;
    expect(new Set(lines.map(([, { quota }]) => quota))).toEqual(new Set([`${unit}/UserList`, `${unit}/UserRead`]));
  });

  const elsewhere = [
    { ...place, region: 'us-east-1' },
    { ...place, accountId: '222222222222' },
  ];
  // Half of 4 pages and of 8 users a second, of which those of the first 0.9 s may be sent at once: 10 / 2 - 0.9 = 4.1.
  it.each([
    ['is shared by the pools of one account and region', [place, { ...place, poolId: 'eu-west-1_Two' }], 4_100],
    ['is each one’s own in other regions and accounts', [place, ...elsewhere], 1_600],
  ])('%s', async (_what, places, expectedMs) => {
    const { readers, clock } = world({});
    const all = places.map((each) => readers(each));
    await clock.run(Promise.all(all.flatMap((reader) => Array.from({ length: 5 }, () => reader.listUsers('', null)))));
    expect(clock.now()).toBe(expectedMs);
    const began = clock.now();
    await clock.run(Promise.all(all.flatMap((reader) => Array.from({ length: 10 }, () => reader.authFactors('anna')))));
    expect(clock.now() - began).toBe(expectedMs);
  });
});
