/** What a template's properties make of a pool, by AWS's documentation of AWS::Cognito::UserPool and of the API. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cloudFormationPatch } from '../../../src/report/plan/patch/cloudformation.ts';
import { judged, pool, withPool } from './templates.ts';

const role = 'arn:aws:iam::111122223333:role/sms';

function madeOf(properties: string) {
  const { made } = pool(withPool(properties));
  return made.config;
}

describe('the MFA state that a template would make', () => {
  it.each([
    ['UserPoolName: a', { MfaConfiguration: 'OFF' }],
    ['MfaConfiguration: ON', { MfaConfiguration: true }],
    [
      'MfaConfiguration: "ON"\nEnabledMfas: [SOFTWARE_TOKEN_MFA]',
      { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
    ],
    [
      `MfaConfiguration: OPTIONAL\nEnabledMfas: [SMS_MFA]\nSmsAuthenticationMessage: "Code {####}"\nSmsConfiguration: { SnsCallerArn: "${role}", SnsRegion: eu-west-1 }`,
      {
        MfaConfiguration: 'OPTIONAL',
        SmsMfaConfiguration: {
          SmsAuthenticationMessage: 'Code {####}',
          SmsConfiguration: { SnsCallerArn: role, SnsRegion: 'eu-west-1' },
        },
      },
    ],
    [
      'MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]\nEmailAuthenticationMessage: "Code {####}"\nEmailAuthenticationSubject: Sign in',
      { MfaConfiguration: 'ON', EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' } },
    ],
    ['MfaConfiguration: "ON"\nEnabledMfas: [EMAIL_OTP]', { MfaConfiguration: 'ON', EmailMfaConfiguration: {} }],
    [
      'WebAuthnRelyingPartyID: auth.example.com\nWebAuthnUserVerification: required\nWebAuthnFactorConfiguration: SINGLE_FACTOR',
      {
        MfaConfiguration: 'OFF',
        WebAuthnConfiguration: {
          RelyingPartyId: 'auth.example.com',
          UserVerification: 'required',
          FactorConfiguration: 'SINGLE_FACTOR',
        },
      },
    ],
  ])('of %j', (properties, config) => {
    expect(madeOf(properties)).toEqual(config);
  });

  it('is what a patch for CloudFormation was written from', () => {
    const call = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: 'Code {####}',
        SmsConfiguration: { EumsSms: { CallerArn: role, OriginationIdentity: 'phone-1', Region: 'eu-west-1' } },
      },
      EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' },
      WebAuthnConfiguration: { RelyingPartyId: 'example.com', UserVerification: 'preferred' },
    };
    const text = cloudFormationPatch({
      accountId: '111122223333',
      region: 'eu-west-1',
      poolId: 'eu-west-1_AbCdEf123',
      poolName: 'customers',
      readiness: null,
      tags: {},
      before: { MfaConfiguration: 'OFF' },
      call,
      prerequisites: [],
      hasSmsConfiguration: false,
    }).join('\n');
    expect(pool(text).made.config).toEqual(call);
  });

  it('is that of each pool of what the CDK wrote', () => {
    const { pools, faults } = judged(readFileSync(new URL('cdk-output.json', import.meta.url), 'utf8'));
    expect(faults).toEqual([]);
    expect(pools.map(({ made }) => [made.subject.pool.poolName, made.config])).toEqual([
      ['app', { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }],
      [
        'sms-too',
        {
          MfaConfiguration: 'OPTIONAL',
          SoftwareTokenMfaConfiguration: { Enabled: true },
          SmsMfaConfiguration: {
            SmsConfiguration: { SnsCallerArn: expect.any(String), ExternalId: 'ShopSmsToo4E9A3203' },
          },
        },
      ],
      ['plain', { MfaConfiguration: 'OFF' }],
      ['mail', { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} }],
    ]);
  });

  it.each([
    'Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n',
    '{"Resources": {"Pool": {"Type": "AWS::Cognito::UserPool"}}}',
    '{\n\t"Resources": {\n\t\t"Pool": {\n\t\t\t"Type": "AWS::Cognito::UserPool",\n\t\t\t"Properties": {}\n\t\t}\n\t}\n}\n',
  ])('of a pool without properties is OFF: %j', (text) => {
    expect(pool(text).made.config).toEqual({ MfaConfiguration: 'OFF' });
  });

  it('takes numbers and truth values that are written as text, as CloudFormation does', () => {
    const { made } = pool(
      withPool('Policies: { PasswordPolicy: { MinimumLength: "12", RequireNumbers: "true" } }\nUserPoolName: 12'),
    );
    expect(made.userPool).toMatchObject({
      Name: '12',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true } },
    });
  });
});
