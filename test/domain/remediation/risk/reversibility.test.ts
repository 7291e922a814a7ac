import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { aReading, aRequest, changeIn, off, plainPool, plan, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const allowed = { allow: ['weakening'] } as const;
const passkeys = { RelyingPartyId: 'a.example', UserVerification: 'preferred' };

function planned(
  config: JsonObject,
  requested: readonly ReturnType<typeof aRequest>[],
  userPool: JsonObject = plainPool,
) {
  return changeIn(plan(aReading(config, { userPool }), requested, {}, allowed));
}

const sesPool: JsonObject = {
  ...plainPool,
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
};

describe('reversible', () => {
  test('full: what was there comes back equal, and nobody loses a registration', () => {
    expect(planned(totpOnly, [aRequest('MfaConfiguration', 'ON')])).toMatchObject({ reversible: 'full', lost: [] });
    const config = { MfaConfiguration: 'ON', SmsMfaConfiguration: smsBlock };
    const text = aRequest('SmsMfaConfiguration.SmsAuthenticationMessage', 'Use {####}');
    expect(planned(config, [text], smsPool)).toMatchObject({ reversible: 'full', lost: [] });
  });

  test('at most partial: going back drops a factor block', () => {
    const requested = [
      aRequest('MfaConfiguration', 'OPTIONAL'),
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
    ];
    expect(planned(off, requested)).toMatchObject({
      reversible: 'partial',
      lost: ['Authenticator apps that users register until then may be lost.'],
    });
    expect(planned(off, requested, smsPool)).toMatchObject({
      reversible: 'partial',
      lost: [
        'Authenticator apps that users register until then may be lost.',
        'SMS stops being a factor for users who chose it until then, and its text may be lost.',
      ],
    });
  });

  test('at most partial: the change itself drops a factor', () => {
    const config = { MfaConfiguration: 'ON', ...totpOn, SmsMfaConfiguration: smsBlock };
    expect(planned(config, [aRequest('SoftwareTokenMfaConfiguration.Enabled', false)], smsPool)).toMatchObject({
      reversible: 'partial',
      lost: ["Whether users' authenticator apps outlive TOTP being off is not documented."],
    });
    expect(planned(totpOnly, [aRequest('MfaConfiguration', 'OFF')])).toMatchObject({
      reversible: 'partial',
      lost: [
        "Whether users' authenticator apps outlive TOTP being off is not documented.",
        'Whether users keep their second factors while MFA is OFF is not documented.',
      ],
    });
  });

  test('at most partial: a text that waits beside OFF may not survive the call', () => {
    const config = { ...off, SmsMfaConfiguration: smsBlock, WebAuthnConfiguration: passkeys };
    expect(planned(config, [aRequest('WebAuthnConfiguration.UserVerification', 'required')], smsPool)).toMatchObject({
      reversible: 'partial',
      lost: ['The SMS text that waits beside OFF may be dropped, and Cognito takes none back while MFA is OFF.'],
    });
  });

  test('at most partial: an e-mail text that waits beside OFF does not survive the call, and an empty block loses none', () => {
    const requested = [aRequest('WebAuthnConfiguration.UserVerification', 'required')];
    const waiting = (EmailMfaConfiguration: JsonObject) => ({
      ...off,
      EmailMfaConfiguration,
      WebAuthnConfiguration: passkeys,
    });
    expect(planned(waiting({ Message: 'Code {####}' }), requested, sesPool)).toMatchObject({
      reversible: 'partial',
      lost: ['The e-mail text that waits beside OFF is dropped, and Cognito takes none back while MFA is OFF.'],
    });
    expect(planned(waiting({}), requested, sesPool)).toMatchObject({ reversible: 'partial', lost: [] });
  });

  test('at most partial: a text that waits beside OFF is dropped where its block is taken away', () => {
    const config = { ...off, EmailMfaConfiguration: { Message: 'Code {####}' } };
    const requested = [
      aRequest('MfaConfiguration', 'OPTIONAL'),
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
      aRequest('EmailMfaConfiguration', null),
    ];
    expect(planned(config, requested).lost).toContain(
      'The e-mail text that waits beside OFF is dropped, and Cognito takes none back while MFA is OFF.',
    );
  });

  test('a text of a factor in use does not wait beside OFF', () => {
    const withEmail = { ...totpOnly, EmailMfaConfiguration: { Message: 'Code {####}' } };
    const withSms = { ...totpOnly, SmsMfaConfiguration: smsBlock };
    const lost = [
      ...planned(withEmail, [aRequest('EmailMfaConfiguration', null)]).lost,
      ...planned(withSms, [aRequest('MfaConfiguration', 'OFF')], smsPool).lost,
    ];
    expect(lost.filter((sentence) => sentence.includes('waits beside OFF'))).toEqual([]);
  });

  test('at most partial: going back drops an SMS block, where there was none', () => {
    const made = planned(totpOnly, [aRequest('SmsMfaConfiguration', smsBlock)]);
    expect(made.lost).toContain(
      'SMS stops being a factor for users who chose it until then, and its text may be lost.',
    );
  });

  test('at most partial: going back drops an e-mail block, where there was none', () => {
    const text = aRequest('EmailMfaConfiguration.Message', 'Use {####}');
    const lost = 'E-mail stops being a factor for users who chose it until then, and its text is lost.';
    expect(planned(totpOnly, [text], sesPool).lost).toContain(lost);
    const withText = { ...totpOnly, EmailMfaConfiguration: { Message: 'Code {####}' } };
    expect(planned(withText, [text], sesPool)).toMatchObject({ reversible: 'full', lost: [] });
  });

  test('a text that waits beside OFF and comes into use is not lost', () => {
    const config = { ...off, SmsMfaConfiguration: smsBlock };
    const { lost } = planned(config, [aRequest('MfaConfiguration', 'OPTIONAL')], smsPool);
    expect(lost).toEqual(['SMS stops being a factor for users who chose it until then, and its text may be lost.']);
  });

  test.each([
    [
      'another relying party',
      { ...totpOnly, WebAuthnConfiguration: passkeys },
      'Passkeys registered with a.example stop working at once, and passkeys registered with the new relying party stop working on the way back.',
    ],
    [
      'the first relying party',
      totpOnly,
      'A relying party cannot be taken away again: it can only be changed, and passkeys registered with it stay.',
    ],
  ])('no: %s', (_, config, lost) => {
    const requested = [aRequest('WebAuthnConfiguration.RelyingPartyId', 'b.example')];
    const verification = aRequest('WebAuthnConfiguration.UserVerification', 'preferred');
    const made = planned(config, 'WebAuthnConfiguration' in config ? requested : [...requested, verification]);
    expect(made.reversible).toBe('no');
    expect(made.lost).toEqual([lost]);
  });

  test('no: the way back is refused by a rule of the rest of the pool, which is told', () => {
    const requested = [
      aRequest('MfaConfiguration', 'OPTIONAL'),
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
    ];
    const made = planned(off, requested, { ...smsPool, AutoVerifiedAttributes: ['phone_number'] });
    expect(made.call['SmsMfaConfiguration']).toEqual(smsBlock);
    expect(made.reversible).toBe('no');
    expect(made.lost).toEqual(
      expect.arrayContaining([
        'Cognito does not take MfaConfiguration back from OPTIONAL.',
        'The way back: The pool verifies phone_number by itself (AutoVerifiedAttributes), and Cognito refuses a call without an SMS block there, as well as one with it while MFA is OFF: take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.',
      ]),
    );
    const withPasskeys = [
      ...requested,
      aRequest('WebAuthnConfiguration.RelyingPartyId', 'a.example'),
      aRequest('WebAuthnConfiguration.UserVerification', 'preferred'),
    ];
    const both = planned(off, withPasskeys, { ...smsPool, AutoVerifiedAttributes: ['phone_number'] }).lost;
    expect(both).toEqual(
      expect.arrayContaining([
        'Cognito does not take MfaConfiguration back from OPTIONAL.',
        'A relying party cannot be taken away again: it can only be changed, and passkeys registered with it stay.',
      ]),
    );
    expect(both.filter((sentence) => sentence.includes('take WebAuthnConfiguration'))).toEqual([]);
    const adaptive = { ...plainPool, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
    const weaker = planned(
      { ...totpOnly, MfaConfiguration: 'ON' },
      [aRequest('MfaConfiguration', 'OPTIONAL')],
      adaptive,
    );
    expect(weaker.reversible).toBe('no');
    expect(weaker.lost.join(' ')).toContain('MFA cannot be ON beside threat protection in full function');
  });

  test('no: the service does not admit the state before any more', () => {
    const config = {
      MfaConfiguration: 'ON',
      ...totpOn,
      WebAuthnConfiguration: { ...passkeys, FactorConfiguration: 'SINGLE_FACTOR' },
    };
    const userPool = {
      ...plainPool,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    };
    const verifying = aRequest('WebAuthnConfiguration.FactorConfiguration', 'MULTI_FACTOR_WITH_USER_VERIFICATION');
    expect(planned(config, [verifying], userPool)).toMatchObject({
      reversible: 'no',
      lost: [
        'Cognito does not take WebAuthnConfiguration.FactorConfiguration back from MULTI_FACTOR_WITH_USER_VERIFICATION.',
        expect.stringContaining("The way back: MFA cannot be ON while WEB_AUTHN is among the pool's first factors"),
      ],
    });
  });
});
