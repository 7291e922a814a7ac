import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { impossibleValues } from '../../../../src/domain/remediation/write/api-limits.ts';
import { off, plainPool, smsBlock, totpOnly } from '../a-plan.ts';

const sesPool: JsonObject = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
const smsOn: JsonObject = { ...totpOnly, SmsMfaConfiguration: smsBlock };
const emailOn: JsonObject = { ...totpOnly, EmailMfaConfiguration: {} };
const whileOff = /cannot be changed while MfaConfiguration is OFF, where Cognito keeps no factor/;
const outlives = /outlives OFF: remove SmsConfiguration/;
const automatic = /cannot take e-mail away from a pool with an own SES sender/;

type Row = readonly [string, RegExp | null, string, JsonValue, JsonObject, JsonObject, JsonObject];

describe('a wish', () => {
  test.each<Row>([
    ['for a factor beside OFF', whileOff, 'SoftwareTokenMfaConfiguration.Enabled', true, totpOnly, off, plainPool],
    ['for a factor while OFF stays', whileOff, 'EmailMfaConfiguration.Message', 'x {####}', off, off, plainPool],
    ['to take a factor away while OFF stays', whileOff, 'SmsMfaConfiguration', null, off, off, plainPool],
    [
      'to turn TOTP off with everything',
      null,
      'SoftwareTokenMfaConfiguration.Enabled',
      false,
      totpOnly,
      off,
      plainPool,
    ],
    ['to take TOTP away with everything', null, 'SoftwareTokenMfaConfiguration', null, totpOnly, off, plainPool],
    ['for another block’s false beside OFF', whileOff, 'EmailMfaConfiguration.X', false, emailOn, off, plainPool],
    ['to take SMS away with everything', outlives, 'SmsMfaConfiguration', null, smsOn, off, plainPool],
    [
      'to take a member of SMS away with everything',
      outlives,
      'SmsMfaConfiguration.SmsAuthenticationMessage',
      null,
      smsOn,
      off,
      plainPool,
    ],
    ['to take e-mail away with everything', null, 'EmailMfaConfiguration', null, emailOn, off, plainPool],
    ['to take SMS away beside TOTP', null, 'SmsMfaConfiguration', null, smsOn, totpOnly, sesPool],
    ['to take e-mail away where it is automatic', automatic, 'EmailMfaConfiguration', null, emailOn, totpOnly, sesPool],
    ['to take e-mail away where it is not', null, 'EmailMfaConfiguration', null, emailOn, totpOnly, plainPool],
    [
      'to take a text of an e-mail block that stays',
      null,
      'EmailMfaConfiguration.Message',
      null,
      emailOn,
      emailOn,
      sesPool,
    ],
    ['for an e-mail block', null, 'EmailMfaConfiguration.Message', 'x {####}', totpOnly, emailOn, sesPool],
    ['for TOTP', null, 'SoftwareTokenMfaConfiguration.Enabled', true, off, totpOnly, sesPool],
    [
      'for a passkey, which is no factor block, beside OFF',
      null,
      'WebAuthnConfiguration.UserVerification',
      'required',
      off,
      off,
      sesPool,
    ],
    ['for the mode', null, 'MfaConfiguration', 'OFF', totpOnly, off, sesPool],
    ['for a member whose name only begins like a block', null, 'SmsMfaConfigurationX', null, off, off, plainPool],
  ])('%s', (_what, refusal, path, to, before, wanted, pool) => {
    const objections = impossibleValues([{ path, to }], before, wanted, settingsOf(pool, 'eu-west-1'));
    const refused = objections.map(({ code, message }) => [code, refusal?.test(message)]);
    expect(refused).toEqual(refusal === null ? [] : [['not-possible', true]]);
  });

  test('is named where it is refused, each by itself', () => {
    const targets = [
      { path: 'MfaConfiguration', to: 'OFF' },
      { path: 'SoftwareTokenMfaConfiguration.Enabled', to: true },
      { path: 'EmailMfaConfiguration.Subject', to: 'x' },
    ];
    const objections = impossibleValues(targets, off, off, settingsOf(plainPool, 'eu-west-1'));
    expect(objections.map(({ message }) => message.split(' ')[0])).toEqual(targets.slice(1).map(({ path }) => path));
  });
});
