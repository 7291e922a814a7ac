/** A wanted state by the names of each tool: aws_cognito_user_pool 5.100, AWS::Cognito::UserPool, UserPool of the CDK 2.276. */
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';
import {
  cdkSettings,
  cloudFormationSettings,
  terraformSettings,
  type Setting,
} from '../../../src/domain/patch/source-settings.ts';

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const role = 'arn:aws:iam::111122223333:role/sms';
const sns = { SnsCallerArn: role, ExternalId: 'a1b2', SnsRegion: 'eu-west-1' };
const sms = { SmsMfaConfiguration: { SmsAuthenticationMessage: 'Code {####}', SmsConfiguration: sns } };
const eums = { SmsMfaConfiguration: { SmsConfiguration: { EumsSms: { CallerArn: role, InEntityId: 'e' } } } };
const email = { EmailMfaConfiguration: { Message: 'Use {####}', Subject: 'Code' } };
const off = { MfaConfiguration: 'OFF' };

/** As `name: was → value`, one that the service reads alike as `name: value`. */
function lines(settings: readonly Setting[]): readonly string[] {
  return settings.map(({ name, value, was, changes }) =>
    changes ? `${name}: ${textOf(was)} → ${textOf(value)}` : `${name}: ${textOf(value)}`,
  );
}

function textOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.map((entry: JsonValue) => textOf(entry)).join('+');
  return value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}

function settingsOf(before: JsonObject, call: JsonObject) {
  const { props, overrides } = cdkSettings({ before, call });
  return {
    terraform: lines(terraformSettings({ before, call })),
    cloudFormation: lines(cloudFormationSettings({ before, call })),
    cdk: lines(props),
    overrides: lines(overrides),
  };
}

