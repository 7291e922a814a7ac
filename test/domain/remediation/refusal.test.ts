import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { limitChanges, limitUsers } from '../../../src/domain/remediation/plan/limits.ts';
import { refusalCodes, refusalOf, type RefusalCode } from '../../../src/domain/remediation/model/refusals.ts';
import { unaskedObjections } from '../../../src/domain/remediation/plan/verification.ts';
import {
  aReading,
  aRequest,
  changeIn,
  violationsBy,
  off,
  plainPool,
  plan,
  refusalIn,
  rules,
  smsBlock,
  smsPool,
  totpOnly,
  poolRequests,
} from './a-plan.ts';
import { planPool } from '../../../src/domain/remediation/plan/plan-pool.ts';

const optional = aRequest('MfaConfiguration', 'OPTIONAL');
const totp = aRequest('SoftwareTokenMfaConfiguration.Enabled', true);
const on = aRequest('MfaConfiguration', 'ON');
const both = [optional, totp];

const protection = {
  code: 'held',
  paths: null,
  reason: 'Legacy call centre',
  owner: 'identity@example.com',
  expires: '2027-03-31',
  file: 'policies/exceptions.yaml',
  line: 4,
} as const;

const unfixable = { policy: 'prod', path: 'factors', file: 'policies/prod.yaml', line: 20, code: 'no-target' } as const;

const codeEvent = { agent: 'terraform', at: '2026-11-20T09:15:00Z', eventId: 'e1' } as const;

function described(more: JsonObject) {
  return { userPool: { ...plainPool, ...more } };
}

