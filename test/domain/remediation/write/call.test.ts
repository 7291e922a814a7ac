import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { aReading, aRequest, changeIn, off, plainPool, plan, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const UserPoolId = 'eu-west-1_AbCdEf123';
const sesPool: JsonObject = {
  ...smsPool,
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
};
const everything: JsonObject = {
  MfaConfiguration: 'OPTIONAL',
  ...totpOn,
  SmsMfaConfiguration: smsBlock,
  EmailMfaConfiguration: { Message: 'Your code is {####}', Subject: 'Sign in' },
  WebAuthnConfiguration: {
    RelyingPartyId: 'auth.example.com',
    UserVerification: 'required',
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  },
};

describe('the call', () => {
  test('keeps every factor and block verbatim, and changes only what is asked for', () => {
    const made = plan(aReading(everything, { userPool: sesPool }), [aRequest('MfaConfiguration', 'ON')]);
    expect(changeIn(made).call).toEqual({ UserPoolId, ...everything, MfaConfiguration: 'ON' });
    expect(changeIn(made).after).toEqual({ ...everything, MfaConfiguration: 'ON' });
  });

  test('keeps End User Messaging settings member by member', () => {
    const sender = {
      CallerArn: 'arn:aws:iam::111122223333:role/eums',
      OriginationIdentity: 'pool-1',
      InTemplateId: '7',
    };
    const SmsConfiguration = { EumsSms: sender };
    const config = { ...totpOnly, SmsMfaConfiguration: { SmsConfiguration } };
    const made = plan(aReading(config, { userPool: { ...plainPool, SmsConfiguration } }), [
      aRequest('MfaConfiguration', 'ON'),
    ]);
    expect(changeIn(made).call['SmsMfaConfiguration']).toEqual({ SmsConfiguration });
  });

  test('always names the mode, also where only a factor is asked for', () => {
    const config = { MfaConfiguration: 'ON', SmsMfaConfiguration: smsBlock };
    const made = plan(aReading(config, { userPool: smsPool }), [
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
    ]);
    expect(changeIn(made).call).toEqual({ UserPoolId, ...config, ...totpOn });
  });

  test('sends a TOTP block that says Enabled: false as it is', () => {
    const config = {
      ...off,
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: smsBlock,
      SoftwareTokenMfaConfiguration: { Enabled: false },
    };
    const made = plan(aReading(config, { userPool: smsPool }), [
      aRequest('SmsMfaConfiguration.SmsAuthenticationMessage', 'Use {####}'),
    ]);
    expect(changeIn(made).call['SoftwareTokenMfaConfiguration']).toEqual({ Enabled: false });
  });

  test('leaves factor blocks out while the mode stays OFF, and echoes passkeys', () => {
    const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'preferred' };
    const config = { ...off, SmsMfaConfiguration: smsBlock, WebAuthnConfiguration: passkeys };
    const made = plan(aReading(config, { userPool: smsPool }), [
      aRequest('WebAuthnConfiguration.UserVerification', 'required'),
    ]);
    const WebAuthnConfiguration = { ...passkeys, UserVerification: 'required' };
    expect(changeIn(made).call).toEqual({ UserPoolId, ...off, WebAuthnConfiguration });
    expect(changeIn(made).after).toEqual({ ...off, SmsMfaConfiguration: smsBlock, WebAuthnConfiguration });
  });

  test.each([
    ['the answer shows', { ...off, SmsMfaConfiguration: smsBlock }],
    ['only DescribeUserPool shows', off],
  ])('coming from OFF echoes the SMS configuration that %s', (_, config) => {
    const requested = [
      aRequest('MfaConfiguration', 'OPTIONAL'),
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
    ];
    const { call, risk, reasons } = changeIn(plan(aReading(config, { userPool: smsPool }), requested));
    expect(call).toEqual({ UserPoolId, ...totpOnly, SmsMfaConfiguration: smsBlock });
    expect(risk).toBe('disruptive');
    expect(reasons.join(' ')).toContain('SMS becomes a factor at once');
  });

  test('sends no factor block to a pool that goes OFF', () => {
    const made = plan(
      aReading(everything, { userPool: sesPool }),
      [aRequest('MfaConfiguration', 'OFF')],
      {},
      { allow: ['weakening'] },
    );
    const WebAuthnConfiguration = everything['WebAuthnConfiguration'];
    expect(changeIn(made).call).toEqual({ UserPoolId, ...off, WebAuthnConfiguration });
  });

  test('does not name SINGLE_FACTOR on LITE, which may refuse the member', () => {
    const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'preferred' };
    const config = { ...totpOnly, WebAuthnConfiguration: { ...passkeys, FactorConfiguration: 'SINGLE_FACTOR' } };
    const made = plan(aReading(config, { userPool: { ...plainPool, UserPoolTier: 'LITE' } }), [
      aRequest('MfaConfiguration', 'ON'),
    ]);
    expect(changeIn(made).call['WebAuthnConfiguration']).toEqual(passkeys);
  });

  test('makes one call of what several policies ask for', () => {
    const requested = [
      aRequest('MfaConfiguration', 'OPTIONAL', { policy: 'base', file: 'policies/base.yaml', line: 3 }),
      aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
      aRequest('MfaConfiguration', 'OPTIONAL', { line: 9 }),
    ];
    const { call, because } = changeIn(plan(aReading(off), requested));
    expect(call).toEqual({ UserPoolId, ...totpOnly });
    expect(because).toEqual([
      { policy: 'base', path: 'MfaConfiguration', from: 'OFF', to: 'OPTIONAL', file: 'policies/base.yaml', line: 3 },
      { policy: 'prod', path: 'MfaConfiguration', from: 'OFF', to: 'OPTIONAL', file: 'policies/prod.yaml', line: 9 },
      {
        policy: 'prod',
        path: 'SoftwareTokenMfaConfiguration.Enabled',
        from: false,
        to: true,
        file: 'policies/prod.yaml',
        line: 12,
      },
    ]);
  });

  test('is not made where the pool reads as asked already', () => {
    expect(plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'OPTIONAL')])).toEqual({ kind: 'nothing' });
  });
});
