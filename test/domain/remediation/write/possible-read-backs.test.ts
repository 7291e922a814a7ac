import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { plausibleAnswers } from '../../../../src/domain/remediation/write/possible-read-backs.ts';
import { off, plainPool, smsBlock, smsPool, totpOnly } from '../a-plan.ts';

const sesPool: JsonObject = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };

function answers(before: JsonObject, after: JsonObject, pool: JsonObject = smsPool): readonly JsonObject[] {
  return plausibleAnswers(before, after, settingsOf(pool, 'eu-west-1'));
}

describe('beside OFF', () => {
  const shown = { ...off, SmsMfaConfiguration: smsBlock };
  const textless = { ...off, SmsMfaConfiguration: { SmsConfiguration: smsBlock['SmsConfiguration'] ?? null } };

  test('the SMS block may be hidden, or lose its text', () => {
    expect(answers(totpOnly, shown)).toEqual([shown, textless, off]);
    expect(answers(off, shown)).toEqual([shown, textless, off]);
    expect(answers({ ...totpOnly, SmsMfaConfiguration: smsBlock }, shown)).toEqual([shown, textless, off]);
  });

  test('the SMS block is not hidden where the answer before has shown it', () => {
    expect(answers(shown, shown)).toEqual([shown, textless]);
  });

  test('an SMS block without a text has none to lose', () => {
    expect(answers(totpOnly, textless)).toEqual([textless, off]);
  });

  test('nothing is open without an SMS block', () => {
    expect(answers(totpOnly, off, sesPool)).toEqual([off]);
    expect(answers(off, off, sesPool)).toEqual([off]);
  });
});

describe('beside OPTIONAL or ON', () => {
  const withEmail = { ...totpOnly, EmailMfaConfiguration: {} };

  test('an e-mail block may come by itself where the pool has an own sender', () => {
    expect(answers(off, totpOnly, sesPool)).toEqual([totpOnly, withEmail]);
  });

  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['the answer before shows whether it does', totpOnly, { ...totpOnly, MfaConfiguration: 'ON' }, sesPool],
    ['it was sent', off, withEmail, sesPool],
    ['Cognito sends the mail', off, totpOnly, plainPool],
    ['the plan is Lite', off, totpOnly, { ...sesPool, UserPoolTier: 'LITE' }],
  ])('none comes where %s', (_where, before, after, pool) => {
    expect(answers(before, after, pool)).toEqual([after]);
  });

  test('an SMS block is always shown', () => {
    const sms = { ...totpOnly, SmsMfaConfiguration: smsBlock };
    expect(answers(off, sms)).toEqual([sms]);
  });
});
