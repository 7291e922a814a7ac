import { describe, expect, it } from 'vitest';
import { settingsOfSubject, usableFactors } from '../../../../src/domain/model/mfa/factors.ts';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { mfaStateOf } from '../../../../src/domain/model/mfa/mfa-state.ts';
import { aSubject, aPool, unread } from '../../a-pool.ts';

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const smsBlock = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } } };
const verifying = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };
const firstFactors = (...names: string[]): JsonObject => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: names } },
});
const ownSender = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };

describe('the factors that a user can really use', () => {
  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['an untouched pool', { MfaConfiguration: 'OFF' }, {}, []],
    ['an authenticator app', { MfaConfiguration: 'OPTIONAL', ...totp }, {}, ['totp']],
    ['an authenticator app while the mode is OFF', { MfaConfiguration: 'OFF', ...totp }, {}, []],
    [
      'an app that is switched off',
      { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: false } },
      {},
      [],
    ],
    ['SMS of the MFA configuration', { MfaConfiguration: 'ON', ...smsBlock }, {}, ['sms']],
    [
      'SMS of the pool alone',
      { MfaConfiguration: 'ON', ...totp },
      { SmsConfiguration: { SnsCallerArn: 'x' } },
      ['totp', 'sms'],
    ],
    ['an SMS block without a configuration', { MfaConfiguration: 'ON', SmsMfaConfiguration: {} }, {}, []],
    ['SMS that lingers while the mode is OFF', { MfaConfiguration: 'OFF', ...smsBlock }, {}, []],
    ['an e-mail block', { MfaConfiguration: 'ON', EmailMfaConfiguration: {} }, {}, ['email']],
    [
      'an own sender on Essentials',
      { MfaConfiguration: 'ON', ...totp },
      { ...ownSender, UserPoolTier: 'ESSENTIALS' },
      ['totp', 'email'],
    ],
    [
      'an own sender on Plus',
      { MfaConfiguration: 'ON', ...totp },
      { ...ownSender, UserPoolTier: 'PLUS' },
      ['totp', 'email'],
    ],
    ['an own sender on Lite', { MfaConfiguration: 'ON', ...totp }, { ...ownSender, UserPoolTier: 'LITE' }, ['totp']],
    [
      'the default sender',
      { MfaConfiguration: 'ON', ...totp },
      { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' }, UserPoolTier: 'PLUS' },
      ['totp'],
    ],
    [
      'a verifying passkey',
      { MfaConfiguration: 'ON', ...totp, ...verifying },
      firstFactors('PASSWORD', 'WEB_AUTHN'),
      ['totp', 'passkey'],
    ],
    [
      'a verifying passkey while the mode is OFF',
      { MfaConfiguration: 'OFF', ...verifying },
      firstFactors('WEB_AUTHN'),
      ['passkey'],
    ],
    [
      'a verifying passkey that no sign-in admits',
      { MfaConfiguration: 'ON', ...totp, ...verifying },
      firstFactors('PASSWORD'),
      ['totp'],
    ],
    ['a verifying passkey without a sign-in policy', { MfaConfiguration: 'ON', ...totp, ...verifying }, {}, ['totp']],
    [
      'a passkey that is one factor',
      { MfaConfiguration: 'ON', ...totp, WebAuthnConfiguration: { RelyingPartyId: 'x.test' } },
      firstFactors('WEB_AUTHN'),
      ['totp'],
    ],
  ])('%s', (_name, config, userPool, usable) => {
    const result = usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, userPool)));
    expect(result.usable).toEqual(usable);
    expect([...result.unknown]).toEqual([]);
  });

  it.each<[string, JsonObject, JsonObject, readonly string[], readonly string[]]>([
    ['mode', { MfaConfiguration: 'ADAPTIVE', ...totp, ...smsBlock }, {}, [], ['totp', 'sms']],
    [
      'kind of passkey',
      { MfaConfiguration: 'ON', ...totp, WebAuthnConfiguration: { FactorConfiguration: 'ATTESTED' } },
      firstFactors('WEB_AUTHN'),
      ['totp'],
      ['passkey'],
    ],
    ['plan', { MfaConfiguration: 'ON', ...totp }, { ...ownSender, UserPoolTier: 'ULTRA' }, ['totp'], ['email']],
    [
      'way to send SMS',
      { MfaConfiguration: 'ON', ...totp },
      { SmsConfiguration: { WhatsApp: { CallerArn: 'x' } } },
      ['totp'],
      ['sms'],
    ],
    [
      'way to send SMS, in the MFA configuration',
      { MfaConfiguration: 'ON', ...totp, SmsMfaConfiguration: { SmsConfiguration: { WhatsApp: {} } } },
      {},
      ['totp'],
      ['sms'],
    ],
    ['plan that is not said', { MfaConfiguration: 'ON', ...totp }, ownSender, ['totp'], ['email']],
    [
      'sender',
      { MfaConfiguration: 'ON', ...totp },
      { EmailConfiguration: { EmailSendingAccount: 'PARTNER' }, UserPoolTier: 'PLUS' },
      ['totp'],
      ['email'],
    ],
  ])('are not known by a new %s', (_name, config, userPool, usable, unknown) => {
    const result = usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, userPool)));
    expect(result.usable).toEqual(usable);
    expect([...result.unknown.keys()]).toEqual(unknown);
  });

  it.each<[string, JsonObject, JsonObject, 'totp' | 'passkey' | 'sms' | 'email']>([
    ['MfaConfiguration "ADAPTIVE"', { MfaConfiguration: 'ADAPTIVE', ...totp }, {}, 'totp'],
    [
      'FactorConfiguration "ATTESTED"',
      { MfaConfiguration: 'OFF', WebAuthnConfiguration: { FactorConfiguration: 'ATTESTED' } },
      firstFactors('WEB_AUTHN'),
      'passkey',
    ],
    [
      'SmsConfiguration ["ExternalId","WhatsApp"]',
      { MfaConfiguration: 'ON' },
      { SmsConfiguration: { WhatsApp: {}, ExternalId: 'secret' } },
      'sms',
    ],
    ['UserPoolTier "ULTRA"', { MfaConfiguration: 'ON' }, { ...ownSender, UserPoolTier: 'ULTRA' }, 'email'],
    [
      'EmailSendingAccount "PARTNER"',
      { MfaConfiguration: 'ON' },
      { EmailConfiguration: { EmailSendingAccount: 'PARTNER' }, UserPoolTier: 'PLUS' },
      'email',
    ],
  ])('say which word is new: %s', (word, config, userPool, factor) => {
    expect(
      usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, userPool))).unknown.get(factor),
    ).toEqual({
      what: `what ${word} means`,
      failure: {
        code: 'expectation-unreadable',
        message: 'a new word of AWS',
        remedy: expect.stringContaining('Use a newer version of mfa-drift'),
      },
    });
  });

  it('say that the plan is not said, for which nothing failed', () => {
    const config = { MfaConfiguration: 'ON' };
    expect(
      usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, ownSender))).unknown.get('email'),
    ).toEqual({
      what: 'the feature plan (UserPoolTier), which is not said',
      failure: null,
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['no mode', totp, {}],
    [
      'a passkey that is said to be one factor',
      { MfaConfiguration: 'OFF', WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } },
      firstFactors('WEB_AUTHN'),
    ],
    [
      'SMS configurations that are empty',
      { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: {} } },
      { SmsConfiguration: {} },
    ],
    [
      'SMS configurations without a role to send with',
      { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: { ExternalId: 'x' } } },
      { SmsConfiguration: { SnsCallerArn: '', SnsRegion: 'eu-west-1' } },
    ],
    [
      'an SMS configuration for End User Messaging without a role',
      { MfaConfiguration: 'ON' },
      { SmsConfiguration: { EumsSms: { OriginationIdentity: '+12065550100' } } },
    ],
  ])('are none with %s', (_name, config, userPool) => {
    const result = usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, userPool)));
    expect([result.usable, [...result.unknown]]).toEqual([[], []]);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['mode, where no factor is set', { MfaConfiguration: 'ADAPTIVE' }, {}],
    [
      'kind of passkey, where no sign-in admits it',
      { MfaConfiguration: 'OFF', WebAuthnConfiguration: { FactorConfiguration: 'ATTESTED' } },
      firstFactors('PASSWORD'),
    ],
    ['plan, where Cognito sends the e-mails', { MfaConfiguration: 'ON' }, { UserPoolTier: 'ULTRA' }],
    [
      'sender, on Lite',
      { MfaConfiguration: 'ON' },
      { EmailConfiguration: { EmailSendingAccount: 'PARTNER' }, UserPoolTier: 'LITE' },
    ],
  ])('are none, by whatever new %s', (_name, config, userPool) => {
    const result = usableFactors(mfaStateOf(config), settingsOfSubject(aSubject(config, userPool)));
    expect([result.usable, [...result.unknown]]).toEqual([[], []]);
  });

  it.each<[string, JsonObject, readonly string[], readonly string[]]>([
    ['mode OFF needs no description', { MfaConfiguration: 'OFF' }, [], []],
    ['SMS may be configured on the pool', { MfaConfiguration: 'ON', ...totp }, ['totp'], ['sms', 'email']],
    ['SMS is there already', { MfaConfiguration: 'ON', ...smsBlock }, ['sms'], ['email']],
    [
      'a verifying passkey may not be admitted',
      { MfaConfiguration: 'ON', ...totp, ...verifying, ...smsBlock, EmailMfaConfiguration: {} },
      ['totp', 'sms', 'email'],
      ['passkey'],
    ],
  ])('without DescribeUserPool, %s', (_name, config, usable, unknown) => {
    const pool = aPool(config, { userPool: unread });
    const result = usableFactors(mfaStateOf(config), settingsOfSubject({ pool }));
    expect(result.usable).toEqual(usable);
    expect([...result.unknown.keys()]).toEqual(unknown);
  });
});
