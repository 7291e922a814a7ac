/** What no deployment would take. Sources: AWS::Cognito::UserPool; the rules of the service, docs/cognito-rules.md. */
import { describe, expect, it } from 'vitest';
import { judged, withPool } from './templates.ts';

function faults(properties: string, rest = '') {
  return judged(withPool(properties, rest)).faults.map(({ location, property, message }) => [
    location.line,
    property,
    message,
  ]);
}

const app = 'EnabledMfas: [SOFTWARE_TOKEN_MFA]';
const sender = 'EmailConfiguration: { EmailSendingAccount: DEVELOPER }';
const byAdmin = 'AccountRecoverySetting: { RecoveryMechanisms: [{ Name: admin_only, Priority: 1 }] }';

describe('named with its line is', () => {
  it.each([
    ['ON without quotes', `MfaConfiguration: ON\n${app}`, 5, 'MfaConfiguration', /is true, a truth value/],
    ['OFF without quotes', 'UserPoolName: a\nMfaConfiguration: OFF', 6, 'MfaConfiguration', /is false, a truth value/],
    ['on in small letters', `MfaConfiguration: on\n${app}`, 5, 'MfaConfiguration', /is true/],
    ['true in JSON', `{ "MfaConfiguration": true }`, 5, 'MfaConfiguration', /is true/],
    ['the word of the CDK', `MfaConfiguration: REQUIRED\n${app}`, 5, 'MfaConfiguration', /"REQUIRED"/],
    ['a factor that is none', 'MfaConfiguration: "ON"\nEnabledMfas: [BOGUS]', 6, 'EnabledMfas', /has "BOGUS"/],
    [
      'a factor by its name in the API',
      'MfaConfiguration: "ON"\nEnabledMfas:\n  - SMS_MFA\n  - EMAIL_MFA',
      8,
      'EnabledMfas',
      /"EMAIL_MFA"/,
    ],
    ['a factor that is no list', 'MfaConfiguration: "ON"\nEnabledMfas: SMS_MFA', 6, 'EnabledMfas', /must be a list/],
    [
      'REQUIRED of passkeys',
      'WebAuthnUserVerification: REQUIRED',
      5,
      'WebAuthnUserVerification',
      /required, preferred/,
    ],
    ['ON with no factor', 'MfaConfiguration: "ON"\nEnabledMfas: []', 5, 'MfaConfiguration', /ON without a factor/],
    ['ON with nothing else', 'MfaConfiguration: "ON"', 5, 'MfaConfiguration', /ON without a factor/],
    ['OPTIONAL with no factor', 'MfaConfiguration: OPTIONAL', 5, 'MfaConfiguration', /OPTIONAL without a factor/],
    [
      'SMS without a sender',
      'MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]',
      5,
      'MfaConfiguration',
      /with an SmsConfiguration/,
    ],
    ['OFF beside a factor', `MfaConfiguration: "OFF"\n${app}`, 6, 'EnabledMfas', /beside MfaConfiguration OFF/],
    ['a factor without a mode', app, 5, 'EnabledMfas', /without MfaConfiguration, which is OFF then/],
    [
      'e-mail by the own sender of Cognito',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${byAdmin}`,
      6,
      'EnabledMfas',
      /^E-mail MFA needs an own SES sender: set EmailConfiguration\.EmailSendingAccount to DEVELOPER first$/,
    ],
    [
      'e-mail without a recovery',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${sender}`,
      6,
      'EnabledMfas',
      /account recovery/,
    ],
    [
      'e-mail on LITE',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${sender}\n${byAdmin}\nUserPoolTier: LITE`,
      6,
      'EnabledMfas',
      /feature plan/,
    ],
    [
      'ON beside one-time passwords',
      `MfaConfiguration: "ON"\n${app}\nPolicies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD, SMS_OTP] } }`,
      5,
      'MfaConfiguration',
      /SMS_OTP/,
    ],
    [
      'ON beside one-time passwords, whatever the passwords must be',
      `MfaConfiguration: "ON"\n${app}\nPolicies: { SignInPolicy: { AllowedFirstAuthFactors: [SMS_OTP] }, PasswordPolicy: { MinimumLength: !ImportValue x } }`,
      5,
      'MfaConfiguration',
      /SMS_OTP/,
    ],
    [
      'passkeys as a factor on LITE',
      'WebAuthnRelyingPartyID: example.com\nWebAuthnFactorConfiguration: MULTI_FACTOR_WITH_USER_VERIFICATION\nUserPoolTier: LITE',
      6,
      'WebAuthnFactorConfiguration',
      /feature plan/,
    ],
    [
      'two senders of SMS',
      'MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]\nSmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn, EumsSms: { CallerArn: !GetAtt Role.Arn } }',
      7,
      'SmsConfiguration',
      /both SnsCallerArn and EumsSms/,
    ],
    [
      'SMS that is required and recovers the account',
      'MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]\nSmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn }\nAccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_phone_number, Priority: 1 }] }',
      6,
      'EnabledMfas',
      /one phone would prove both/,
    ],
    [
      'ON beside passkeys as a single factor',
      `MfaConfiguration: "ON"\n${app}\nPolicies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD, WEB_AUTHN] } }`,
      5,
      'MfaConfiguration',
      /WebAuthnFactorConfiguration/,
    ],
    [
      'a text without the code',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${sender}\n${byAdmin}\nEmailAuthenticationMessage: Hello there`,
      9,
      'EmailAuthenticationMessage',
      /\{####\}/,
    ],
  ])('%s', (_name, properties, line, property, message) => {
    expect(faults(properties)).toEqual([[line, property, expect.stringMatching(message)]]);
  });
});

