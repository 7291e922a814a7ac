import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { readingDifferences, stateDifferences } from '../../../../src/domain/model/mfa/config-diff.ts';
import {
  callExplains,
  driftSincePlan,
  unaskedObjections,
  readBackDifferences,
} from '../../../../src/domain/remediation/plan/verification.ts';
import { aReading, aRequest, changeIn, off, plainPool, plan, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const requested = [aRequest('MfaConfiguration', 'OPTIONAL'), aRequest('SoftwareTokenMfaConfiguration.Enabled', true)];
const passkeys = { WebAuthnConfiguration: { RelyingPartyId: 'a.example', UserVerification: 'required' } };
const sesPool = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
const settings = settingsOf(plainPool, 'eu-west-1');

describe('two configurations read alike', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['absent TOTP and Enabled: false', off, { ...off, SoftwareTokenMfaConfiguration: { Enabled: false } }],
    ['absent TOTP and an empty block', off, { ...off, SoftwareTokenMfaConfiguration: {} }],
    [
      'absent FactorConfiguration and SINGLE_FACTOR',
      off,
      { ...off, WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } },
    ],
    ['another order of members', { a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 }],
    ['null and nothing', off, { ...off, EmailMfaConfiguration: null }],
  ])('%s', (_, a, b) => {
    expect(readingDifferences(a, b)).toEqual([]);
    expect(readingDifferences(b, a)).toEqual([]);
  });

  test.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['an empty e-mail block', totpOnly, { ...totpOnly, EmailMfaConfiguration: {} }, ['EmailMfaConfiguration']],
    ['a member that no model knows', totpOnly, { ...totpOnly, New: { Deep: 1 } }, ['New.Deep']],
    ['a text', { ...off, a: 'x' }, { ...off, a: 'y' }, ['a']],
  ])('but not %s', (_, a, b, paths) => {
    expect(readingDifferences(a, b).map(({ path }) => path)).toEqual(paths);
  });

  test('as a state of the pool, whatever the service shows beside OFF or of automatic e-mail', () => {
    expect(stateDifferences(off, { ...off, ...totpOn, SmsMfaConfiguration: smsBlock }, settings)).toEqual([]);
    const shown = { ...totpOnly, EmailMfaConfiguration: {} };
    expect(stateDifferences(totpOnly, shown, settingsOf(sesPool, 'eu-west-1'))).toEqual([]);
    expect(stateDifferences(totpOnly, shown, settings)).not.toEqual([]);
  });
});

test('a member that no model knows is told, also in a block that does not count beside OFF', () => {
  const change = changeIn(
    plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'OFF')], {}, { allow: ['weakening'] }),
  );
  expect(readBackDifferences(change, { ...off, SmsMfaConfiguration: { Sandbox: true } }, plainPool)).toEqual([
    { path: 'SmsMfaConfiguration.Sandbox', from: null, to: true },
  ]);
});

describe('a call explains what is read after it', () => {
  const call = { UserPoolId: 'p', ...totpOnly, ...passkeys };

  test.each<[boolean, string, JsonObject]>([
    [true, 'all that was sent', { ...totpOnly, ...passkeys }],
    [true, 'that and an e-mail block that may come by itself', { ...totpOnly, ...passkeys, EmailMfaConfiguration: {} }],
    [false, 'less', totpOnly],
    [false, 'another mode', { ...totpOnly, ...passkeys, MfaConfiguration: 'ON' }],
    [false, 'more', { ...totpOnly, ...passkeys, SmsMfaConfiguration: smsBlock }],
  ])('%s: %s', (explains, _what, after) => {
    expect(callExplains(call, after, 'eu-west-1')).toBe(explains);
  });
});

test('a call whose reasons make no configuration was asked for by none of them', () => {
  const { call, because } = changeIn(plan(aReading(off), requested));
  const edited = [...because, ...because].map((one) => ({ ...one, to: 7 }));
  const pool = { ...aReading(off), userPool: plainPool };
  expect(unaskedObjections({ call, because: edited }, pool)).toEqual([
    {
      code: 'unasked-change',
      message:
        'The call is not what its reasons ask for: MfaConfiguration, SoftwareTokenMfaConfiguration.Enabled. Make a new plan.',
    },
  ]);
});

describe('a change', () => {
  const change = changeIn(plan(aReading({ ...off, ...passkeys }), requested));
  const paths = (readBack: JsonObject): readonly string[] =>
    readBackDifferences(change, readBack, plainPool).map(({ path }) => path);

  test('is verified where every asked path reads as asked and all else as before', () => {
    expect(paths({ ...totpOnly, ...passkeys })).toEqual([]);
    const spelled = {
      WebAuthnConfiguration: { ...passkeys.WebAuthnConfiguration, FactorConfiguration: 'SINGLE_FACTOR' },
    };
    expect(paths({ ...totpOnly, ...spelled })).toEqual([]);
  });

  test.each<[string, JsonObject, readonly string[]]>([
    [
      'an asked path reads otherwise',
      { ...off, ...totpOn, ...passkeys },
      ['MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled'],
    ],
    [
      'something that was there is gone',
      totpOnly,
      ['WebAuthnConfiguration.RelyingPartyId', 'WebAuthnConfiguration.UserVerification'],
    ],
    [
      'something that was there is another',
      { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example', UserVerification: 'preferred' } },
      ['WebAuthnConfiguration.UserVerification'],
    ],
    [
      'a member is new',
      { ...totpOnly, ...passkeys, SmsMfaConfiguration: { SmsConfiguration: { SnsRegion: 'eu-west-1' } } },
      ['SmsMfaConfiguration.SmsConfiguration.SnsRegion'],
    ],
    [
      'a member is new that no model knows',
      { ...totpOnly, WebAuthnConfiguration: { ...passkeys.WebAuthnConfiguration, Attestation: 'direct' } },
      ['WebAuthnConfiguration.Attestation'],
    ],
  ])('is not verified where %s', (_, readBack, expected) => {
    expect(paths(readBack)).toEqual(expected);
  });

  test('to OFF is not verified while a new member hides in a block that OFF leaves out of sight', () => {
    const toOff = changeIn(
      plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'OFF')], {}, { allow: ['weakening'] }),
    );
    const sms = { SmsMfaConfiguration: { ...smsBlock, Fallback: true } };
    expect(readBackDifferences(toOff, { ...off, ...sms }, smsPool).map(({ path }) => path)).toEqual([
      'SmsMfaConfiguration.Fallback',
    ]);
  });

  test('is stale once the pool reads otherwise than planned, in a block beside OFF too', () => {
    expect(driftSincePlan(change, { ...passkeys, ...off })).toEqual([]);
    expect(driftSincePlan(change, { ...off, ...passkeys, SmsMfaConfiguration: smsBlock })).not.toEqual([]);
  });
});