describe('a wanted state says', () => {
  it('all that must stand there, and of it what is another now', () => {
    const before = { MfaConfiguration: 'OPTIONAL', ...totp };
    expect(settingsOf(before, { MfaConfiguration: 'ON', ...totp })).toEqual({
      terraform: ['mfa_configuration: OPTIONAL → ON', 'software_token_mfa_configuration.enabled: true'],
      cloudFormation: ['MfaConfiguration: OPTIONAL → ON', 'EnabledMfas: SOFTWARE_TOKEN_MFA'],
      cdk: ['mfa: OPTIONAL → ON', 'mfaSecondFactor.otp: true', 'mfaSecondFactor.sms: false'],
      overrides: [],
    });
  });

  it('a factor that comes, which is false where nothing is', () => {
    expect(settingsOf(off, { MfaConfiguration: 'OPTIONAL', ...totp })).toEqual({
      terraform: ['mfa_configuration: OFF → OPTIONAL', 'software_token_mfa_configuration.enabled: false → true'],
      cloudFormation: ['MfaConfiguration: OFF → OPTIONAL', 'EnabledMfas: none → SOFTWARE_TOKEN_MFA'],
      cdk: ['mfa: OFF → OPTIONAL', 'mfaSecondFactor.otp: false → true', 'mfaSecondFactor.sms: false'],
      overrides: [],
    });
  });

  it('a factor that goes while another stays', () => {
    const before = { MfaConfiguration: 'ON', ...totp, ...email };
    expect(settingsOf(before, { MfaConfiguration: 'ON', ...email })).toEqual({
      terraform: [
        'mfa_configuration: ON',
        'software_token_mfa_configuration.enabled: true → none',
        'email_mfa_configuration.message: Use {####}',
        'email_mfa_configuration.subject: Code',
      ],
      cloudFormation: [
        'MfaConfiguration: ON',
        'EnabledMfas: SOFTWARE_TOKEN_MFA+EMAIL_OTP → EMAIL_OTP',
        'EmailAuthenticationMessage: Use {####}',
        'EmailAuthenticationSubject: Code',
      ],
      cdk: [
        'mfa: ON',
        'mfaSecondFactor.otp: true → false',
        'mfaSecondFactor.sms: false',
        'mfaSecondFactor.email: true',
      ],
      overrides: ['EmailAuthenticationMessage: Use {####}', 'EmailAuthenticationSubject: Code'],
    });
  });

  // The pool's own SMS configuration outlives OFF.
  it('OFF without a factor, and nothing of the SMS configuration that stays', () => {
    const before = { MfaConfiguration: 'OPTIONAL', ...totp, ...sms, ...email };
    expect(settingsOf(before, off)).toEqual({
      terraform: [
        'mfa_configuration: OPTIONAL → OFF',
        'software_token_mfa_configuration.enabled: true → none',
        'email_mfa_configuration.message: Use {####} → none',
        'email_mfa_configuration.subject: Code → none',
      ],
      cloudFormation: [
        'MfaConfiguration: OPTIONAL → OFF',
        'EnabledMfas: SMS_MFA+SOFTWARE_TOKEN_MFA+EMAIL_OTP → none',
        'EmailAuthenticationMessage: Use {####} → none',
        'EmailAuthenticationSubject: Code → none',
      ],
      cdk: ['mfa: OPTIONAL → OFF', 'mfaSecondFactor: none → none'],
      overrides: ['EmailAuthenticationMessage: Use {####} → none', 'EmailAuthenticationSubject: Code → none'],
    });
  });

  it('OFF alone where it was OFF', () => {
    expect(settingsOf(off, off)).toEqual({
      terraform: ['mfa_configuration: OFF'],
      cloudFormation: ['MfaConfiguration: OFF'],
      cdk: ['mfa: OFF'],
      overrides: [],
    });
  });

  it('SMS by the names that every tool has for it', () => {
    expect(settingsOf({ MfaConfiguration: 'OPTIONAL', ...totp }, { MfaConfiguration: 'OPTIONAL', ...sms })).toEqual({
      terraform: [
        'mfa_configuration: OPTIONAL',
        'software_token_mfa_configuration.enabled: true → none',
        'sms_authentication_message: none → Code {####}',
        `sms_configuration.sns_caller_arn: none → ${role}`,
        'sms_configuration.external_id: none → a1b2',
        'sms_configuration.sns_region: none → eu-west-1',
      ],
      cloudFormation: [
        'MfaConfiguration: OPTIONAL',
        'EnabledMfas: SOFTWARE_TOKEN_MFA → SMS_MFA',
        'SmsAuthenticationMessage: none → Code {####}',
        `SmsConfiguration.SnsCallerArn: none → ${role}`,
        'SmsConfiguration.ExternalId: none → a1b2',
        'SmsConfiguration.SnsRegion: none → eu-west-1',
      ],
      cdk: [
        'mfa: OPTIONAL',
        'mfaSecondFactor.otp: true → false',
        'mfaSecondFactor.sms: false → true',
        'mfaMessage: none → Code {####}',
        `smsRole: none → ${role}`,
        'smsRoleExternalId: none → a1b2',
        'snsRegion: none → eu-west-1',
      ],
      overrides: [],
    });
  });

  it('End User Messaging where a tool has it, and no role of the CDK beside it', () => {
    expect(settingsOf({ MfaConfiguration: 'OPTIONAL', ...sms }, { MfaConfiguration: 'OPTIONAL', ...eums })).toEqual({
      terraform: [
        'mfa_configuration: OPTIONAL',
        'sms_authentication_message: Code {####} → none',
        `sms_configuration.sns_caller_arn: ${role} → none`,
        'sms_configuration.external_id: a1b2 → none',
        'sms_configuration.sns_region: eu-west-1 → none',
      ],
      cloudFormation: [
        'MfaConfiguration: OPTIONAL',
        'EnabledMfas: SMS_MFA',
        'SmsAuthenticationMessage: Code {####} → none',
        `SmsConfiguration.SnsCallerArn: ${role} → none`,
        'SmsConfiguration.ExternalId: a1b2 → none',
        'SmsConfiguration.SnsRegion: eu-west-1 → none',
        `SmsConfiguration.EumsSms.CallerArn: none → ${role}`,
        'SmsConfiguration.EumsSms.InEntityId: none → e',
      ],
      cdk: [
        'mfa: OPTIONAL',
        'mfaSecondFactor.otp: false',
        'mfaSecondFactor.sms: true',
        'enableSmsRole: none → false',
        'mfaMessage: Code {####} → none',
        `smsRole: ${role} → none`,
        'smsRoleExternalId: a1b2 → none',
        'snsRegion: eu-west-1 → none',
      ],
      overrides: [
        `SmsConfiguration.EumsSms.CallerArn: none → ${role}`,
        'SmsConfiguration.EumsSms.InEntityId: none → e',
      ],
    });
  });

  it('no role where End User Messaging goes', () => {
    const { cdk } = settingsOf({ MfaConfiguration: 'OPTIONAL', ...eums }, { MfaConfiguration: 'OPTIONAL', ...totp });
    expect(cdk).toEqual(['mfa: OPTIONAL', 'mfaSecondFactor.otp: false → true', 'mfaSecondFactor.sms: true → false']);
  });

  // Its configuration waits beside OFF, and is a factor from OPTIONAL on.
  it('a factor that waited beside OFF as one that comes', () => {
    const { cloudFormation, cdk } = settingsOf({ ...off, ...sms }, { MfaConfiguration: 'OPTIONAL', ...sms });
    expect(cloudFormation.slice(0, 2)).toEqual(['MfaConfiguration: OFF → OPTIONAL', 'EnabledMfas: none → SMS_MFA']);
    expect(cdk.slice(0, 3)).toEqual([
      'mfa: OFF → OPTIONAL',
      'mfaSecondFactor.otp: false',
      'mfaSecondFactor.sms: false → true',
    ]);
  });

  it('a long text of SMS in the props of the CDK, and a relying party that goes too', () => {
    const message = `${'a'.repeat(80)} {####}`;
    const before = { MfaConfiguration: 'OPTIONAL', WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' } };
    const call = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsAuthenticationMessage: message } };
    const { cdk, overrides } = settingsOf(before, call);
    expect(cdk.slice(3)).toEqual([`mfaMessage: none → ${message}`, 'passkeyRelyingPartyId: auth.example.com → none']);
    expect(overrides).toEqual([]);
  });

  // The CDK refuses more than 63 characters; the API takes 127.
  it.each([
    [63, 'props'],
    [64, 'overrides'],
  ])('a relying party of %i characters in the %s of the CDK', (length, where) => {
    const party = 'a'.repeat(length);
    const call = {
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: {
        RelyingPartyId: party,
        UserVerification: 'required',
        FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    };
    const verifying = 'WebAuthnFactorConfiguration: SINGLE_FACTOR → MULTI_FACTOR_WITH_USER_VERIFICATION';
    const { terraform, cloudFormation, cdk, overrides } = settingsOf(off, call);
    expect(terraform.slice(1)).toEqual([
      `web_authn_configuration.relying_party_id: none → ${party}`,
      'web_authn_configuration.user_verification: none → required',
    ]);
    expect(cloudFormation.slice(1)).toEqual([
      `WebAuthnRelyingPartyID: none → ${party}`,
      'WebAuthnUserVerification: none → required',
      verifying,
    ]);
    expect({ props: cdk.slice(1), overrides }).toEqual(
      where === 'props'
        ? {
            props: [`passkeyRelyingPartyId: none → ${party}`, 'passkeyUserVerification: none → required'],
            overrides: [verifying],
          }
        : {
            props: ['passkeyUserVerification: none → required'],
            overrides: [`WebAuthnRelyingPartyID: none → ${party}`, verifying],
          },
    );
  });
});
