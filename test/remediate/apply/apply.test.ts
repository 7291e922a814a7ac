/** A whole plan, carried out against pools in memory. */
import { describe, expect, test } from 'vitest';
import { placeKey, type Account, type Failure, type PoolPlace } from '../../../src/domain/model/observation.ts';
import type { Change, Plan } from '../../../src/domain/remediation/model/plan.ts';
import { applyChanges, type ApplyOptions } from '../../../src/remediate/apply/apply.ts';
import type { ApprovedChange } from '../../../src/remediate/apply/preflight.ts';
import { JournalError, type Journal } from '../../../src/remediate/journal/journal.ts';
import type { Look, WriteAnswer } from '../../../src/ports/account-writer.ts';
import { aLook } from '../a-look.ts';
import { aChange } from './a-change.ts';
import { aJournal } from './a-journal.ts';

const before = { MfaConfiguration: 'OFF' };
const after = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const account = { id: '111122220001' } as Account;
const failure: Failure = { code: 'network', message: 'cognito-idp: refused', remedy: 'Ask.' };

function of(name: string, changed: Partial<Change> = {}, inAccount: Account | null = account): ApprovedChange {
  const poolId = `eu-west-1_${name}`;
  const change = aChange({ before, after });
  return {
    change: { ...change, poolId, call: { ...change.call, UserPoolId: poolId }, ...changed },
    account: inAccount,
    policies: ['floor'],
  };
}

interface World extends Partial<Omit<ApplyOptions, 'basis' | 'order'>> {
  readonly origin?: Plan['origin'];
  readonly answers?: Readonly<Record<string, WriteAnswer>>;
  readonly journal?: Journal;
  readonly aborted?: boolean;
  /** Names of pools that were never looked at. */
  readonly unseen?: readonly string[];
  readonly goOn?: boolean;
  /** Names of pools that have moved between the first look and the second. */
  readonly moved?: readonly string[];
  /** After a call no pool can be read. */
  readonly readsNothing?: boolean;
}

async function play(approved: readonly ApprovedChange[], world: World = {}) {
  const { origin = 'policies', answers = {}, journal = aJournal(), unseen = [], goOn = true, moved = [] } = world;
  const set: string[] = [];
  const begun: (readonly string[])[] = [];
  const asked: string[] = [];
  const planned = new Set<string>();
  const config = (place: PoolPlace) => ({ read: true as const, value: set.includes(place.poolId) ? after : before });
  const look = (place: PoolPlace): Look => aLook(config(place));
  const result = await applyChanges({
    approved,
    leftAlone: [],
    basis: {
      origin,
      replan({ change }) {
        const isSecond = planned.has(change.poolId);
        planned.add(change.poolId);
        if (isSecond && moved.includes(change.poolId)) return { kind: 'stale', message: 'It moved.' };
        return { kind: 'change', change, userPool: {}, objections: [] };
      },
    },
    looks: new Map(
      approved
        .filter(({ change }) => !unseen.includes(change.poolId))
        .map(({ change }) => [placeKey(change), look(change)]),
    ),
    ports: {
      pools: {
        look: (place) => Promise.resolve(look(place)),
        readBack: (place) => Promise.resolve(world.readsNothing === true ? { read: false, failure } : config(place)),
        owner: (accountId) => Promise.resolve({ accountId, arn: 'arn:writer' }),
        set(place) {
          const answer = answers[place.poolId] ?? { kind: 'taken' };
          if (answer.kind === 'taken') set.push(place.poolId);
          return Promise.resolve(answer);
        },
      },
      journal,
      clock: { now: () => 0, date: () => new Date(0), sleep: () => Promise.resolve() },
      signal: new AbortController().signal,
    },
    order: {
      maxFailures: 2,
      signal: world.aborted === true ? AbortSignal.abort(130) : new AbortController().signal,
      goOn: (kind, left) => Promise.resolve(asked.push(`${kind}: ${left}`) > 0),
    },
    limits: { maxChanges: 10, maxChangesPercent: 100, maxUsers: 100 },
    poolsRead: 20,
    begin({ ready, others }) {
      begun.push([...ready.map(({ change }) => change.poolId), ...others.map(({ outcome }) => outcome)]);
      return Promise.resolve(goOn);
    },
    ...world,
  });
  const told = result?.outcomes.map(({ poolId, outcome, code }) => [poolId.slice(10), outcome, code]);
  return { result, told, set, begun, asked, stop: result?.stop };
}

