/** Whether a pool's change waits for its users, as `show` and `readiness` tell it. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import type { Subject } from '../../../../src/domain/model/subject.ts';
import { awaitedReadiness } from '../../../../src/domain/remediation/plan/awaited-readiness.ts';
import { wantedQuestion } from '../../../../src/domain/remediation/plan/draft-pool.ts';
import { judgePool } from '../../../../src/domain/verdict/verdicts.ts';
import { policySet, policy, today } from '../../../policy-set.ts';
import { aSubject } from '../../a-pool.ts';
import { aReading, aRequest, plainPool, poolRequests, totpOnly } from '../a-plan.ts';

const waiting = (share: number, more = '') =>
  `remediation: { mode: auto, allow: [tightening, disruptive], readiness: ${share}${more} }\nexpect: { MfaConfiguration: 'ON' }\n`;

function awaited(text: string, config: JsonObject = totpOnly, more: Partial<Subject> = {}, userPool = plainPool) {
  const set = policySet(text);
  const subject = aSubject(config, userPool, more);
  const verdict = judgePool(set, subject, { requireCoverage: false, now: today, managedTags: [] });
  return awaitedReadiness(set, { mode: 'manual', allow: [], readiness: null }, subject, verdict, today);
}

describe('a change that waits for users', () => {
  test('says for how many, and which line of which policy waits', () => {
    expect(awaited(policy('p') + waiting(0.98))).toEqual({
      waitsFor: 0.98,
      enrolment: null,
      lines: [{ policy: 'p', file: 'policies/p.yaml', line: 5 }],
      isOfRequired: true,
    });
  });

  test('goes by the policy that waits for most', () => {
    const text = `${policy('p')}${waiting(0.9)}---\n${policy('strict')}${waiting(0.99, ', enrolment: own')}`;
    expect(awaited(text)).toMatchObject({ waitsFor: 0.99, enrolment: 'own', lines: [{ policy: 'strict' }] });
  });

  test('may lead to another pool than the one with the factors of now', () => {
    const text = `${policy('p')}remediation: { mode: auto, allow: [tightening, disruptive], readiness: 0.98 }\nexpect: { MfaConfiguration: 'ON', EmailMfaConfiguration: { Message: 'Use {####}', Subject: Code } }\n`;
    expect(awaited(text)).toMatchObject({ waitsFor: 0.98, isOfRequired: false });
  });
});

describe('no change waits', () => {
  const text = policy('p') + waiting(0.98);

  test.each<[string, string, JsonObject]>([
    ['where the policies hold', text, { ...totpOnly, MfaConfiguration: 'ON' }],
    ['that keeps nobody out', text.replace("'ON'", 'OPTIONAL'), { MfaConfiguration: 'OFF' }],
    ['that is not to wait', `${policy('p')}expect: { MfaConfiguration: 'ON' }\n`, totpOnly],
    [
      'where the policies do not agree',
      `${text}---\n${policy('other')}expect: { MfaConfiguration: OPTIONAL }\n`,
      totpOnly,
    ],
    [
      'of a pool with a value that nobody knows',
      text,
      { ...totpOnly, WebAuthnConfiguration: { UserVerification: 'discouraged' } },
    ],
  ])('%s', (_where, policies, config) => {
    expect(awaited(policies, config)).toBeNull();
  });

  test('in a replica, whose users are its primary’s', () => {
    expect(awaited(text, totpOnly, { region: 'eu-central-1' })).toBeNull();
  });

  test('of a pool that was not described', () => {
    const requests = poolRequests([aRequest('MfaConfiguration', 'ON', { readiness: 0.98 })]);
    expect(wantedQuestion(aReading(totpOnly), requests)).toMatchObject({ waitsFor: 0.98 });
    expect(wantedQuestion(aReading(totpOnly, { userPool: null }), requests)).toBeNull();
  });

  test('where the policies do not agree on another field', () => {
    const requested = [aRequest('MfaConfiguration', 'ON', { readiness: 0.98 })];
    const disagreements = [{ path: 'WebAuthnConfiguration.RelyingPartyId', demands: [] }];
    expect(wantedQuestion(aReading(totpOnly), poolRequests(requested, { disagreements }))).toBeNull();
  });

  test('where not all that is asked was read', () => {
    const set = policySet(text);
    const verdictOf = (subject: Subject) =>
      judgePool(set, subject, { requireCoverage: false, now: today, managedTags: [] });
    const unread = aSubject(totpOnly);
    const known = aSubject(totpOnly, plainPool);
    const defaults = { mode: 'manual', allow: [], readiness: null } as const;
    expect(awaitedReadiness(set, defaults, unread, verdictOf(unread), today)).toBeNull();
    const gap = {
      scope: 'pool',
      accountId: null,
      region: null,
      poolId: null,
      code: 'throttled',
      message: '',
      remedy: '',
      accepted: null,
    } as const;
    expect(awaitedReadiness(set, defaults, known, { ...verdictOf(known), gaps: [gap] }, today)).toBeNull();
    const failed: Subject = { ...known, pool: { ...known.pool, mfaConfig: { read: false, failure: gap } } };
    expect(awaitedReadiness(set, defaults, failed, verdictOf(known), today)).toBeNull();
  });
});
