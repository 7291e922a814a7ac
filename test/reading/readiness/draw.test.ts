import { describe, expect, it } from 'vitest';
import { candidate, Register, shuffle, unguessable } from '../../../src/reading/readiness/draw.ts';
import { user } from './listed-users.ts';

describe('a register', () => {
  it('counts everybody once by kind, and gives the local users who are new', () => {
    const register = new Register();
    const [anna, ben] = [user('anna'), user('ben', { status: 'FORCE_CHANGE_PASSWORD' })];
    const others = [
      user('carl', { status: 'EXTERNAL_PROVIDER' }),
      user('dora', { isEnabled: false }),
      user('emil', { status: 'UNCONFIRMED' }),
    ];
    expect(register.take([anna, ...others])).toEqual([anna]);
    expect(register.take([...others, ben, anna, ben])).toEqual([ben]);
    expect(register.take([])).toEqual([]);
    expect(register.listed).toEqual({ local: 2, federated: 1, disabled: 1, unconfirmed: 1 });
    expect(register.size).toBe(5);
  });
});

it('of a user nothing is kept but the name to ask by, what decides, and the group', () => {
  const anna = user('anna', { hasEmail: true, hasPhone: true });
  const { sub: _sub, ...facts } = anna;
  expect(candidate(anna, 7)).toEqual({ ...facts, cluster: 7 });
});

describe('shuffled', () => {
  /** Each of these numbers in turn, and no more. */
  const sequence = (...numbers: number[]) => {
    return () => {
      const next = numbers.shift();
      if (next === undefined) throw new Error('More was drawn than it takes.');
      return next;
    };
  };

  // Of four there are 4 × 3 × 2 equally likely draws, and as many orders.
  it('every order comes of as many draws as any other', () => {
    const orders = new Set<string>();
    for (const first of [0, 0.26, 0.51, 0.76])
      for (const second of [0, 0.34, 0.67])
        for (const third of [0, 0.5]) orders.add(shuffle('abcd'.split(''), sequence(first, second, third)).join(''));
    expect(orders.size).toBe(24);
  });

  it('the array is the same, and nobody is there twice or missing', () => {
    const items = 'abcdefgh'.split('');
    expect(shuffle(items, sequence(0.9, 0.1, 0.5, 0.3, 0.7, 0.2, 0.6))).toBe(items);
    expect(items.toSorted()).toEqual('abcdefgh'.split(''));
    expect(shuffle([], sequence())).toEqual([]);
    expect(shuffle(['a'], sequence())).toEqual(['a']);
  });
});

it('what nobody can guess is from 0 to less than 1, and anywhere between', () => {
  const drawn = Array.from({ length: 2_000 }, unguessable);
  expect(drawn.filter((each) => each < 0 || each >= 1)).toEqual([]);
  const tenths = new Set(drawn.map((each) => Math.floor(each * 10)));
  expect([...tenths].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
