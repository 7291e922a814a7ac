/** Texts as the API model takes them (botocore, cognito-idp 2016-04-18); the subject's length is a quota of Cognito. */
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { unmetRequirements } from '../../../../src/domain/remediation/service-rules/requirements.ts';
import { off, plainPool, totpOnly } from '../a-plan.ts';

const sms = 'SmsMfaConfiguration.SmsConfiguration';
const arn = 'arn:aws:iam::111122223333:role/sms';

function inputWith(path: string, text: string): JsonObject {
  const [block = '', ...inside] = path.split('.');
  return { ...totpOnly, [block]: inside.reduceRight<JsonValue>((inner, name) => ({ [name]: inner }), text) };
}

/** What is said of this text, without its path. */
function complaint(path: string, text: string): string | null {
  const said = unmetRequirements(off, inputWith(path, text), settingsOf(plainPool, 'eu-west-1'));
  const own = said.find(({ code, message }) => code === 'not-possible' && message.startsWith(`${path} must `));
  return own?.message.slice(`${path} must `.length) ?? null;
}

describe('a text is as long as the service takes it', () => {
  test.each<[string, number, number, (length: number) => string]>([
    ['SmsMfaConfiguration.SmsAuthenticationMessage', 6, 140, (length) => '{####}'.padEnd(length, 'x').slice(0, length)],
    [`${sms}.SnsCallerArn`, 0, 2048, (length) => (length === 0 ? '' : arn.padEnd(length, 'x'))],
    [`${sms}.ExternalId`, 0, 131_072, (length) => 'x'.repeat(length)],
    [`${sms}.SnsRegion`, 5, 32, (length) => 'x'.repeat(length)],
    [`${sms}.EumsSms.CallerArn`, 20, 2048, (length) => 'arn:aws:iam::1:r/a'.padEnd(length, 'x').slice(0, length)],
    [`${sms}.EumsSms.ExternalId`, 0, 131_072, (length) => 'x'.repeat(length)],
    [`${sms}.EumsSms.Region`, 5, 32, (length) => 'x'.repeat(length)],
    ['EmailMfaConfiguration.Message', 6, 20_000, (length) => '{####}'.padEnd(length, 'x').slice(0, length)],
    ['EmailMfaConfiguration.Subject', 1, 140, (length) => 'x'.repeat(length)],
    ['WebAuthnConfiguration.RelyingPartyId', 1, 127, (length) => 'x'.repeat(length)],
  ])('%s: %i to %i characters', (path, min, max, textOf) => {
    const told = (length: number) => `have ${min} to ${max} characters, not ${length}.`;
    expect(complaint(path, textOf(min))).toBeNull();
    expect(complaint(path, textOf(max))).toBeNull();
    expect(complaint(path, textOf(max + 1))).toBe(told(max + 1));
    expect(complaint(path, textOf(Math.max(0, min - 1)))).toBe(min === 0 ? null : told(min - 1));
  });
});

describe('the ARN of a role', () => {
  test.each([
    arn,
    'arn:aws-us-gov:iam::111122223333:role/service-role/sms',
    'arn:aws:iam:eu-west-1:111122223333:role/sms',
    'arn:aws:iam::111122223333:role/sms:first:second',
  ])('may be %s', (text) => {
    expect(complaint(`${sms}.SnsCallerArn`, text)).toBeNull();
    expect(complaint(`${sms}.EumsSms.CallerArn`, text)).toBeNull();
  });

  test.each([
    'role/service-role/sms',
    `x${arn}`,
    `${arn} and more`,
    'arn::iam::111122223333:role/sms',
    'arn:aws:iam::account:role/sms',
    'arn:aws:iam::111122223333:',
  ])('is not %s', (text) => {
    expect(complaint(`${sms}.SnsCallerArn`, text)).toBe('be the ARN of a role.');
    expect(complaint(`${sms}.EumsSms.CallerArn`, text)).toBe('be the ARN of a role.');
  });
});

describe('a message', () => {
  const message = 'SmsMfaConfiguration.SmsAuthenticationMessage';
  const email = 'EmailMfaConfiguration.Message';
  const subject = 'EmailMfaConfiguration.Subject';
  const code = 'contain {####}, where the code goes.';
  const printable = 'hold printable characters only.';

  test.each<[string, string, string | null]>([
    [message, 'Your code is {####}. Keep it.', null],
    [message, 'Your code is ####', code],
    [message, 'Hello\n{####}', code],
    [message, '{####}\nHello', code],
    [email, 'Your code\nis {####}.', null],
    [email, 'Your code', code],
    [email, '\u0000{####}', code],
    [email, '{####}\u0000', code],
    [subject, 'Your code, “Zoë” ✓', null],
    [subject, '\u0000code', printable],
    [subject, 'code\u0000', printable],
  ])('%s of %j: %s', (path, text, expected) => {
    expect(complaint(path, text)).toBe(expected);
  });
});
