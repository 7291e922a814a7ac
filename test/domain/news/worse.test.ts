import { expect, test } from 'vitest';
import { isWorse } from '../../../src/domain/news/worse.ts';
import type { JsonValue } from '../../../src/domain/model/json.ts';

interface Step {
  readonly expected: JsonValue;
  readonly before: JsonValue;
  readonly now: JsonValue;
}

function moved(path: string, { expected, before, now }: Step): boolean {
  const severity = 'high';
  return isWorse({ severity, path, expected, actual: now }, { severity, status: 'drift', actual: before });
}

// What is wanted may be another value than last night: then what drifts tonight was wanted then.
test.each<[string, Step, boolean]>([
  ['one step away where there was none', { expected: 'ON', before: 'ON', now: 'OPTIONAL' }, true],
  ['two steps where there was one', { expected: 'ON', before: 'OPTIONAL', now: 'OFF' }, true],
  ['as far on the other side', { expected: 'OPTIONAL', before: 'ON', now: 'OFF' }, false],
  ['the nearest of two counts', { expected: { oneOf: ['ON', 'OFF'] }, before: 'ON', now: 'OPTIONAL' }, true],
  ['what must be there is there', { expected: { present: true, oneOf: ['ON'] }, before: 'OPTIONAL', now: 'OFF' }, true],
  ['to a mode that nobody knows', { expected: 'ON', before: 'ON', now: 'REQUIRED_SOON' }, false],
  ['to one that is not wanted, of none that is known', { expected: 'SOON', before: 'LATER', now: 'OFF' }, false],
  ['what is wanted is no condition', { expected: ['ON'], before: 'ON', now: 'OFF' }, false],
])('the mode: %s', (_what, step, isFurther) => {
  expect(moved('MfaConfiguration', step)).toBe(isFurther);
});

test.each<[string, Step, boolean]>([
  ['one more that is not allowed', { expected: ['totp'], before: ['sms'], now: ['sms', 'email'] }, true],
  ['where last night was no list, all are more', { expected: ['totp'], before: null, now: ['sms'] }, true],
  ['where tonight is no list, none is', { expected: ['totp'], before: ['sms'], now: null }, false],
  ['where no list is allowed, none is a stranger', { expected: null, before: [], now: ['sms'] }, false],
])('the factors: %s', (_what, step, isFurther) => {
  expect(moved('factors.allow', step)).toBe(isFurther);
});

test('of another field nobody can say which value is further away', () => {
  expect(moved('EmailMfaConfiguration.Subject', { expected: 'Code', before: 'Kode', now: '' })).toBe(false);
});

test('what an exception excused last night is new and not worse', () => {
  const now = { severity: 'critical', path: 'MfaConfiguration', expected: 'ON', actual: 'OFF' } as const;
  expect(isWorse(now, { severity: 'low', status: 'excepted', actual: 'OPTIONAL' })).toBe(false);
});
