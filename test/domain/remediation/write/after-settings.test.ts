import { expect, test } from 'vitest';
import { userPoolAfter } from '../../../../src/domain/remediation/write/after-settings.ts';
import { off, plainPool, smsBlock, smsPool, totpOnly } from '../a-plan.ts';

test('after a call the pool says its mode', () => {
  expect(userPoolAfter({ ...plainPool, MfaConfiguration: 'OFF' }, totpOnly)).toEqual({
    ...plainPool,
    MfaConfiguration: 'OPTIONAL',
  });
});

test('after a call with an SMS block its sender and its text are the pool’s own', () => {
  const other = { SnsCallerArn: 'arn:aws:iam::111122223333:role/other' };
  const block = { SmsAuthenticationMessage: 'Use {####}', SmsConfiguration: other };
  const input = { ...totpOnly, SmsMfaConfiguration: block };
  expect(userPoolAfter(smsPool, input)).toEqual({
    ...smsPool,
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration: other,
    SmsAuthenticationMessage: 'Use {####}',
  });
});

test('what a call does not send stays', () => {
  expect(userPoolAfter(smsPool, off)).toEqual({ ...smsPool, MfaConfiguration: 'OFF' });
  const textless = { ...totpOnly, SmsMfaConfiguration: { SmsConfiguration: smsBlock['SmsConfiguration'] ?? null } };
  expect(userPoolAfter({ ...smsPool, SmsAuthenticationMessage: 'old {####}' }, textless)).toMatchObject({
    SmsAuthenticationMessage: 'old {####}',
  });
});
