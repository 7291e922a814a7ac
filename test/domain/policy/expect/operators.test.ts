import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/domain/model/json.ts';
import { holds, isCondition, operatorNames, operators } from '../../../../src/domain/policy/expect/operators.ts';

/** Absent, equal (or within, or matching), another value, and a value of a type that the operator is not about. */
const table: Record<(typeof operatorNames)[number], readonly [wanted: JsonValue, ...verdicts: Verdict[]]> = {
  oneOf: [
    ['ON', 'OPTIONAL'],
    [undefined, false],
    ['OPTIONAL', true],
    ['OFF', false],
    [true, false],
    [['ON'], false],
  ],
  noneOf: [
    ['OFF', 'ON'],
    [undefined, true],
    ['OFF', false],
    ['OPTIONAL', true],
    [true, true],
    [{}, true],
  ],
  pattern: [
    'a[0-9]+',
    [undefined, false],
    ['a12', true],
    ['xa12', false],
    ['a12x', false],
    [12, false],
    [['a1'], false],
  ],
  min: [3, [undefined, false], [3, true], [4, true], [2.9, false], ['3', false], [[3], false]],
  max: [3, [undefined, false], [3, true], [2, true], [3.1, false], ['3', false], [null, false]],
  includes: [
    'PASSWORD',
    [undefined, false],
    [['X', 'PASSWORD'], true],
    [['X'], false],
    ['PASSWORD', false],
    [{ PASSWORD: 1 }, false],
  ],
  excludes: [
    'PASSWORD',
    [undefined, true],
    [['X'], true],
    [[], true],
    [['PASSWORD'], false],
    ['X', false],
    [{}, false],
  ],
  present: [true, [undefined, false], ['x', true], [false, true], [{}, true]],
};
type Verdict = readonly [actual: JsonValue | undefined, holds: boolean];

describe.each(operatorNames)('%s', (name) => {
  const [wanted, ...verdicts] = table[name];
  it.each(verdicts)(`${JSON.stringify(wanted)} of %j is %s`, (actual, verdict) => {
    expect(holds({ [name]: wanted }, { value: actual, present: actual !== undefined })).toBe(verdict);
  });
});

describe('in a cell of a table', () => {
  const words: Record<(typeof operatorNames)[number], readonly (readonly [operand: string, words: string])[]> = {
    oneOf: [['ON or OPTIONAL', 'ON or OPTIONAL']],
    noneOf: [['OFF', 'not OFF']],
    pattern: [['a+', 'like a+']],
    min: [['3', 'at least 3']],
    max: [['3', 'at most 3']],
    includes: [['PASSWORD', 'with PASSWORD']],
    excludes: [['PASSWORD', 'without PASSWORD']],
    present: [
      ['true', 'present'],
      ['false', 'absent'],
    ],
  };

  it.each(operatorNames)('%s is in words', (name) => {
    for (const [operand, said] of words[name]) expect(operators[name].words(operand)).toBe(said);
  });
});

describe('present: false', () => {
  it.each([
    [undefined, true],
    ['x', false],
    [{}, false],
  ])('of %j is %s', (actual, verdict) => {
    expect(holds({ present: false }, { value: actual, present: actual !== undefined })).toBe(verdict);
  });
});

describe('a condition', () => {
  it.each<[JsonValue, boolean]>([
    ['ON', true],
    [null, true],
    [{ oneOf: ['ON'] }, true],
    [{ min: 1, max: 3, present: true }, true],
    [{ includes: { Name: 'admin_only' } }, true],
    [['totp'], false],
    [{ Enabled: true }, false],
    [{ present: true, Enabled: true }, false],
    [{ oneOf: 'ON' }, false],
    [{ min: '1' }, false],
    [{ pattern: 1 }, false],
    [{ present: 'true' }, false],
  ])('%j: %s', (wanted, expected) => {
    expect(isCondition(wanted)).toBe(expected);
  });
});

describe('a scalar', () => {
  it.each([
    ['ON', undefined, false],
    ['ON', 'ON', true],
    ['ON', 'OFF', false],
    [true, 'true', false],
    [1, '1', false],
    [false, false, true],
    ['', null, false],
    [null, null, false],
  ])('%j of %j is %s', (wanted, actual, verdict) => {
    expect(holds(wanted, { value: actual, present: actual !== undefined })).toBe(verdict);
  });
});

describe('an entry that is a map', () => {
  const mechanisms = [{ Name: 'admin_only', Priority: 1 }];
  it('is told by the members given', () => {
    expect(holds({ includes: { Name: 'admin_only' } }, { value: mechanisms, present: true })).toBe(true);
    expect(holds({ includes: { Name: 'admin_only', Priority: 2 } }, { value: mechanisms, present: true })).toBe(false);
    expect(holds({ excludes: { Name: 'verified_email' } }, { value: mechanisms, present: true })).toBe(true);
  });
});

describe('several operators', () => {
  it('must all hold', () => {
    const between = { min: 1, max: 3 };
    expect([0, 1, 3, 4].map((value) => holds(between, { value, present: true }))).toEqual([false, true, true, false]);
  });
});

describe('oneOf and noneOf', () => {
  it('are opposites of each other for whatever is there', () => {
    const scalar = fc.oneof(fc.string(), fc.boolean(), fc.integer());
    fc.assert(
      fc.property(fc.array(scalar), scalar, (list, value) => {
        const actual = { value, present: true };
        expect(holds({ oneOf: list }, actual)).toBe(!holds({ noneOf: list }, actual));
      }),
    );
  });
});
