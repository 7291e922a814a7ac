/** Undoing a change is a change: what it writes, what it means for users, what can not be had back. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { changeBack, objectionsToGoingBack } from '../../../../src/domain/remediation/plan/change-back.ts';
import { off, plainPool, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const place = {
  accountId: '111122223333',
  region: 'eu-west-1',
  poolId: 'eu-west-1_AbCdEf123',
  poolName: 'customers-prod',
};
const on = { MfaConfiguration: 'ON', ...totpOn };

function back(config: JsonObject, before: JsonObject, userPool = plainPool) {
  return changeBack({ ...place, config, userPool }, before);
}

describe('a change back', () => {
  test('writes what was there before, for no policy', () => {
    expect(back(on, totpOnly)).toMatchObject({
      ...place,
      users: 42,
      risk: 'weakening',
      before: on,
      call: { UserPoolId: 'eu-west-1_AbCdEf123', ...totpOnly },
      after: totpOnly,
      because: [],
      remains: [],
      readiness: null,
    });
  });

  test('is none where nothing is to be taken back', () => {
    expect(back(on, on)).toBeNull();
  });

  test.each<[JsonObject, JsonObject, string]>([
    [totpOnly, on, 'disruptive'],
    [totpOnly, off, 'weakening'],
    [off, totpOnly, 'tightening'],
  ])('from %j to %j is as risky as the same change forward: %s', (now, before, risk) => {
    expect(back(now, before)?.risk).toBe(risk);
  });

  const passkeys = { RelyingPartyId: 'auth.example.com' };
  const newMember = { ...smsBlock, Fallback: 'none' };
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    [
      'what such verification means for users',
      { ...totpOnly, WebAuthnConfiguration: passkeys },
      { ...on, WebAuthnConfiguration: { ...passkeys, UserVerification: 'required' } },
      plainPool,
    ],
    [
      'a member of the state before',
      { ...on, SmsMfaConfiguration: smsBlock },
      { ...on, SmsMfaConfiguration: newMember },
      smsPool,
    ],
  ])('is as risky as can be where nobody knows %s', (_what, now, before, userPool) => {
    expect(back(now, before, userPool)).toMatchObject({ risk: 'weakening', after: before });
  });

  // No call takes an SMS configuration away from a pool (cognito-facts 2.3).
  test('says what stays, and no external id', () => {
    const change = back({ ...on, SmsMfaConfiguration: smsBlock }, totpOnly, smsPool);
    expect(change?.after).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
    expect(change?.remains).toEqual([
      expect.stringMatching(/^Cognito does not take everything back: SmsMfaConfiguration\b.* nothing → .*\.$/),
    ]);
    expect(change?.remains.join()).not.toContain('a1b2c3');
  });
});

describe('against going back speaks', () => {
  const exempt = { ...plainPool, UserPoolTags: { 'mfa-remediation': 'exempt' } };
  const strange = { MfaConfiguration: 'SOMETIMES', NewMfaConfiguration: {} };

  test.each<[string, JsonObject, JsonObject | null, boolean, readonly string[]]>([
    ['nothing', on, plainPool, false, []],
    ['nothing that is not known of the rest of the pool', on, null, false, []],
    ['that changes are off', on, plainPool, true, ['remediation-off']],
    ['what a call would lose', strange, plainPool, false, ['unknown-fields']],
    ['the tag that exempts', on, exempt, false, ['exempt']],
    ['all of it at once', strange, exempt, true, ['remediation-off', 'unknown-fields', 'exempt']],
  ])('%s', (_what, config, userPool, isOff, codes) => {
    const objections = objectionsToGoingBack({ config, userPool, region: 'eu-west-1' }, { isOff });
    expect(objections.map(({ code }) => code)).toEqual(codes);
  });

  test('each member that is not known, once', () => {
    const [objection] = objectionsToGoingBack(
      { config: strange, userPool: null, region: 'eu-west-1' },
      { isOff: false },
    );
    expect(objection?.message).toContain('(NewMfaConfiguration, MfaConfiguration)');
  });
});