describe('a plan', () => {
  test('is carried out from the fewest users to the most, the first of a kind alone', async () => {
    const approved = [of('Many', { users: 9 }), of('Few', { users: 1 }), of('None')];
    const { told, set, begun, asked, stop } = await play(approved);
    expect(asked).toEqual(['OFF → OPTIONAL: MfaConfiguration, SoftwareTokenMfaConfiguration.Enabled: 2']);
    expect(begun).toEqual([['eu-west-1_None', 'eu-west-1_Few', 'eu-west-1_Many']]);
    expect(set).toEqual(['eu-west-1_None', 'eu-west-1_Few', 'eu-west-1_Many']);
    expect(told).toEqual([
      ['None', 'applied', null],
      ['Few', 'applied', null],
      ['Many', 'applied', null],
    ]);
    expect(stop).toBeNull();
  });

  test('of a rollback keeps its order', async () => {
    const { set } = await play([of('Many', { users: 9 }), of('None')], { origin: 'rollback' });
    expect(set).toEqual(['eu-west-1_Many', 'eu-west-1_None']);
  });

  test('is not begun where the first question is declined, and nothing is journaled', async () => {
    const journal = aJournal();
    const { result, set } = await play([of('One'), of('Stranger', {}, null)], { goOn: false, journal });
    expect(result).toBeNull();
    expect(set).toEqual([]);
    expect(journal.notes).toEqual([]);
  });

  test('that was interrupted before is not looked into', async () => {
    const { result, begun } = await play([of('One')], { aborted: true });
    expect(result).toEqual({ outcomes: [], stop: 'interrupted' });
    expect(begun).toEqual([]);
  });

  test('says nothing of a pool that an interruption kept from being looked at', async () => {
    const { told } = await play([of('One'), of('Unseen')], { unseen: ['eu-west-1_Unseen'] });
    expect(told).toEqual([['One', 'applied', null]]);
  });

  test('leaves an account out that is no longer in scope, and asks nothing where nothing is left', async () => {
    const journal = aJournal();
    const unseen = ['eu-west-1_Stranger'];
    const { result, told, begun, set } = await play([of('Stranger', {}, null)], { journal, unseen });
    expect(told).toEqual([['Stranger', 'refused', 'policy-changed']]);
    expect(result?.outcomes[0]?.message).toBe(
      'The configuration leaves the account or the region out, or the account is not active: nothing is asked there.',
    );
    expect(begun).toEqual([]);
    expect(set).toEqual([]);
    expect(journal.notes).toMatchObject([{ event: 'refused', poolId: 'eu-west-1_Stranger', policies: ['floor'] }]);
  });

  test('tells and journals what it has no change for', async () => {
    const journal = aJournal();
    const pool = { ...of('Held').change };
    const leftAlone = [
      { pool, policies: ['other'], preflight: { kind: 'refused', code: 'held', message: 'Held.' } as const },
    ];
    const { told, begun } = await play([of('One')], { leftAlone, journal });
    expect(begun).toEqual([['eu-west-1_One', 'refused']]);
    expect(told).toEqual([
      ['One', 'applied', null],
      ['Held', 'refused', 'held'],
    ]);
    expect(journal.notes.map(({ event, poolId }) => `${poolId.slice(10)} ${event}`)).toEqual([
      'Held refused',
      'One intent',
      'One done',
    ]);
  });

  test.each(['failed', 'unknown'])('stops after as many that %s as are allowed in a row', async (outcome) => {
    const answer: WriteAnswer = { kind: outcome === 'failed' ? 'refused' : 'lost', failure };
    const answers = { 'eu-west-1_A': answer, 'eu-west-1_B': answer };
    const { told, stop } = await play([of('A'), of('B'), of('C')], { answers, readsNothing: outcome === 'unknown' });
    expect(stop).toBe('failures');
    expect(told).toEqual([
      ['A', outcome, null],
      ['B', outcome, null],
      ['C', 'not-started', null],
    ]);
  });

  test('of which every pool has moved since the first look changes nothing', async () => {
    const moved = ['eu-west-1_A', 'eu-west-1_B'];
    const { told, stop } = await play([of('A'), of('B')], { moved });
    expect(stop).toBeNull();
    expect(told).toEqual([
      ['A', 'stale', null],
      ['B', 'stale', null],
    ]);
  });
});

