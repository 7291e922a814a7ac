import { assert, array, constantFrom, nat, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  disruptsUsers,
  inOrderOfChange,
  kindOf,
  limitChanges,
  limitUsers,
} from '../../../../src/domain/remediation/plan/limits.ts';
import { aReading, aRequest, changeIn, off, plainPool, plan, totpOnly } from '../a-plan.ts';

const tightening = changeIn(
  plan(aReading(off), [
    aRequest('MfaConfiguration', 'OPTIONAL'),
    aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
  ]),
);
const disruptive = changeIn(plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'ON')]));

describe('users', () => {
  test('at the limit all pass, over it all that disrupt are refused and the others go on', () => {
    const changes = [tightening, { ...disruptive, usersAtRisk: 400 }, { ...disruptive, usersAtRisk: 600 }];
    expect(limitUsers(changes, 1000)).toEqual({ allowed: changes, refused: [], objection: null });
    const over = limitUsers(changes, 999);
    expect([over.allowed, over.refused]).toEqual([[tightening], changes.slice(1)]);
  });

  test('count where MFA becomes required, also in a change that weakens something else', () => {
    expect(disruptsUsers({ ...disruptive, risk: 'weakening' })).toBe(true);
    expect(disruptsUsers({ ...tightening, risk: 'weakening' })).toBe(false);
    expect(disruptsUsers(tightening)).toBe(false);
    expect(disruptsUsers({ ...tightening, risk: 'disruptive' })).toBe(true);
    const required = { MfaConfiguration: 'ON' };
    expect(disruptsUsers({ risk: 'weakening', before: required, after: required })).toBe(false);
  });
});

describe('changes', () => {
  const limits = { maxChanges: 25, maxChangesPercent: 10 };

  test.each([
    [25, 1000, null],
    [26, 1000, 'too-many-changes'],
    [1, 9, null],
    [9, 9, null],
    [1, 10, null],
    [2, 10, 'too-many-changes'],
    [2, 19, 'too-many-changes'],
    [2, 20, null],
    [0, 0, null],
  ])('%i of %i pools', (count, poolsRead, code) => {
    expect(limitChanges(count, poolsRead, limits)?.code ?? null).toBe(code);
  });

  test('an explicit number replaces the percentage', () => {
    expect(limitChanges(20, 20, { maxChanges: 20, maxChangesPercent: null })).toBeNull();
  });

  test('a share over the limit never shows as the limit', () => {
    expect(limitChanges(100_1, 10_000, { maxChanges: 5000, maxChangesPercent: 10 })?.message).toContain('(10.1 %)');
  });
});

describe('order', () => {
  test('of changes that touch as many users is by account, region and pool id', () => {
    const at = (accountId: string, region: string, poolId: string) => ({ ...tightening, accountId, region, poolId });
    const ordered = [
      at('111122223333', 'eu-west-1', 'b'),
      at('111122223333', 'us-east-1', 'a'),
      at('444455556666', 'eu-west-1', 'a'),
      at('444455556666', 'eu-west-1', 'c'),
    ];
    expect(inOrderOfChange(ordered.toReversed())).toEqual(ordered);
  });

  const change = record({
    users: nat(3),
    accountId: constantFrom('111122223333', '444455556666'),
    region: constantFrom('eu-west-1', 'us-east-1'),
    poolId: constantFrom('a', 'b', 'c'),
  });

  test('is by ascending users, and the same however the changes came', () => {
    assert(
      property(array(change), (changes) => {
        const ordered = inOrderOfChange(changes);
        expect(ordered.map(({ users }) => users)).toEqual(changes.map(({ users }) => users).sort((a, b) => a - b));
        expect(inOrderOfChange(changes.toReversed())).toEqual(ordered);
      }),
    );
  });

  test('one kind is one way of the mode and one set of paths, whichever policies ask', () => {
    expect(kindOf(tightening)).toBe('OFF → OPTIONAL: MfaConfiguration, SoftwareTokenMfaConfiguration.Enabled');
    const again = [...tightening.because, ...tightening.because]
      .toReversed()
      .map((line) => ({ ...line, policy: 'other' }));
    expect(kindOf({ ...tightening, because: again })).toBe(kindOf(tightening));
    expect(kindOf(disruptive)).not.toBe(kindOf(tightening));
    expect(kindOf({ ...tightening, because: [] })).toBe(kindOf(tightening));
    expect(kindOf({ ...tightening, because: tightening.because.slice(0, 1) })).toBe('OFF → OPTIONAL: MfaConfiguration');
  });

  test('users come from the description made just before', () => {
    expect(
      changeIn(
        plan(aReading(totpOnly, { userPool: { ...plainPool, EstimatedNumberOfUsers: 7 } }), [
          aRequest('MfaConfiguration', 'ON'),
        ]),
      ).users,
    ).toBe(7);
  });
});
