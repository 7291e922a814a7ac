import { expect, test } from 'vitest';
import { inWords } from '../../../../src/domain/remediation/write/shown-value.ts';

test('differences are said one after the other, without external ids', () => {
  const role = { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms', ExternalId: 'a1b2c3' };
  const path = 'SmsMfaConfiguration.SmsConfiguration';
  expect(
    inWords([
      { path: 'MfaConfiguration', from: 'OFF', to: 'ON' },
      { path: 'SoftwareTokenMfaConfiguration.Enabled', from: null, to: true },
      { path, from: null, to: role },
      { path: `${path}.ExternalId`, from: 'a1b2c3', to: null },
    ]),
  ).toBe(
    `MfaConfiguration OFF → ON, SoftwareTokenMfaConfiguration.Enabled nothing → true, ${path} nothing → {"SnsCallerArn":"arn:aws:iam::111122223333:role/sms","ExternalId":"(masked)"}, ${path}.ExternalId (masked) → nothing`,
  );
});
