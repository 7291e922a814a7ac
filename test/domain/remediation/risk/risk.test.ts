import { describe, expect, test } from 'vitest';
import { mfaConfigMembers, type Shape } from '../../../../src/domain/model/api/api-model.ts';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { objectAt } from '../../../../src/domain/model/api/api-values.ts';
import { risks } from '../../../../src/domain/model/risk.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { highestRisk, assessTransitions } from '../../../../src/domain/remediation/risk/risk.ts';
import { riskTable, type Case } from '../../../../src/domain/remediation/risk/risk-table.ts';
import { changeContextOf } from '../../../../src/domain/remediation/risk/risk-conditions.ts';
import { plainPool, smsBlock, smsPool, totpOn } from '../a-plan.ts';

const passkeyFirst = firstFactors('PASSWORD', 'WEB_AUTHN');
const sesPool = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
const email = { EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' } };
const sms = { SmsMfaConfiguration: smsBlock };
const optional = { MfaConfiguration: 'OPTIONAL' };
const on = { MfaConfiguration: 'ON' };
const off = { MfaConfiguration: 'OFF' };
const verifying = passkey({ FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' });

type Row = readonly [string, JsonObject, JsonObject, JsonObject, string | null];

/** The contract's table, row by row: before, after, the pool's settings, and the highest risk. */
const rows: readonly Row[] = [
  ['OFF → OPTIONAL, passwords alone', off, { ...optional, ...totpOn }, plainPool, 'tightening'],
  ['OFF → OPTIONAL, passkeys as first factor', off, { ...optional, ...totpOn }, passkeyFirst, 'disruptive'],
  [
    'OFF → OPTIONAL, one-time passwords',
    off,
    { ...optional, ...totpOn },
    firstFactors('PASSWORD', 'SMS_OTP'),
    'disruptive',
  ],
  ['OFF → OPTIONAL, an SMS configuration', off, { ...optional, ...totpOn }, smsPool, 'disruptive'],
  ['OFF → OPTIONAL, own SES sender', off, { ...optional, ...totpOn }, sesPool, 'disruptive'],
  [
    'OFF → OPTIONAL, own SES sender, plan not told',
    off,
    { ...optional, ...totpOn },
    without(sesPool, 'UserPoolTier'),
    'disruptive',
  ],
  [
    'OFF → OPTIONAL, own SES sender on LITE',
    off,
    { ...optional, ...totpOn },
    { ...sesPool, UserPoolTier: 'LITE' },
    'tightening',
  ],
  ['OFF → ON', off, { ...on, ...totpOn }, plainPool, 'disruptive'],
  ['OPTIONAL → ON', { ...optional, ...totpOn }, { ...on, ...totpOn }, plainPool, 'disruptive'],
  ['ON → OPTIONAL', { ...on, ...totpOn }, { ...optional, ...totpOn }, plainPool, 'weakening'],
  ['ON → OFF', { ...on, ...totpOn }, off, plainPool, 'weakening'],
  ['OPTIONAL → OFF', { ...optional, ...totpOn }, off, plainPool, 'weakening'],
  ['TOTP on beside OPTIONAL', { ...optional, ...sms }, { ...optional, ...sms, ...totpOn }, smsPool, 'tightening'],
  ['TOTP on beside ON', { ...on, ...sms }, { ...on, ...sms, ...totpOn }, smsPool, 'disruptive'],
  ['TOTP off', { ...optional, ...sms, ...totpOn }, { ...optional, ...sms }, smsPool, 'weakening'],
  [
    'TOTP off, a verifying passkey remains',
    { ...optional, ...sms, ...totpOn, ...verifying },
    { ...optional, ...sms, ...verifying },
    { ...smsPool, ...passkeyFirst },
    'disruptive',
  ],
  [
    'TOTP off, a passkey that is no first factor',
    { ...optional, ...sms, ...totpOn, ...verifying },
    { ...optional, ...sms, ...verifying },
    smsPool,
    'weakening',
  ],
  ['SMS as the first factor', off, { ...off, ...optional, ...sms }, plainPool, 'disruptive'],
  ['SMS beside TOTP', { ...optional, ...totpOn }, { ...optional, ...totpOn, ...sms }, plainPool, 'weakening'],
  ['SMS beside e-mail alone', { ...optional, ...email }, { ...optional, ...email, ...sms }, sesPool, null],
  ['SMS removed', { ...optional, ...totpOn, ...sms }, { ...optional, ...totpOn }, plainPool, 'disruptive'],
  [
    'SMS text',
    { ...optional, ...sms },
    { ...optional, ...withSms({ SmsAuthenticationMessage: '{####}!!' }) },
    smsPool,
    'disruptive',
  ],
  [
    'SMS role',
    { ...optional, ...sms },
    { ...optional, ...withSender({ SnsCallerArn: 'arn:aws:iam::1:role/b', ExternalId: 'b' }) },
    smsPool,
    'disruptive',
  ],
  [
    'SMS region',
    { ...optional, ...sms },
    { ...optional, ...withSender({ SnsRegion: 'us-east-1' }) },
    smsPool,
    'disruptive',
  ],
  [
    'SMS external id alone',
    { ...optional, ...sms },
    { ...optional, ...withSender({ ExternalId: 'b' }) },
    smsPool,
    'disruptive',
  ],
  ['e-mail as the first factor', off, { ...optional, ...email }, { ...sesPool, UserPoolTier: 'LITE' }, 'disruptive'],
  [
    'e-mail beside a verifying passkey',
    { ...optional, ...sms, ...verifying },
    { ...optional, ...sms, ...verifying, ...email },
    { ...smsPool, ...passkeyFirst },
    'weakening',
  ],
  [
    'e-mail text',
    { ...optional, ...email },
    { ...optional, EmailMfaConfiguration: { Message: 'New {####}', Subject: 'Sign in' } },
    sesPool,
    'disruptive',
  ],
  ['e-mail removed', { ...optional, ...totpOn, ...email }, { ...optional, ...totpOn }, plainPool, 'disruptive'],
  ['relying party, new', off, { ...off, ...passkey({ RelyingPartyId: 'a.example' }) }, plainPool, 'tightening'],
  [
    'relying party, new, with verification',
    off,
    { ...off, ...passkey({ RelyingPartyId: 'a.example', UserVerification: 'required' }) },
    plainPool,
    'tightening',
  ],
  [
    'relying party, another',
    { ...off, ...passkey({ RelyingPartyId: 'a.example' }) },
    { ...off, ...passkey({ RelyingPartyId: 'b.example' }) },
    plainPool,
    'disruptive',
  ],
  ['relying party, none', { ...off, ...passkey({ RelyingPartyId: 'a.example' }) }, off, plainPool, 'weakening'],
  [
    'verification, new, of a known relying party',
    { ...off, ...passkey({ RelyingPartyId: 'a.example' }) },
    { ...off, ...passkey({ RelyingPartyId: 'a.example', UserVerification: 'required' }) },
    plainPool,
    null,
  ],
  [
    'preferred → required',
    { ...off, ...passkey({ UserVerification: 'preferred' }) },
    { ...off, ...passkey({ UserVerification: 'required' }) },
    plainPool,
    'disruptive',
  ],
  [
    'required → preferred',
    { ...off, ...passkey({ UserVerification: 'required' }) },
    { ...off, ...passkey({ UserVerification: 'preferred' }) },
    plainPool,
    'weakening',
  ],
  ['required → nothing', { ...off, ...passkey({ UserVerification: 'required' }) }, off, plainPool, null],
  ['SINGLE → MULTI', off, { ...off, ...verifying }, plainPool, 'disruptive'],
  ['MULTI → SINGLE', { ...off, ...verifying }, off, plainPool, 'weakening'],
];

describe('risk', () => {
  test.each(leaves({ members: mfaConfigMembers.SmsMfaConfiguration.members }))(
    'of SMS %s, coming, changing and going, is disruptive',
    (path) => {
      const [bare, one, other] = [{}, at(path, 'one'), at(path, 'other')].map((block) => ({
        ...optional,
        SmsMfaConfiguration: block,
      }));
      for (const [before, after] of [
        [bare, one],
        [one, other],
        [other, bare],
      ] as const) {
        const judged = assessTransitions(changeContextOf(before ?? {}, after ?? {}, settingsOf(smsPool, 'eu-west-1')));
        expect(judged).toMatchObject([{ field: `SmsMfaConfiguration.${path}`, risk: 'disruptive' }]);
      }
    },
  );

  test.each(rows)('%s', (_, before, after, pool, risk) => {
    const judged = assessTransitions(changeContextOf(before, after, settingsOf(pool, 'eu-west-1')));
    const taken = judged.flatMap((each) => each.risk ?? []);
    expect(judged).not.toEqual([]);
    expect(taken.length === judged.length ? highestRisk(taken) : null).toBe(risk);
  });

  test('of each name is that of some change', () => {
    const cases = Object.values(riskTable).flatMap((changes) => Object.values<readonly Case[]>(changes).flat());
    expect(new Set(cases.map(({ risk }) => risk))).toEqual(new Set(risks));
  });

  test('of a change is the highest of its entries, each with its reason', () => {
    const after = { ...on, ...totpOn, ...passkey({ RelyingPartyId: 'a.example', UserVerification: 'required' }) };
    const judged = assessTransitions(changeContextOf(off, after, settingsOf(plainPool, 'eu-west-1')));
    expect(judged.map(({ field, risk }) => [field, risk])).toEqual([
      ['MfaConfiguration', 'disruptive'],
      ['SoftwareTokenMfaConfiguration', 'tightening'],
      ['WebAuthnConfiguration.RelyingPartyId', 'tightening'],
      ['WebAuthnConfiguration.UserVerification', 'tightening'],
    ]);
    for (const { reasons } of judged) expect(reasons).not.toEqual([]);
  });

  test('says every reason that makes it so', () => {
    const pool = { ...smsPool, ...sesPool, ...passkeyFirst, SmsConfiguration: smsBlock['SmsConfiguration'] ?? null };
    const settings = settingsOf({ ...pool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }, 'eu-west-1');
    const [mode] = assessTransitions(changeContextOf(off, { ...optional, ...totpOn }, settings));
    expect(mode?.reasons).toHaveLength(3);
  });

  test('of factor blocks that wait beside OFF is none: leaving them out is not a change', () => {
    const before = { ...off, ...totpOn, ...sms, ...email };
    expect(assessTransitions(changeContextOf(before, off, settingsOf(smsPool, 'eu-west-1')))).toEqual([]);
  });
});

function leaves(shape: Shape, path = ''): readonly string[] {
  if (typeof shape !== 'object' || !('members' in shape)) return [path];
  return Object.entries(shape.members).flatMap(([name, inner]) =>
    leaves(inner, path === '' ? name : `${path}.${name}`),
  );
}

function at(path: string, value: string): JsonObject {
  return path.split('.').reduceRight<JsonObject | string>((inner, name) => ({ [name]: inner }), value) as JsonObject;
}

function firstFactors(...factors: readonly string[]): JsonObject {
  return { ...plainPool, Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } } };
}

function passkey(members: JsonObject): JsonObject {
  return { WebAuthnConfiguration: members };
}

function withSms(members: JsonObject): JsonObject {
  return { SmsMfaConfiguration: { ...smsBlock, ...members } };
}

function withSender(members: JsonObject): JsonObject {
  return withSms({ SmsConfiguration: { ...objectAt(smsBlock, 'SmsConfiguration'), ...members } });
}

function without(pool: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(pool).filter(([member]) => member !== name));
}
