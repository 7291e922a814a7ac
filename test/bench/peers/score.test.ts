import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { kinds, peerFleet, type Kind, type TruePool } from '../../../bench/peers/fleet.ts';
import { scores, strangers, type Said, type Score, type Statement } from '../../../bench/peers/score.ts';

const { pools, fleet } = peerFleet();
const numbers: Readonly<Record<Kind, number>> = {
  off: 72,
  optional: 108,
  totp: 108,
  sms: 64,
  'mfa-denied': 4,
  denied: 4,
  unlisted: 20,
  unreachable: 20,
};

function placeOf({ accountId, region, poolId }: TruePool): string {
  return `${accountId}/${region}/${poolId}`;
}

function ofAll(statement: Statement): Said {
  return new Map(pools.map((pool) => [placeOf(pool), statement]));
}

/** Of each kind how many are right, wrong, not said for sure, and not said. */
function counts(said: Said): Readonly<Record<string, readonly number[]>> {
  const each = (score: Score) => [score.right, score.wrong, score.cannotSay, score.silent];
  return Object.fromEntries([...scores(pools, said)].map(([kind, score]) => [kind, each(score)]));
}

describe('the organization that the peers are asked about', () => {
  test('has every kind of pool, in numbers that are known before', () => {
    const counted = Object.fromEntries(
      Object.keys(kinds).map((kind) => [kind, pools.filter((pool) => pool.kind === kind).length]),
    );
    expect(counted).toEqual(numbers);
  });

  test('has every kind in its last accounts too, for tools that take long', () => {
    const few = peerFleet(4);
    expect(few.fleet.accounts).toHaveLength(5);
    expect(new Set(few.pools.map(({ kind }) => kind)).size).toBe(Object.keys(kinds).length);
  });

  test('names no pool twice, so that no tool can mistake one for another', () => {
    expect(new Set(pools.map(({ poolId }) => poolId)).size).toBe(400);
  });

  test('is what the sandbox then holds, and no pool of it has a tag', async () => {
    const sandbox = await startSandbox({ fleet });
    try {
      const held = [...sandbox.pools()];
      const modes = new Map(held.map(({ id, mfaConfig }) => [id, mfaConfig['MfaConfiguration']]));
      const expected = { off: 'OFF', optional: 'OPTIONAL' } as const;
      for (const { poolId, kind } of pools)
        expect(modes.get(poolId)).toBe(kind === 'off' || kind === 'optional' ? expected[kind] : 'ON');
      expect(held.filter(({ userPool }) => 'UserPoolTags' in userPool)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });
});

describe('the score', () => {
  test('of a tool that says nothing is nothing', () => {
    const all = Object.entries(numbers).map(([kind, number]) => [kind, [0, 0, 0, number]]);
    expect(counts(new Map())).toEqual(Object.fromEntries(all));
  });

  test('of a tool that calls everything disabled is wrong of every ON, and of all that can not be known', () => {
    expect(counts(ofAll({ verdict: 'not-on', words: 'FAIL' }))).toEqual({
      off: [72, 0, 0, 0],
      optional: [108, 0, 0, 0],
      totp: [0, 108, 0, 0],
      sms: [0, 64, 0, 0],
      'mfa-denied': [0, 4, 0, 0],
      denied: [0, 4, 0, 0],
      unlisted: [0, 20, 0, 0],
      unreachable: [0, 20, 0, 0],
    });
  });

  test('of a tool that passes everything is wrong of OFF and OPTIONAL, and a guess that happens to be true stays a guess', () => {
    const { off, optional, totp, denied } = counts(ofAll({ verdict: 'on', words: 'PASS' }));
    expect({ off, optional, totp, denied }).toEqual({
      off: [0, 72, 0, 0],
      optional: [0, 108, 0, 0],
      totp: [108, 0, 0, 0],
      denied: [0, 4, 0, 0],
    });
  });

  test('of a tool that never knows is not wrong, and not right either', () => {
    const all = Object.entries(numbers).map(([kind, number]) => [kind, [0, 0, number, 0]]);
    expect(counts(ofAll({ verdict: 'unknown', words: 'UNKNOWN' }))).toEqual(Object.fromEntries(all));
  });

  test('takes what is said of an account for its pools, and what is said of a pool before that', () => {
    const [pool] = pools.filter(({ kind }) => kind === 'unlisted');
    if (pool === undefined) throw new Error('There is no such pool.');
    const said: Said = new Map([
      [placeOf(pool), { verdict: 'on', words: 'PASS' }],
      [pool.accountId, { verdict: 'unknown', words: 'denied' }],
    ]);
    expect(counts(said)['unlisted']).toEqual([0, 1, 19, 0]);
  });

  test('keeps the words, most often said first', () => {
    const said = new Map(
      pools
        .filter(({ kind }) => kind === 'sms')
        .map((pool, at) => [placeOf(pool), { verdict: 'on', words: at < 10 ? 'rare' : 'often' }] as const),
    );
    expect(scores(pools, said).get('sms')?.words).toEqual([
      ['often', 54],
      ['rare', 10],
    ]);
  });

  test('a place that is not in the organization is told, so that a parser that misreads is seen', () => {
    const said: Said = new Map([
      ['100000000000', { verdict: 'on', words: 'PASS' }],
      ['100000000000/us-east-1/us-east-1_000000400', { verdict: 'on', words: 'PASS' }],
      ['undefined/us-east-1', { verdict: 'unknown', words: 'UNKNOWN' }],
    ]);
    expect(strangers(pools, said)).toEqual(['100000000000/us-east-1/us-east-1_000000400', 'undefined/us-east-1']);
  });
});