describe('a change is refused with its code and in words', () => {
  const cases: readonly [RefusalCode, string, string, () => ReturnType<typeof plan>][] = [
    [
      'remediation-off',
      'by the environment',
      'MFA_DRIFT_REMEDIATION=off: nothing is changed.',
      () => plan(aReading(off), both, {}, { isOff: true }),
    ],
    [
      'unknown-fields',
      'where the answer has a member that no model knows',
      'The answer holds what this version does not know (WebAuthnConfiguration.Attestation), and a call without it would remove it: update mfa-drift, or change the pool by hand.',
      () => plan(aReading(off, { unknownFields: ['WebAuthnConfiguration.Attestation'] }), both),
    ],
    [
      'unknown-fields',
      'where the answer has a value that no model knows',
      'The answer holds what this version does not know (MfaConfiguration), and a call without it would remove it: update mfa-drift, or change the pool by hand.',
      () => plan(aReading({ MfaConfiguration: 'ADAPTIVE' }), both),
    ],
    [
      'replica',
      'in a secondary region',
      "This is the replica in eu-west-1 of a pool in eu-north-1: fix mode, TOTP, e-mail and passkeys in the primary, and the replica's own SMS settings by hand.",
      () => plan(aReading(off, { replicaOf: 'eu-north-1' }), both),
    ],
    [
      'undescribed',
      'without DescribeUserPool',
      'DescribeUserPool could not be read, so the risk to users is not known: allow cognito-idp:DescribeUserPool.',
      () => plan(aReading(off, { userPool: null }), both),
    ],
    [
      'undescribed',
      'where nobody says how many users there are',
      'DescribeUserPool does not say how many users the pool has (EstimatedNumberOfUsers), so no limit can hold.',
      () => plan(aReading(off, { userPool: { UserPoolTier: 'LITE' } }), both),
    ],
    [
      'unknown-fields',
      'where it has two of them, each named once',
      'The answer holds what this version does not know (Push, MfaConfiguration), and a call without it would remove it: update mfa-drift, or change the pool by hand.',
      () => plan(aReading({ MfaConfiguration: 'ADAPTIVE' }, { unknownFields: ['Push', 'MfaConfiguration'] }), both),
    ],
    [
      'undescribed',
      'where the description is none',
      "DescribeUserPool's answer can't be read: Policies is a list, not an object.",
      () => plan(aReading(off, described({ Policies: [] })), both),
    ],
    [
      'mode',
      'by a policy that never fixes',
      'Remediation mode never: policy prod (policies/prod.yaml:12).',
      () => plan(aReading(off), [optional, { ...totp, mode: 'never' }]),
    ],
    [
      'mode',
      'by a policy that a person applies, in an audit',
      'Remediation mode manual: policy prod (policies/prod.yaml:12). Use mfa-drift plan and apply.',
      () => plan(aReading(off), [optional, { ...totp, mode: 'manual' }], {}, { by: 'audit' }),
    ],
    [
      'managed-elsewhere',
      'under a managed tag',
      'The tag aws:cloudformation:stack-name says that the pool is managed as code: change it there, as mfa-drift plan --patch shows, or use --include-managed.',
      () => plan(aReading(off, described({ UserPoolTags: { 'aws:cloudformation:stack-name': 'shop' } })), both),
    ],
    [
      'managed-elsewhere',
      'after an event of a tool that manages pools as code',
      'CloudTrail has an event of Terraform of 2026-11-20, so that the pool is managed as code: change it there, as mfa-drift plan --patch shows, or use --include-managed.',
      () => plan(aReading(off, { codeEvent }), both),
    ],
    [
      'exempt',
      'under the exempt tag',
      "The pool's tag mfa-remediation: exempt keeps every change away.",
      () => plan(aReading(off, described({ UserPoolTags: { 'mfa-remediation': 'exempt' } })), both),
    ],
    [
      'held',
      'under a hold',
      'An exception holds the whole pool through 2027-03-31 (policies/exceptions.yaml:4, owner identity@example.com: Legacy call centre).',
      () => plan(aReading(off), both, { protections: [protection] }),
    ],
    [
      'excepted',
      'under an exception',
      'An exception covers the whole pool through 2027-03-31 (policies/exceptions.yaml:4, owner identity@example.com: Legacy call centre).',
      () => plan(aReading(off), both, { protections: [{ ...protection, code: 'excepted' }] }),
    ],
    [
      'unresolved',
      'where nothing but an unknown tag is asked for',
      'factors of policy prod (policies/prod.yaml:20) has a variable that this pool cannot fill in.',
      () => plan(aReading(off), [], { notFixable: [{ ...unfixable, code: 'unresolved' }] }),
    ],
    [
      'no-target',
      'where nothing that is asked for can be written',
      'factors of policy prod (policies/prod.yaml:20) is judged and never fixed: name the fields that make it hold, with their values.',
      () => plan(aReading(off), [], { notFixable: [unfixable] }),
    ],
    [
      'no-target',
      'where only DescribeUserPool could be put right',
      'UserPool.DeviceConfiguration of policy prod (policies/prod.yaml:20) is judged and never fixed: change the pool by hand.',
      () => plan(aReading(off), [], { notFixable: [{ ...unfixable, path: 'UserPool.DeviceConfiguration' }] }),
    ],
    [
      'no-target',
      'where an operator names no value to write',
      'MfaConfiguration of policy prod (policies/prod.yaml:20) says no single value that could be written (set, a scalar, a lone oneOf entry).',
      () => plan(aReading(off), [], { notFixable: [{ ...unfixable, path: 'MfaConfiguration' }] }),
    ],
    [
      'conflict',
      'where two policies disagree',
      'No value of MfaConfiguration satisfies policy a (a.yaml:1) and policy b (b.yaml:2).',
      () =>
        plan(aReading(off), [totp], {
          disagreements: [
            {
              path: 'MfaConfiguration',
              demands: [
                { policy: 'a', file: 'a.yaml', line: 1 },
                { policy: 'b', file: 'b.yaml', line: 2 },
              ],
            },
          ],
        }),
    ],
    [
      'conflict',
      'where two asks for one path differ',
      'No value of MfaConfiguration satisfies policy prod (policies/prod.yaml:12) and policy other (policies/prod.yaml:12).',
      () => plan(aReading(off), [totp, optional, { ...on, policy: 'other' }]),
    ],
    [
      'conflict',
      'where the state afterwards breaks what holds',
      'The change would break factors of policy prod, which holds now.',
      () =>
        planPool(aReading(off), poolRequests(both), rules, (config, userPool) =>
          config['MfaConfiguration'] === 'OFF'
            ? violationsBy(both)(config, userPool)
            : [{ policy: 'prod', path: 'factors' }],
        ),
    ],
    [
      'conflict',
      'where the state afterwards does not clear what asked for it',
      'Writing SoftwareTokenMfaConfiguration.Enabled would not satisfy policy prod (policies/prod.yaml:12).',
      () => planPool(aReading(off), poolRequests(both), rules, () => [{ policy: 'prod', path: totp.path }]),
    ],
    [
      'no-factor',
      'where MFA would have no factor',
      'MFA cannot be OPTIONAL without a factor: a policy must ask for one too, such as SoftwareTokenMfaConfiguration: { Enabled: true }.',
      () => plan(aReading(off), [optional]),
    ],
    [
      'not-possible',
      'where a factor is asked for beside OFF',
      'SoftwareTokenMfaConfiguration.Enabled cannot be changed while MfaConfiguration is OFF, where Cognito keeps no factor: a policy must ask for OPTIONAL or ON too.',
      () => plan(aReading(off), [totp]),
    ],
    [
      'not-possible',
      'where SMS should go',
      "The pool has an SMS configuration, and SetUserPoolMfaConfig cannot keep SMS from being a factor beside it: remove SmsConfiguration from the pool's settings (UpdateUserPool) first, or make SMS part of the policy.",
      () =>
        plan(aReading({ ...totpOnly, SmsMfaConfiguration: smsBlock }, { userPool: smsPool }), [
          aRequest('SmsMfaConfiguration', null),
        ]),
    ],
    [
      'not-possible',
      'where TOTP would stand alone beside an SMS configuration',
      "The pool has an SMS configuration, and SetUserPoolMfaConfig cannot keep SMS from being a factor beside it: remove SmsConfiguration from the pool's settings (UpdateUserPool) first, or make SMS part of the policy.",
      () => plan(aReading(totpOnly, { userPool: smsPool }), [on]),
    ],
    [
      'not-possible',
      'where a text is none that Cognito takes',
      'SmsMfaConfiguration.SmsAuthenticationMessage must contain {####}, where the code goes.',
      () =>
        plan(aReading({ ...totpOnly, SmsMfaConfiguration: smsBlock }, { userPool: smsPool }), [
          aRequest('SmsMfaConfiguration.SmsAuthenticationMessage', 'No place for a code'),
        ]),
    ],
    [
      'unknown-transition',
      'where the table has no entry',
      'What it means for users when WebAuthnConfiguration.UserVerification goes absent → required is not known here, so it is not done: change it by hand.',
      () =>
        plan(aReading({ ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com' } }), [
          aRequest('WebAuthnConfiguration.UserVerification', 'required'),
        ]),
    ],
    [
      'unknown-transition',
      'where a block is no SMS configuration, without telling an external id',
      'What is asked for is no MFA configuration that this version knows: SmsMfaConfiguration to {"SmsConfiguration":{"ExternalId":"(masked)"},"Pigeon":true} (policy prod (policies/prod.yaml:12)).',
      () =>
        plan(aReading(totpOnly), [
          aRequest('SmsMfaConfiguration', { SmsConfiguration: { ExternalId: 'topsecret' }, Pigeon: true }),
        ]),
    ],
    [
      'unknown-transition',
      'where the value is none, rather than read as OFF',
      'What is asked for is no MFA configuration that this version knows: MfaConfiguration to nothing (policy prod (policies/prod.yaml:12)).',
      () => plan(aReading(totpOnly), [aRequest('MfaConfiguration', null)]),
    ],
    [
      'risk',
      'where a policy does not allow it',
      'The change is disruptive (Every user must complete MFA to sign in, and one without a factor must be able to enrol). That is more than policy prod (policies/prod.yaml:12) allows: use --allow disruptive, or remediation.allow there, if it is meant.',
      () => plan(aReading(totpOnly), [{ ...on, allow: ['tightening'] }]),
    ],
    [
      'risk',
      'where the audit itself would weaken, whatever the flags',
      'The change is weakening (Users who set up a second factor are no longer asked for it; Users of an authenticator app lose it, and no factor as strong remains). No audit does that for policy prod (policies/prod.yaml:12): use mfa-drift plan and apply with --allow weakening if it is meant.',
      () => plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'OFF')], {}, { by: 'audit', allow: ['weakening'] }),
    ],
  ];

  test.each(cases)('%s %s', (code, _, message, made) => {
    expect(refusalIn(made())).toMatchObject({ code, message });
  });

  test.each([
    [
      'a one-time password is a first factor',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      "MFA cannot be ON while EMAIL_OTP is among the pool's first factors: remove that from Policies.SignInPolicy.AllowedFirstAuthFactors, or ask for OPTIONAL.",
    ],
    [
      'two one-time passwords are first factors',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['SMS_OTP', 'PASSWORD', 'EMAIL_OTP'] } } },
      "MFA cannot be ON while SMS_OTP and EMAIL_OTP are among the pool's first factors: remove that from Policies.SignInPolicy.AllowedFirstAuthFactors, or ask for OPTIONAL.",
    ],
    [
      'a passkey is a first factor that counts once',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
      "MFA cannot be ON while WEB_AUTHN is among the pool's first factors and a passkey counts as a single factor: a policy must ask for WebAuthnConfiguration.FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION too.",
    ],
    [
      'threat protection is in full function',
      { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
      'MFA cannot be ON beside threat protection in full function (UserPoolAddOns.AdvancedSecurityMode ENFORCED), which itself asks for MFA by risk: ask for OPTIONAL, or set it to AUDIT.',
    ],
  ])('prerequisite: not ON while %s', (_, more, message) => {
    expect(refusalIn(plan(aReading(totpOnly, described(more)), [on]))).toMatchObject({ code: 'prerequisite', message });
  });

  test('of several reasons the first in order is the code, and all are in the message', () => {
    const tags = { UserPoolTags: { 'mfa-remediation': 'exempt' } };
    const made = refusalIn(
      plan(aReading(off, { ...described(tags), replicaOf: 'eu-north-1' }), [{ ...optional, mode: 'never' }]),
    );
    expect(made.code).toBe('replica');
    expect(made.objections.map(({ code }) => code)).toEqual(['replica', 'mode', 'exempt', 'no-factor']);
    for (const { message } of made.objections) expect(made.message).toContain(message);
  });

  test('every code stands for itself in a refusal', () => {
    for (const code of refusalCodes) expect(refusalOf([{ code, message: 'x' }])?.code).toBe(code);
    expect(refusalOf([])).toBeNull();
  });

  test('unasked-change: a call that its reasons do not make', () => {
    const pool = aReading(off, { userPool: plainPool });
    const change = changeIn(plan(pool, both));
    const edited = { ...change, call: { ...change.call, MfaConfiguration: 'OFF' } };
    expect(unaskedObjections(change, { ...pool, userPool: plainPool })).toEqual([]);
    expect(unaskedObjections(edited, { ...pool, userPool: plainPool })).toEqual([
      {
        code: 'unasked-change',
        message: 'The call is not what its reasons ask for: MfaConfiguration. Make a new plan.',
      },
    ]);
  });

  test('too-many-users and too-many-changes say the numbers', () => {
    const change = changeIn(plan(aReading(totpOnly), [on]));
    const many = [change, { ...change, poolId: 'b', usersAtRisk: 12_364 }];
    expect(limitUsers(many, 1000).objection).toEqual({
      code: 'too-many-users',
      message:
        '2 disruptive changes would touch 12,406 users; the limit is 1,000. Raise remediation.maxUsers (--max-users) if this is meant.',
    });
    expect(limitChanges(41, 60, { maxChanges: 50, maxChangesPercent: 10 })).toEqual({
      code: 'too-many-changes',
      message:
        'Would change 41 of 60 pools (68.4 %); the limit is 10 %. Raise remediation.maxChangesPercent (--max-changes-percent) if this is meant.',
      inShort: '41 changes in 60 pools (68.4 %), over maxChangesPercent 10',
    });
    expect(limitChanges(26, 4000, { maxChanges: 25, maxChangesPercent: 10 })).toEqual({
      code: 'too-many-changes',
      message:
        'Would change 26 of 4,000 pools; the limit is 25. Raise remediation.maxChanges (--max-changes) if this is meant.',
      inShort: '26 changes, over maxChanges 25',
    });
    expect(limitChanges(2, 4, { maxChanges: 1, maxChangesPercent: 10, byFlagAlone: true })?.message).toBe(
      'Would change 2 of 4 pools; the limit is 1. Raise --max-changes if this is meant.',
    );
  });
});
