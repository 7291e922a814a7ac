import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import type { Risk } from '../../../../src/domain/model/risk.ts';
import type { Measurement } from '../../../../src/domain/readiness/measurement.ts';
import type { DatedReadiness } from '../../../../src/domain/readiness/record.ts';
import type { RefusedPlan } from '../../../../src/domain/remediation/plan/draft-pool.ts';
import type { RequestedChange } from '../../../../src/domain/remediation/request/requested-changes.ts';
import { limitUsers } from '../../../../src/domain/remediation/plan/limits.ts';
import { planPool } from '../../../../src/domain/remediation/plan/plan-pool.ts';
import { questionOf, usersAtRisk } from '../../../../src/domain/remediation/plan/readiness-gate.ts';
import { changeContextOf } from '../../../../src/domain/remediation/risk/risk-conditions.ts';
import type { FieldName } from '../../../../src/domain/remediation/risk/risk-table.ts';
import {
  aReading,
  aRequest,
  changeIn,
  off,
  plainPool,
  plan,
  poolRequests,
  rules,
  smsBlock,
  smsPool,
  totpOn,
  totpOnly,
} from '../a-plan.ts';

const on: JsonObject = { MfaConfiguration: 'ON', ...totpOn };
/** E-mail can be a factor there. */
const mailPool: JsonObject = {
  ...plainPool,
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] },
};
const passkeyPool: JsonObject = {
  ...plainPool,
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
};
const measuredAt = '2026-11-29T02:00:00.000Z';

/** Of 1,000 users so many surely could sign in. */
function ready(low: number, more: Partial<Measurement> = {}): DatedReadiness {
  const share = { share: low + 0.01, low, high: low + 0.02 };
  const outcomes = { ready: 480, 'must-enrol': 15, 'locked-out': 5, 'passkey-only': 0 };
  return {
    measured: true,
    measuredAt,
    measurement: {
      design: 'whole-listing',
      fellBack: null,
      enrolment: null,
      pool: { required: true, passkeys: true, totp: true, sms: false, email: false, recovery: null },
      population: 1000,
      listed: { local: 1000, federated: 0, disabled: 0, unconfirmed: 0 },
      asked: 500,
      branches: {},
      outcomes: { 'as-written': outcomes, lenient: outcomes },
      shares: { 'as-written': share, lenient: share },
      pages: 17,
      reads: 500,
      billed: 0,
      ...more,
    },
  };
}

const denied: DatedReadiness = {
  measured: false,
  measuredAt,
  failure: {
    code: 'AccessDenied',
    message: 'User is not authorized to perform: cognito-idp:ListUsers',
    remedy: 'Ask.',
  },
};

const toOn = (more: Partial<RequestedChange> = {}) => aRequest('MfaConfiguration', 'ON', { readiness: 0.98, ...more });

function planned(config: JsonObject, readiness: DatedReadiness | null, asked = [toOn()], userPool = plainPool) {
  return plan(aReading(config, { readiness, userPool: { ...userPool, EstimatedNumberOfUsers: 1000 } }), asked);
}

function refusedIn(made: ReturnType<typeof planned>): RefusedPlan {
  if (made.kind !== 'refused') throw new Error(JSON.stringify(made));
  return made;
}

