import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { changeContextOf } from '../../../../src/domain/remediation/risk/risk-conditions.ts';
import { transitionsOf } from '../../../../src/domain/remediation/risk/transitions.ts';
import { off, plainPool, smsBlock, totpOnly } from '../a-plan.ts';

const transitions = (before: JsonObject, after: JsonObject) =>
  transitionsOf(changeContextOf(before, after, settingsOf(plainPool, 'eu-west-1'))).map(
    ({ field, change }) => `${field}: ${change}`,
  );
const passkeys = (UserVerification?: string) => ({
  ...off,
  WebAuthnConfiguration: {
    RelyingPartyId: 'a.example',
    ...(UserVerification === undefined ? {} : { UserVerification }),
  },
});

describe('user verification goes', () => {
  test.each<[string | undefined, string | undefined, string | null]>([
    [undefined, 'required', 'absent → required'],
    [undefined, 'preferred', 'absent → preferred'],
    ['required', undefined, 'required → absent'],
    ['preferred', undefined, 'preferred → absent'],
    ['preferred', 'required', 'preferred → required'],
    ['required', 'preferred', 'required → preferred'],
    ['required', 'required', null],
  ])('from %s to %s: %s', (from, to, change) => {
    const expected = change === null ? [] : [`WebAuthnConfiguration.UserVerification: ${change}`];
    expect(transitions(passkeys(from), passkeys(to))).toEqual(expected);
  });
});

describe('a factor that sends codes', () => {
  const sms = { ...totpOnly, SmsMfaConfiguration: smsBlock };
  const email = (block: JsonObject) => ({ ...totpOnly, EmailMfaConfiguration: block });

  test('comes and goes as a whole, whatever its members', () => {
    expect(transitions(totpOnly, sms)).toEqual(['SmsMfaConfiguration: absent → present']);
    expect(transitions(sms, totpOnly)).toEqual(['SmsMfaConfiguration: present → absent']);
    expect(transitions(email({ Message: 'a' }), totpOnly)).toEqual(['EmailMfaConfiguration: present → absent']);
  });

  test('that stays changes by its own members alone', () => {
    const before = { ...sms, ...email({ Message: 'a' }) };
    expect(transitions(before, { ...before, EmailMfaConfiguration: { Message: 'b', Subject: 'c' } })).toEqual([
      'EmailMfaConfiguration.Message: X → Y',
      'EmailMfaConfiguration.Subject: absent → X',
    ]);
    expect(transitions(email({ Message: 'a' }), email({}))).toEqual(['EmailMfaConfiguration.Message: X → absent']);
    expect(transitions(before, before)).toEqual([]);
  });

  test('changes nothing while the mode stays OFF', () => {
    expect(transitions(off, { ...off, SmsMfaConfiguration: smsBlock })).toEqual([]);
  });
});
