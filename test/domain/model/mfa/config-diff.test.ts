import { describe, expect, test } from 'vitest';
import { readingDifferences, stateDifferences } from '../../../../src/domain/model/mfa/config-diff.ts';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';

const off: JsonObject = { MfaConfiguration: 'OFF' };
const on: JsonObject = { MfaConfiguration: 'ON' };
const sms: JsonObject = { SmsAuthenticationMessage: 'Code {####}', SmsConfiguration: { SnsCallerArn: 'arn' } };

describe('two answers', () => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'with their members in another order',
      { MfaConfiguration: 'ON', a: [1, { b: 2 }] },
      { a: [1, { b: 2 }], MfaConfiguration: 'ON' },
    ],
    ['of which one leaves TOTP out', on, { ...on, SoftwareTokenMfaConfiguration: { Enabled: false } }],
    ['of which one has an empty TOTP block', on, { ...on, SoftwareTokenMfaConfiguration: {} }],
    [
      'of which one leaves the default factor out',
      on,
      { ...on, WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } },
    ],
    ['with equal lists', { a: ['x', 'y'] }, { a: ['x', 'y'] }],
  ])('%s read alike', (_what, from, to) => {
    expect(readingDifferences(from, to)).toEqual([]);
    expect(readingDifferences(to, from)).toEqual([]);
  });

  test('differ by single members, in the order of their paths', () => {
    const to = { SmsMfaConfiguration: sms, EmailMfaConfiguration: {}, MfaConfiguration: 'ON', a: 1 };
    expect(readingDifferences({ ...off, b: 1 }, to)).toEqual([
      { path: 'EmailMfaConfiguration', from: null, to: {} },
      { path: 'MfaConfiguration', from: 'OFF', to: 'ON' },
      { path: 'SmsMfaConfiguration.SmsAuthenticationMessage', from: null, to: 'Code {####}' },
      { path: 'SmsMfaConfiguration.SmsConfiguration.SnsCallerArn', from: null, to: 'arn' },
      { path: 'a', from: null, to: 1 },
      { path: 'b', from: 1, to: null },
    ]);
  });

  test('show the default of what one of them leaves out', () => {
    const verifying = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };
    expect(
      readingDifferences({ ...on, SoftwareTokenMfaConfiguration: { Enabled: true } }, { ...on, ...verifying }),
    ).toEqual([
      { path: 'SoftwareTokenMfaConfiguration.Enabled', from: true, to: false },
      {
        path: 'WebAuthnConfiguration.FactorConfiguration',
        from: 'SINGLE_FACTOR',
        to: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    ]);
  });

  test.each<[JsonObject, JsonObject]>([
    [{ a: {} }, { a: 'x' }],
    [{ a: 'x' }, { a: { b: 1 } }],
    [{ a: ['x'] }, { a: ['y'] }],
    [{ a: ['x'] }, { a: { 0: 'x' } }],
  ])('%j and %j differ as a whole', (from, to) => {
    expect(readingDifferences(from, to)).toEqual([{ path: 'a', from: from['a'], to: to['a'] }]);
  });
});

describe('two states', () => {
  const ownSender = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' }, UserPoolTier: 'PLUS' };
  const paths = (from: JsonObject, to: JsonObject, pool: JsonObject = {}) =>
    stateDifferences(from, to, settingsOf(pool, 'eu-west-1')).map(({ path }) => path);

  test('beside OFF are the same, whatever factor waits there', () => {
    const waiting = {
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: sms,
      EmailMfaConfiguration: {},
    };
    expect(paths(off, { ...off, ...waiting })).toEqual([]);
    expect(paths(off, { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } })).toEqual([
      'WebAuthnConfiguration.RelyingPartyId',
    ]);
    expect(paths(on, { ...on, SoftwareTokenMfaConfiguration: { Enabled: true } })).toEqual([
      'SoftwareTokenMfaConfiguration.Enabled',
    ]);
  });

  test('are the same with an empty e-mail block, where e-mail is a factor by itself', () => {
    const shown = { ...on, EmailMfaConfiguration: {} };
    expect(paths(on, shown, ownSender)).toEqual([]);
    expect(paths(on, shown)).toEqual(['EmailMfaConfiguration']);
    const text = { ...on, EmailMfaConfiguration: { Message: 'Code {####}' } };
    expect(paths(on, text, ownSender)).toEqual(['EmailMfaConfiguration.Message']);
    expect(paths(on, { ...on, EmailMfaConfiguration: 'x' }, ownSender)).toEqual(['EmailMfaConfiguration']);
  });
});
