import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { lockoutOf } from '../../../src/domain/remediation/lockout.ts';
import { readPoolSettings } from '../../../src/domain/remediation/pool-settings.ts';
import { situationOf } from '../../../src/domain/remediation/situation.ts';
import { aReading, anAsk, changeIn, off, plainPool, plan, smsBlock, smsPool, totpOn, totpOnly } from './a-plan.ts';

const on = { MfaConfiguration: 'ON' };
const smsOn = { ...on, SmsMfaConfiguration: smsBlock };

function conditions(after: JsonObject, userPool: JsonObject, before: JsonObject = off): string {
  const lockout = lockoutOf(situationOf(before, after, readPoolSettings(userPool, 'eu-west-1')));
  return (lockout?.conditions ?? []).join('\n');
}

describe('a change to ON', () => {
  test('says how many users, what may lock them out, and what settings can’t tell', () => {
    const { lockout, users } = changeIn(plan(aReading(totpOnly), [anAsk('MfaConfiguration', 'ON')]));
    expect(users).toBe(42);
    expect(lockout).toEqual([
      'Users without a factor must enrol at their next sign-in: the pool has no domain and so no managed login, and every application must handle MFA_SETUP and SELECT_MFA_TYPE, or all of its users without a factor are locked out.',
      "Not known: How many of the pool's 42 users have a factor (the number itself is an estimate, and federated users never get MFA from Cognito).",
      'Not known: Whether each application of the pool handles MFA_SETUP and SELECT_MFA_TYPE.',
    ]);
  });

  test('names the applications beside managed login where the pool has a domain', () => {
    expect(conditions({ ...on, ...totpOn }, { ...plainPool, Domain: 'shop' })).toContain('managed login does that');
  });

  test.each<[string, string, JsonObject, JsonObject]>([
    [
      'users without a phone, where SMS is the only factor',
      'a user without phone_number has no factor',
      smsOn,
      smsPool,
    ],
    [
      'the SNS sandbox',
      'only numbers that were verified',
      smsOn,
      { ...smsPool, SmsConfigurationFailure: 'SNSSandbox' },
    ],
    ['one phone for code and recovery', 'whose only attribute is a phone number', smsOn, smsPool],
    [
      'one mailbox for code and recovery',
      'whose only attribute is an e-mail address',
      { ...on, EmailMfaConfiguration: {} },
      plainPool,
    ],
    [
      'a Lambda that sends SMS',
      'CustomSMSSender',
      smsOn,
      { ...smsPool, LambdaConfig: { CustomSMSSender: { LambdaVersion: 'V1_0' } } },
    ],
    [
      'custom challenges',
      'DefineAuthChallenge',
      { ...on, ...totpOn },
      { ...plainPool, LambdaConfig: { DefineAuthChallenge: 'arn' } },
    ],
  ])('names %s', (_, words, after, userPool) => {
    expect(conditions(after, userPool)).toContain(words);
  });

  test('does not name what the settings rule out', () => {
    const required = { SchemaAttributes: [{ Name: 'phone_number', Required: true }] };
    expect(conditions(smsOn, { ...smsPool, ...required })).not.toContain('a user without');
    expect(conditions(smsOn, { ...smsPool, UsernameAttributes: ['phone_number'] })).not.toContain('a user without');
    expect(conditions({ ...smsOn, ...totpOn }, smsPool)).not.toContain('a user without');
    expect(conditions({ ...on, ...totpOn }, plainPool)).not.toMatch(/SMS|phone|e-mail/);
  });

  test('is only where MFA becomes required', () => {
    expect(conditions({ ...on, ...totpOn }, plainPool, { ...on, ...totpOn })).toBe('');
    expect(conditions(totpOnly, plainPool)).toBe('');
  });
});
