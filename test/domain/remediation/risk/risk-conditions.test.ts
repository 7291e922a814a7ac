import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import {
  conditions,
  changeContextOf,
  type ConditionName,
} from '../../../../src/domain/remediation/risk/risk-conditions.ts';
import { off, plainPool, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const on = { MfaConfiguration: 'ON' };
const optional = { MfaConfiguration: 'OPTIONAL' };
const sms = { SmsMfaConfiguration: smsBlock };
const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
const sesPool = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
const passkeyPool = {
  ...plainPool,
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
};
const passwordPool = { ...plainPool, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } };
const verifying = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };
const relying = (RelyingPartyId: string) => ({ WebAuthnConfiguration: { RelyingPartyId } });

type Row = readonly [holds: boolean, before: JsonObject, after: JsonObject, userPool: JsonObject];

/** For each claim of the risk table: situations in which it is true, and those a small step away in which it is not. */
const claims: Readonly<Record<ConditionName, readonly Row[]>> = {
  'sms-configured': [
    [true, off, optional, smsPool],
    [true, { ...off, ...sms }, optional, plainPool],
    [false, off, { ...optional, ...sms }, plainPool],
    [true, off, optional, { ...plainPool, SmsConfiguration: { WhatsApp: {} } }],
    [false, off, optional, { ...plainPool, SmsConfiguration: { ExternalId: 'x' } }],
    [false, { ...off, SmsMfaConfiguration: { SmsAuthenticationMessage: 'Code {####}' } }, optional, plainPool],
  ],
  'email-automatic': [
    [true, off, optional, sesPool],
    [true, { ...off, ...email }, optional, plainPool],
    [false, off, { ...optional, ...email }, plainPool],
    [false, off, optional, { ...sesPool, UserPoolTier: 'LITE' }],
  ],
  'other-first-factors': [
    [true, off, optional, passkeyPool],
    [false, off, optional, passwordPool],
    [false, off, optional, plainPool],
  ],
  'mode-stays-optional': [
    [true, optional, totpOnly, plainPool],
    [false, off, optional, plainPool],
    [false, optional, on, plainPool],
  ],
  'mode-comes-from-off': [
    [true, off, optional, plainPool],
    [true, off, on, plainPool],
    [false, off, off, plainPool],
    [false, optional, on, plainPool],
  ],
  'mode-is-on': [
    [true, on, on, plainPool],
    [true, on, off, plainPool],
    [true, optional, on, plainPool],
    [false, off, on, plainPool],
    [false, optional, optional, plainPool],
  ],
  'passkey-factor-remains': [
    [true, off, { ...optional, ...verifying }, passkeyPool],
    [false, off, { ...optional, ...verifying }, passwordPool],
    [false, { ...optional, ...verifying }, optional, passkeyPool],
  ],
  'strong-factor-there': [
    [true, totpOnly, optional, plainPool],
    [true, { ...optional, ...verifying }, optional, passkeyPool],
    [false, { ...off, ...totpOn }, optional, plainPool],
    [false, { ...optional, ...verifying }, optional, passwordPool],
    [false, { ...optional, ...sms }, optional, smsPool],
  ],
  'no-factor-there': [
    [true, off, optional, plainPool],
    [true, { ...off, ...sms, ...totpOn }, optional, smsPool],
    [true, optional, optional, plainPool],
    [false, { ...optional, ...sms }, optional, plainPool],
    [false, optional, optional, smsPool],
    [false, { ...optional, ...email }, optional, plainPool],
    [false, optional, optional, sesPool],
    [false, totpOnly, optional, plainPool],
    [false, { ...optional, ...verifying }, optional, passkeyPool],
  ],
  'relying-party-new': [
    [true, off, { ...off, ...relying('a.example') }, plainPool],
    [false, off, off, plainPool],
    [false, { ...off, ...relying('a.example') }, { ...off, ...relying('b.example') }, plainPool],
    [false, { ...off, ...relying('a.example') }, off, plainPool],
  ],
};

describe.each(Object.keys(claims) as ConditionName[])('"%s"', (name) => {
  test.each(claims[name])('is %s from %j to %j in %j', (holds, before, after, userPool) => {
    const situation = changeContextOf(before, after, settingsOf(userPool, 'eu-west-1'));
    expect(conditions[name].holds(situation)).toBe(holds);
  });
});

test('every claim completes "where …", each in its own words', () => {
  const words = Object.values(conditions).map(({ says }) => says);
  expect(new Set(words).size).toBe(words.length);
  for (const says of words) expect(says).toMatch(/^\w.*[^.]$/);
});
