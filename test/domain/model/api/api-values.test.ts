import { expect, test } from 'vitest';
import { configMember, isDefaultBlock } from '../../../../src/domain/model/api/api-values.ts';

// Which members read as something where they are absent: cognito facts, measured answers.
test.each([
  ['SoftwareTokenMfaConfiguration', true],
  ['WebAuthnConfiguration', true],
  ['MfaConfiguration', false],
  ['SmsMfaConfiguration', false],
  ['EmailMfaConfiguration', false],
])('%s reads as a block that is there: %s', (path, isThere) => {
  expect(isDefaultBlock(path)).toBe(isThere);
});

test('an absent member is its default, and not there', () => {
  expect(configMember({}, ['MfaConfiguration'])).toEqual({ value: 'OFF', present: false });
  expect(configMember({}, ['SoftwareTokenMfaConfiguration'])).toEqual({ value: { Enabled: false }, present: false });
  expect(configMember({}, ['SmsMfaConfiguration'])).toEqual({ value: undefined, present: false });
});