describe('limits', () => {
  test('over the number of changes none is made', async () => {
    const limits = { maxChanges: 1, maxChangesPercent: 100, maxUsers: 100 };
    const { result, set, begun } = await play([of('A'), of('B')], { limits });
    const message =
      'Would change 2 of 20 pools; the limit is 1. Raise remediation.maxChanges (--max-changes) if this is meant.';
    expect(result?.outcomes).toMatchObject([
      { poolId: 'eu-west-1_A', outcome: 'refused', code: 'too-many-changes', message },
      { poolId: 'eu-west-1_B', outcome: 'refused', code: 'too-many-changes', message },
    ]);
    expect(set).toEqual([]);
    expect(begun).toEqual([]);
  });

  test('what an earlier run with this journal has changed counts too', async () => {
    const limits = { maxChanges: 2, maxChangesPercent: 100, maxUsers: 100 };
    const leftAlone = ['X', 'Y'].map((name) => ({
      pool: of(name).change,
      policies: [],
      preflight: { kind: 'applied', config: after } as const,
    }));
    const { told } = await play([of('A')], { limits, leftAlone });
    expect(told).toContainEqual(['A', 'refused', 'too-many-changes']);
    const unchanged = leftAlone.map((each) => ({ ...each, preflight: { kind: 'unchanged', config: after } as const }));
    expect((await play([of('A')], { limits, leftAlone: unchanged })).told).toContainEqual(['A', 'applied', null]);
  });

  test('over the number of users what disrupts them is left, and the rest is made', async () => {
    const harsh = of('Harsh', { risk: 'disruptive', usersAtRisk: 101 });
    const { told, set } = await play([harsh, of('Mild')]);
    expect(told).toEqual([
      ['Mild', 'applied', null],
      ['Harsh', 'refused', 'too-many-users'],
    ]);
    expect(set).toEqual(['eu-west-1_Mild']);
  });
});

describe('a journal that takes nothing', () => {
  const full = new JournalError('journal.ndjson could not be written: no space is left.');

  test('before the first call ends the run with its error', async () => {
    const journal = { ...aJournal(), record: () => Promise.reject(full) };
    await expect(play([of('A')], { journal })).rejects.toBe(full);
  });

  test('after a call that was made leaves the rest, and says so of the pool', async () => {
    const kept = aJournal();
    const journal: Journal = {
      ...kept,
      record: (note) => (note.event === 'done' ? Promise.reject(full) : kept.record(note)),
    };
    const { result, told, stop } = await play([of('A'), of('B')], { journal });
    expect(stop).toBe('journal');
    expect(told).toEqual([
      ['A', 'applied', null],
      ['B', 'not-started', null],
    ]);
    expect(result?.outcomes[0]?.message).toBe(
      'journal.ndjson could not be written: no space is left. Its last line about this pool is that the call was about to be made.',
    );
  });

  test('after a call that failed tells that too, and one that was left before it is no reason to forget it', async () => {
    const kept = aJournal();
    const journal: Journal = {
      ...kept,
      record: (note) => (note.event === 'failed' ? Promise.reject(full) : kept.record(note)),
    };
    const answers = { 'eu-west-1_B': { kind: 'refused', failure } } as const;
    const { result, told, stop } = await play([of('A'), of('B')], { journal, answers, moved: ['eu-west-1_A'] });
    expect(stop).toBe('journal');
    expect(told).toEqual([
      ['A', 'stale', null],
      ['B', 'failed', null],
    ]);
    expect(result?.outcomes[1]?.message).toBe(
      'cognito-idp: refused. Ask. journal.ndjson could not be written: no space is left. Its last line about this pool is that the call was about to be made.',
    );
  });
});