describe('nobody complains of', () => {
  it.each([
    ['what a deployment takes', `MfaConfiguration: "ON"\n${app}`],
    ['a mode that nobody knows yet', `MfaConfiguration: !Ref Mode\n${app}`],
    ['factors that nobody knows yet', 'MfaConfiguration: "ON"\nEnabledMfas: !Ref Factors'],
    ['a factor that may be there', 'MfaConfiguration: "ON"\nEnabledMfas: !If [IsProd, [SOFTWARE_TOKEN_MFA], []]'],
    [
      'SMS that the service may take by itself',
      'MfaConfiguration: "ON"\nSmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn }',
    ],
    [
      'a sender that nobody knows yet',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${byAdmin}\nEmailConfiguration: !Ref Sender`,
    ],
    [
      'a recovery that nobody knows yet',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${sender}\nAccountRecoverySetting: !Ref Recovery`,
    ],
    [
      'a configuration of SMS that nobody knows yet',
      'MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]\nSmsConfiguration: !Ref Sender',
    ],
    [
      'SMS that recovers the account where the mode may be OPTIONAL',
      'MfaConfiguration: !If [IsProd, "ON", OPTIONAL]\nEnabledMfas: [SMS_MFA]\nSmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn }\nAccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_phone_number, Priority: 1 }] }',
    ],
    [
      'a text that nobody knows yet',
      `MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\n${sender}\n${byAdmin}\nEmailAuthenticationMessage: !Ref Text`,
    ],
    [
      'a recovery by phone beside SMS that is optional, which nobody saw refused',
      'MfaConfiguration: OPTIONAL\nEnabledMfas: [SMS_MFA]\nSmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn }\nAccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_phone_number, Priority: 1 }] }',
    ],
  ])('%s', (_name, properties) => {
    const rest =
      'Parameters:\n  Mode: { Type: String }\n  Factors: { Type: CommaDelimitedList }\n  Text: { Type: String }\nConditions: { IsProd: !Equals [!Ref Mode, prod] }';
    expect(faults(properties, rest)).toEqual([]);
  });
});
