/** What a pool is to read as, for whoever changes it at its source. */
import { describe, expect, it } from 'vitest';
import { wantedState, type WantedState } from '../../../src/domain/patch/wanted-state.ts';
import type { ReadinessRecord } from '../../../src/domain/readiness/record.ts';
import { refusalOf, type RefusalCode } from '../../../src/domain/remediation/model/refusals.ts';
import type { PoolPlan, RefusedPlan } from '../../../src/domain/remediation/plan/draft-pool.ts';
import type { PoolReading } from '../../../src/domain/remediation/plan/pool-rules.ts';
import type { RequestedChange } from '../../../src/domain/remediation/request/requested-changes.ts';
import { aReading, aRequest, off, plan, poolRequests, smsPool, totpOn, totpOnly } from '../remediation/a-plan.ts';

const toOn = aRequest('MfaConfiguration', 'ON');
const toOptional = aRequest('MfaConfiguration', 'OPTIONAL');
const totp = aRequest('SoftwareTokenMfaConfiguration.Enabled', true);
const mail = aRequest('EmailMfaConfiguration.Message', 'Use {####}');

function refusedBy(...codes: RefusalCode[]): RefusedPlan {
  const refusal = refusalOf(codes.map((code) => ({ code, message: `${code}.` })));
  if (refusal === null) throw new Error('no code');
  return { kind: 'refused', refusal, outcomes: [], asks: null, readiness: null };
}

function wantedOf(
  pool: PoolReading,
  asked: readonly RequestedChange[],
  made: PoolPlan = plan(pool, asked),
): WantedState | null {
  return wantedState(pool, poolRequests(asked), made);
}

describe('what a pool is to read as', () => {
  it('is what a change by API would send, and what it starts from', () => {
    const codeEvent = { agent: 'terraform', at: '2026-11-21T10:00:00Z', eventId: 'e0' } as const;
    expect(wantedOf(aReading(totpOnly, { codeEvent }), [toOn])).toEqual({
      accountId: '111122223333',
      region: 'eu-west-1',
      poolId: 'eu-west-1_AbCdEf123',
      poolName: 'customers-prod',
      tags: {},
      codeEvent,
      before: totpOnly,
      call: { UserPoolId: 'eu-west-1_AbCdEf123', MfaConfiguration: 'ON', ...totpOn },
      prerequisites: [],
      hasSmsConfiguration: false,
      readiness: 'not-asked',
    });
  });

  it('is nothing where nothing is to be written', () => {
    expect(wantedOf(aReading(totpOnly), [])).toBeNull();
    expect(wantedOf(aReading(totpOnly), [toOptional])).toBeNull();
  });

  it('is what is written meanwhile, where a rollout goes on', () => {
    const pool = aReading(off);
    const wanted = wantedOf(pool, [toOn, totp], plan(pool, [toOptional, totp]));
    expect(wanted?.call).toMatchObject({ MfaConfiguration: 'OPTIONAL', ...totpOn });
  });

  it('is nothing that the API does not know', () => {
    expect(wantedOf(aReading(totpOnly), [aRequest('MfaConfiguration', 'REQUIRED')], refusedBy('mode'))).toBeNull();
  });
});

describe('a pool that is refused', () => {
  // Whoever has the source may do what this program may not: it was told to leave it, or the limits are its own.
  it.each<[RefusalCode[], boolean]>([
    [['mode'], true],
    [['remediation-off'], true],
    [['managed-elsewhere'], true],
    [['risk'], true],
    [['too-many-users'], true],
    [['too-many-changes'], true],
    [['mode', 'risk'], true],
    [['exempt'], false],
    [['held'], false],
    [['excepted'], false],
    [['unknown-fields'], false],
    [['replica'], false],
    [['conflict'], false],
    [['not-possible'], false],
    [['not-ready'], false],
    [['mode', 'held'], false],
  ])('because of %j can be mended at its source: %s', (codes, isThere) => {
    expect(wantedOf(aReading(totpOnly), [toOn], refusedBy(...codes)) !== null).toBe(isThere);
  });

  it('says what it must have before, and nothing else that speaks against it', () => {
    const made = refusedBy('prerequisite');
    expect(wantedOf(aReading(totpOnly), [mail], made)?.prerequisites).toContainEqual(expect.stringContaining('SES'));
    expect(wantedOf(aReading(off), [toOn], refusedBy('mode'))?.prerequisites).toEqual([]);
  });
});

it('a pool with an SMS configuration of its own says so, whether or not SMS is a factor', () => {
  const pools = [aReading(totpOnly), aReading(totpOnly, { userPool: smsPool })];
  expect(pools.map((pool) => wantedOf(pool, [toOn], refusedBy('mode'))?.hasSmsConfiguration)).toEqual([false, true]);
});

describe('how many users could still sign in', () => {
  const record: ReadinessRecord = {
    measuredAt: '2026-11-22T02:14:07.000Z',
    waitsFor: 0.98,
    enrolment: 'own',
    design: 'whole-listing',
    population: 1000,
    asked: 500,
    outcomes: { ready: 495, 'must-enrol': 0, 'locked-out': 5, 'passkey-only': 0 },
    shares: { 'as-written': { share: 0.99, low: 0.98, high: 1 }, lenient: { share: 1, low: 0.99, high: 1 } },
    lockedOutAtMost: 20,
  };

  it('is no question where nobody is kept out', () => {
    expect(wantedOf(aReading(off), [toOptional, totp])?.readiness).toBeNull();
  });

  it('is what was measured for the change, or for what refuses it', () => {
    const pool = aReading(totpOnly);
    const made = plan(pool, [toOn]);
    if (made.kind !== 'change') throw new Error(made.kind);
    const changed = { ...made, change: { ...made.change, readiness: record } };
    expect(wantedOf(pool, [toOn], changed)?.readiness).toBe(record);
    expect(wantedOf(pool, [toOn], { ...refusedBy('too-many-users'), readiness: record })?.readiness).toBe(record);
  });
});