describe('a change to ON that waits for 98 % of the users', () => {
  test('is made where the lower end is there, with its risk and its numbers', () => {
    const change = changeIn(planned(totpOnly, ready(0.98)));
    expect(change).toMatchObject({
      risk: 'disruptive',
      users: 1000,
      usersAtRisk: 20,
      readiness: { measuredAt, waitsFor: 0.98, population: 1000, asked: 500, lockedOutAtMost: 20 },
    });
    expect(change.lockout.join(' ')).not.toContain('How many of the pool');
  });

  test('is refused just below it, with the numbers and the way out', () => {
    const { refusal, outcomes, readiness } = refusedIn(planned(totpOnly, ready(0.9799)));
    expect(refusal.code).toBe('not-ready');
    expect(refusal.message).toBe(
      '99.0 % (95 %: 97.9 % to 100.0 %) of its 1,000 local users could still sign in, and policy prod (policies/prod.yaml:12) waits for 98.0 % at least; up to 21 users would be locked out. mfa-drift readiness says why the others could not. 15 users of those asked must enrol and count as locked out, since the policy does not say who enrols them (remediation.enrolment).',
    );
    expect(readiness).toMatchObject({ waitsFor: 0.98, lockedOutAtMost: 21 });
    expect(outcomes).toMatchObject([{ risk: 'disruptive', refused: 'not-ready', isRollingOut: false }]);
  });

  test('asks who enrols users only where nobody said it, and some must enrol', () => {
    const outcomes = { ready: 495, 'must-enrol': 0, 'locked-out': 5, 'passkey-only': 0 };
    const everybody = ready(0.9799, { outcomes: { 'as-written': outcomes, lenient: outcomes } });
    for (const readiness of [ready(0.9799, { enrolment: 'own' }), everybody]) {
      expect(refusedIn(planned(totpOnly, readiness)).refusal.message).toMatch(/ why the others could not\.$/);
    }
  });

  test('is refused where nobody asked, and says what to ask', () => {
    const { refusal, asks } = refusedIn(planned(totpOnly, null));
    const objection = {
      code: 'not-ready',
      message: 'Nobody has asked its users whether they could still sign in afterwards.',
    };
    expect(refusal).toEqual({ ...objection, objections: [objection] });
    expect(asks).toEqual({
      pool: { required: true, passkeys: true, totp: true, sms: false, email: false, recovery: 'phone' },
      enrolment: null,
      waitsFor: 0.98,
    });
  });

  test('is refused where asking failed, and says why', () => {
    const { refusal, readiness } = refusedIn(planned(totpOnly, denied));
    expect(refusal).toMatchObject({
      code: 'not-ready',
      message:
        'How many of its users could still sign in is not known: User is not authorized to perform: cognito-idp:ListUsers. Ask.',
    });
    expect(readiness).toBeNull();
    const failure = { code: 'throttled', message: 'No answer in 12.5 s.', remedy: '' } as const;
    expect(refusedIn(planned(totpOnly, { measured: false, measuredAt, failure })).refusal.message).toBe(
      'How many of its users could still sign in is not known: No answer in 12.5 s.',
    );
  });

  test('asks nobody where something else keeps it from being made', () => {
    const { refusal, asks } = refusedIn(planned(totpOnly, null, [toOn({ allow: ['tightening'] })]));
    expect(refusal.code).toBe('risk');
    expect(asks).toBeNull();
  });

  test('goes by the policy that waits for most, and by whoever says that nobody enrols', () => {
    const asked = [
      toOn({ enrolment: 'managed-login' }),
      toOn({ policy: 'strict', readiness: 0.995, enrolment: 'none' }),
      toOn({ policy: 'other', readiness: null }),
    ];
    expect(refusedIn(planned(totpOnly, null, asked)).asks).toMatchObject({ waitsFor: 0.995, enrolment: 'none' });
    expect(refusedIn(planned(totpOnly, ready(0.99), asked)).refusal.message).toContain(
      'policy strict (policies/prod.yaml:12) waits for 99.5 %',
    );
  });
});

describe('what waits for users', () => {
  test.each<[string, JsonObject, RequestedChange[], JsonObject, boolean]>([
    [
      'to OPTIONAL',
      off,
      [aRequest('MfaConfiguration', 'OPTIONAL'), aRequest('SoftwareTokenMfaConfiguration.Enabled', true)],
      plainPool,
      false,
    ],
    [
      'TOTP on, in a pool that is ON',
      { MfaConfiguration: 'ON', EmailMfaConfiguration: {} },
      [aRequest('SoftwareTokenMfaConfiguration.Enabled', true)],
      mailPool,
      false,
    ],
    [
      'e-mail removed',
      { ...totpOnly, EmailMfaConfiguration: {} },
      [aRequest('EmailMfaConfiguration', null)],
      plainPool,
      true,
    ],
    [
      'e-mail removed, in a pool that is ON',
      { ...on, EmailMfaConfiguration: {} },
      [aRequest('EmailMfaConfiguration', null)],
      plainPool,
      true,
    ],
    [
      'another relying party',
      { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com', UserVerification: 'required' } },
      [aRequest('WebAuthnConfiguration.RelyingPartyId', 'b.example.com')],
      passkeyPool,
      true,
    ],
    [
      'another relying party that nobody signs in with',
      { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com', UserVerification: 'required' } },
      [aRequest('WebAuthnConfiguration.RelyingPartyId', 'b.example.com')],
      plainPool,
      false,
    ],
    [
      'the first relying party, where passkeys sign in',
      totpOnly,
      [
        aRequest('WebAuthnConfiguration.RelyingPartyId', 'a.example.com'),
        aRequest('WebAuthnConfiguration.UserVerification', 'preferred'),
      ],
      passkeyPool,
      false,
    ],
    [
      'passkeys of the same relying party that verify their user',
      { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com', UserVerification: 'preferred' } },
      [aRequest('WebAuthnConfiguration.UserVerification', 'required')],
      passkeyPool,
      false,
    ],
    [
      'the text of an SMS',
      { ...totpOnly, SmsMfaConfiguration: smsBlock },
      [aRequest('SmsMfaConfiguration.SmsAuthenticationMessage', 'New code {####}')],
      smsPool,
      false,
    ],
  ])('%s', (_, config, asked, userPool, waits) => {
    const made = planned(
      config,
      null,
      asked.map((each) => ({ ...each, readiness: 0.9 })),
      userPool,
    );
    expect(made.kind === 'refused' ? [made.refusal.code, made.asks !== null] : made.kind).toEqual(
      waits ? ['not-ready', true] : 'change',
    );
  });

  test('is asked as the pool would be: MFA optional still', () => {
    const asked = [aRequest('EmailMfaConfiguration', null, { readiness: 0.9 })];
    expect(refusedIn(planned({ ...totpOnly, EmailMfaConfiguration: {} }, null, asked)).asks).toMatchObject({
      pool: { required: false, email: false, totp: true },
    });
  });

  test('never a change to OFF, which keeps nobody out', () => {
    const context = changeContextOf(totpOnly, off, settingsOf(plainPool, 'eu-west-1'));
    expect(questionOf({ context }, [toOn({ to: 'OFF' })])).toBeNull();
  });

  test('nobody, where no policy says a share', () => {
    expect(changeIn(planned(totpOnly, null, [toOn({ readiness: null })]))).toMatchObject({
      readiness: null,
      usersAtRisk: 1000,
    });
  });
});

describe('users at risk', () => {
  test('are all where the change does what nobody measured', () => {
    const asked = [toOn(), aRequest('SmsMfaConfiguration.SmsAuthenticationMessage', 'New code {####}')];
    const config = { ...totpOnly, SmsMfaConfiguration: smsBlock };
    expect(changeIn(planned(config, ready(0.99), asked, smsPool)).usersAtRisk).toBe(1000);
  });

  test.each<[FieldName, Risk, number]>([
    ['MfaConfiguration', 'disruptive', 10],
    ['SoftwareTokenMfaConfiguration', 'weakening', 10],
    ['SmsMfaConfiguration', 'disruptive', 10],
    ['EmailMfaConfiguration', 'disruptive', 10],
    ['WebAuthnConfiguration.RelyingPartyId', 'disruptive', 10],
    ['WebAuthnConfiguration.UserVerification', 'tightening', 10],
    ['WebAuthnConfiguration.UserVerification', 'disruptive', 1000],
    ['WebAuthnConfiguration.FactorConfiguration', 'disruptive', 1000],
    ['EmailMfaConfiguration.Message', 'disruptive', 1000],
  ])('are those not found ready where readiness knows of %s, %s: %i', (field, risk, expected) => {
    const { readiness } = changeIn(planned(totpOnly, ready(0.99)));
    const settings = settingsOf({ ...plainPool, EstimatedNumberOfUsers: 1000 }, 'eu-west-1');
    const transitions = [{ field, change: '', risk, reasons: [] }];
    expect(usersAtRisk({ context: changeContextOf(totpOnly, on, settings), transitions }, readiness)).toBe(expected);
  });

  test('are what maxUsers counts', () => {
    const change = changeIn(planned(totpOnly, ready(0.98)));
    expect(limitUsers([change, change], 40).refused).toEqual([]);
    const over = limitUsers([change, change], 39);
    expect(over.refused).toHaveLength(2);
    expect(over.objection?.message).toContain('2 disruptive changes could lock out up to 40 users; the limit is 39.');
    expect(limitUsers([change, { ...change, readiness: null }], 39).objection?.message).toContain(
      'could lock out up to',
    );
  });
});

describe('a rollout', () => {
  const rollout = (more: Partial<RequestedChange> = {}) => toOn({ meanwhile: 'OPTIONAL', ...more });
  const totp = aRequest('SoftwareTokenMfaConfiguration.Enabled', true, { readiness: 0.98 });

  test('writes OPTIONAL below the line, judged as that change, and keeps the finding', () => {
    const made = planned(off, ready(0.5), [rollout(), totp]);
    const change = changeIn(made);
    expect(change).toMatchObject({
      risk: 'tightening',
      call: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
      readiness: { waitsFor: 0.98 },
      usersAtRisk: 1000,
      lockout: [],
    });
    expect(change.because.map(({ path, to }) => [path, to])).toEqual([
      ['MfaConfiguration', 'OPTIONAL'],
      ['SoftwareTokenMfaConfiguration.Enabled', true],
    ]);
    expect(made).toMatchObject({
      outcomes: [
        { path: 'MfaConfiguration', risk: 'tightening', refused: null, isRollingOut: true },
        { path: 'SoftwareTokenMfaConfiguration.Enabled', refused: null, isRollingOut: false },
      ],
    });
  });

  test('writes ON above it', () => {
    expect(changeIn(planned(off, ready(0.98), [rollout(), totp]))).toMatchObject({
      risk: 'disruptive',
      call: { MfaConfiguration: 'ON' },
    });
  });

  test('has nothing to write where OPTIONAL is there, and says that it goes on', () => {
    const { refusal, outcomes } = refusedIn(planned(totpOnly, ready(0.9), [rollout()]));
    expect(refusal.code).toBe('rolling-out');
    expect(refusal.message).toBe(
      'The rollout goes on: 91.0 % (95 %: 90.0 % to 92.0 %) of its 1,000 local users could still sign in, and policy prod (policies/prod.yaml:12) waits for 98.0 % at least; up to 100 users would be locked out. 15 users of those asked must enrol and count as locked out, since the policy does not say who enrols them (remediation.enrolment).',
    );
    expect(outcomes).toEqual([
      { policy: 'prod', path: 'MfaConfiguration', risk: null, refused: 'rolling-out', isRollingOut: true },
    ]);
  });

  test('writes what else is wanted of a pool that is OPTIONAL already', () => {
    const made = planned(
      { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
      ready(0.9),
      [rollout(), totp],
      mailPool,
    );
    expect(changeIn(made).because.map(({ path }) => path)).toEqual(['SoftwareTokenMfaConfiguration.Enabled']);
    expect(made).toMatchObject({
      outcomes: [{ isRollingOut: false }, { path: 'MfaConfiguration', isRollingOut: true }],
    });
  });

  test('does not begin where users could not be asked', () => {
    expect(refusedIn(planned(off, denied, [rollout(), totp])).refusal.code).toBe('not-ready');
  });

  test('does not begin where another policy wants ON at once', () => {
    const { refusal } = refusedIn(planned(off, ready(0.5), [rollout(), toOn({ policy: 'strict' }), totp]));
    expect(refusal.code).toBe('not-ready');
    expect(refusal.message).toContain(
      'policy prod (policies/prod.yaml:12) and policy strict (policies/prod.yaml:12) wait for 98.0 %',
    );
    const { outcomes } = refusedIn(planned(totpOnly, ready(0.5), [rollout(), toOn({ policy: 'strict' })]));
    expect(outcomes.map(({ policy, refused, isRollingOut }) => [policy, refused, isRollingOut])).toEqual([
      ['prod', 'not-ready', false],
      ['strict', 'not-ready', false],
    ]);
  });

  test('does not begin where no policy says so, though one would be content with OPTIONAL', () => {
    const userPool = { ...plainPool, EstimatedNumberOfUsers: 1000 };
    const content = ({ MfaConfiguration }: JsonObject) =>
      MfaConfiguration === 'OFF' ? [{ policy: 'prod', path: 'MfaConfiguration' }] : [];
    const made = planPool(
      aReading(off, { readiness: ready(0.5), userPool }),
      poolRequests([toOn(), totp]),
      rules,
      content,
    );
    expect(refusedIn(made).refusal.code).toBe('not-ready');
  });

  test('takes no text for a mode, whatever it reads', () => {
    const asked = [
      rollout(),
      aRequest('EmailMfaConfiguration.Message', '{####}'),
      aRequest('EmailMfaConfiguration.Subject', 'ON'),
    ];
    expect(changeIn(planned(off, ready(0.5), asked, mailPool)).call).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      EmailMfaConfiguration: { Message: '{####}', Subject: 'ON' },
    });
  });

  test('is judged as the change that it is: OPTIONAL may be disruptive too', () => {
    const made = planned(off, ready(0.5), [rollout()], smsPool);
    expect(changeIn(made)).toMatchObject({ risk: 'disruptive', usersAtRisk: 1000 });
  });

  test('tells beside its own reason why what else is wanted is not done meanwhile', () => {
    const allow = ['disruptive'] as const;
    const asked = [rollout({ allow }), { ...totp, allow }];
    const before = refusedIn(planned(off, ready(0.5), asked));
    expect(before.refusal.objections.map(({ code }) => code)).toEqual(['risk', 'not-ready']);
    expect(before.outcomes.map(({ path, refused, isRollingOut }) => [path, refused, isRollingOut])).toEqual([
      ['MfaConfiguration', 'risk', true],
      ['SoftwareTokenMfaConfiguration.Enabled', 'risk', false],
    ]);
    const optional = { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} };
    const going = refusedIn(planned(optional, ready(0.5), asked, mailPool));
    expect(going.refusal.objections.map(({ code }) => code)).toEqual(['risk', 'rolling-out']);
    expect(going.outcomes.map(({ path, refused, isRollingOut }) => [path, refused, isRollingOut])).toEqual([
      ['SoftwareTokenMfaConfiguration.Enabled', 'risk', false],
      ['MfaConfiguration', 'risk', true],
    ]);
    expect(going.readiness).toMatchObject({ waitsFor: 0.98 });
  });

  test('takes a factor away meanwhile where that waits for nobody', () => {
    const config = { ...totpOnly, EmailMfaConfiguration: {} };
    const made = planned(config, ready(0.5), [rollout(), aRequest('EmailMfaConfiguration', null)]);
    expect(changeIn(made).because.map(({ path }) => path)).toEqual(['EmailMfaConfiguration']);
  });

  test('takes no factor away meanwhile that nobody was asked about', () => {
    const config = { ...totpOnly, EmailMfaConfiguration: {} };
    const asked = [rollout(), aRequest('EmailMfaConfiguration', null, { readiness: 0.98 })];
    expect(refusedIn(planned(config, ready(0.5), asked)).refusal.code).toBe('not-ready');
  });
});
