import { describe, expect, it } from 'vitest';
import { mfaStateOf } from '../../../src/domain/model/mfa/mfa-state.ts';
import { settingsOf } from '../../../src/domain/model/mfa/pool-settings.ts';
import {
  branches,
  branchNames,
  branchOf,
  outcomeOf,
  poolFactsOf,
  type SignInOutcome,
  type PoolFacts,
} from '../../../src/domain/readiness/decision-list.ts';
import type { Enrolment } from '../../../src/domain/model/enrolment.ts';
import { canSignIn, mostLockedOut } from '../../../src/domain/readiness/measurement.ts';
import { userKindOf, type UserFacts, type UserFactors } from '../../../src/domain/readiness/users.ts';

const nobody = {
  status: 'CONFIRMED',
  isEnabled: true,
  hasEmail: false,
  hasPhone: false,
  active: [],
  preferred: null,
  first: ['PASSWORD'],
};
const email = { ...nobody, hasEmail: true };
const phone = { ...nobody, hasPhone: true };
const both = { ...nobody, hasEmail: true, hasPhone: true };
const nothing: PoolFacts = {
  required: true,
  passkeys: true,
  totp: false,
  sms: false,
  email: false,
  recovery: null,
};
const pool = (more: Partial<PoolFacts>): PoolFacts => ({ ...nothing, ...more });

type Row = readonly [
  says: string,
  user: UserFacts & UserFactors,
  pool: PoolFacts,
  asWritten: SignInOutcome,
  lenient?: SignInOutcome,
];

/** From the guide's list, read sentence by sentence; no row from the code. */
const rows: readonly Row[] = [
  [
    '3: a preferred factor that is on',
    { ...phone, active: ['SMS_MFA'], preferred: 'SMS_MFA' },
    pool({ sms: true, recovery: 'phone' }),
    'ready',
  ],
  [
    '3: a preferred factor that the pool has off',
    { ...phone, active: ['SMS_MFA'], preferred: 'SMS_MFA' },
    pool({ totp: true, recovery: 'email' }),
    'must-enrol',
  ],
  [
    '3: a preferred factor that is none of the three',
    { ...phone, active: ['NEW_MFA'], preferred: 'NEW_MFA' },
    pool({ totp: true, recovery: 'email' }),
    'must-enrol',
  ],
  [
    '3: preferred e-mail',
    { ...email, active: ['EMAIL_OTP'], preferred: 'EMAIL_OTP' },
    pool({ email: true, recovery: 'email' }),
    'ready',
  ],
  [
    '4: TOTP, not preferred',
    { ...email, active: ['SOFTWARE_TOKEN_MFA'] },
    pool({ totp: true, recovery: 'email' }),
    'ready',
  ],
  [
    '5: TOTP that is off in the pool',
    { ...nobody, active: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
    pool({ email: true }),
    'must-enrol',
  ],
  [
    '6: only e-mail, which recovers, TOTP on',
    email,
    pool({ totp: true, email: true, recovery: 'email' }),
    'locked-out',
    'must-enrol',
  ],
  [
    '6: only e-mail, which recovers, TOTP off',
    email,
    pool({ sms: true, recovery: 'email' }),
    'locked-out',
    'locked-out',
  ],
  [
    '6: only a number, which recovers, TOTP on',
    phone,
    pool({ totp: true, sms: true, recovery: 'phone' }),
    'locked-out',
    'must-enrol',
  ],
  ['6.2: only e-mail, which does not recover', email, pool({ email: true, recovery: 'phone' }), 'ready'],
  ['6.3: only a number, which does not recover', phone, pool({ sms: true, recovery: 'email' }), 'ready'],
  ['6.3: only a number, an administrator recovers', phone, pool({ sms: true, recovery: null }), 'ready'],
  ['6.4: only e-mail, its factor off, no TOTP', email, pool({ sms: true, recovery: 'phone' }), 'locked-out'],
  [
    '6.5: only e-mail, its factor off, TOTP on',
    email,
    pool({ sms: true, totp: true, recovery: 'phone' }),
    'must-enrol',
  ],
  ['7: both, one of them recovers', both, pool({ sms: true, email: true, recovery: 'email' }), 'ready'],
  ['7: both, the factor is at the one that recovers', both, pool({ sms: true, recovery: 'phone' }), 'locked-out'],
  ['7: the same, and TOTP on', both, pool({ sms: true, totp: true, recovery: 'phone' }), 'must-enrol'],
  ['7: both, the factor is at the address that recovers', both, pool({ email: true, recovery: 'email' }), 'locked-out'],
  ['7.1: both, an administrator recovers', both, pool({ sms: true, recovery: null }), 'ready'],
  ['8: neither, TOTP on', nobody, pool({ totp: true }), 'must-enrol'],
  ['8: neither, e-mail on', nobody, pool({ email: true, recovery: 'phone' }), 'must-enrol'],
  ['8: neither, e-mail on, which recovers', nobody, pool({ email: true, recovery: 'email' }), 'locked-out'],
  ['8: neither, SMS alone', nobody, pool({ sms: true, recovery: 'email' }), 'locked-out'],
  [
    'a passkey alone',
    { ...email, first: ['WEB_AUTHN'] },
    pool({ totp: true, email: true, recovery: 'phone' }),
    'passkey-only',
  ],
  ['optional: no factor, and none is asked for', email, pool({ required: false, totp: true }), 'ready'],
  [
    'optional: a factor that stays',
    { ...nobody, active: ['SOFTWARE_TOKEN_MFA'] },
    pool({ required: false, totp: true }),
    'ready',
  ],
  [
    'optional: a factor that goes, and nothing in its place',
    { ...phone, active: ['SMS_MFA'], preferred: 'SMS_MFA' },
    pool({ required: false, recovery: 'email' }),
    'locked-out',
  ],
  ['optional: a passkey alone', { ...email, first: ['WEB_AUTHN'] }, pool({ required: false, totp: true }), 'ready'],
  [
    'optional: a passkey alone, whose relying party goes',
    { ...email, first: ['WEB_AUTHN'] },
    pool({ required: false, passkeys: false, totp: true }),
    'passkey-only',
  ],
  [
    'optional: a password beside a passkey whose relying party goes',
    { ...email, first: ['PASSWORD', 'WEB_AUTHN'] },
    pool({ required: false, passkeys: false, totp: true }),
    'ready',
  ],
  [
    'a passkey and TOTP',
    { ...email, first: ['WEB_AUTHN'], active: ['SOFTWARE_TOKEN_MFA'] },
    pool({ totp: true, recovery: 'email' }),
    'ready',
  ],
  [
    'a passkey and a password',
    { ...phone, first: ['PASSWORD', 'WEB_AUTHN'] },
    pool({ sms: true, recovery: 'email' }),
    'ready',
  ],
  [
    'a passkey and a password that is never sent',
    { ...phone, first: ['PASSWORD_SRP', 'WEB_AUTHN'] },
    pool({ sms: true, recovery: 'email' }),
    'ready',
  ],
];

describe('the decision list', () => {
  const cases = rows.map(([says, user, facts, asWritten, lenient = asWritten]) => ({
    says,
    user,
    facts,
    asWritten,
    lenient,
  }));
  it.each(cases)('$says', ({ user, facts, asWritten, lenient }) => {
    const branch = branchOf(user, facts);
    expect([outcomeOf(branch, facts, 'as-written'), outcomeOf(branch, facts, 'lenient')]).toEqual([asWritten, lenient]);
  });

  it('asks for the preferred factor before TOTP, also where both are one', () => {
    const user = { ...nobody, active: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' };
    expect(branchOf(user, pool({ totp: true }))).toBe('preferred-factor');
    expect(branchOf({ ...user, preferred: null }, pool({ totp: true }))).toBe('totp-registered');
  });

  it('has no row that none of these is decided by, and each has its source', () => {
    const decided = new Set(rows.map(([, user, facts]) => branchOf(user, facts)));
    expect(branchNames.filter((name) => !decided.has(name))).toEqual([]);
    for (const name of branchNames) expect(branches[name].source).not.toBe('');
  });

  it.each<[string, Enrolment, boolean]>([
    ['managed login', 'managed-login', true],
    ['an application that enrols', 'own', true],
    ['an application that does not', 'none', false],
    ['nobody knows which', null, false],
  ])('whoever must enrol can sign in: %s', (_, enrolment, expected) => {
    const facts = pool({ totp: true });
    expect(canSignIn('no-attribute-can-enrol', { pool: facts, enrolment, reading: 'as-written' })).toBe(expected);
    expect(canSignIn('passkey-only', { pool: facts, enrolment, reading: 'lenient' })).toBe(false);
    expect(canSignIn('totp-registered', { pool: facts, enrolment, reading: 'as-written' })).toBe(true);
  });

  it.each([
    ['CONFIRMED', true, 'local'],
    ['FORCE_CHANGE_PASSWORD', true, 'local'],
    ['A_NEW_WORD', true, 'local'],
    ['UNCONFIRMED', true, 'unconfirmed'],
    ['EXTERNAL_PROVIDER', true, 'federated'],
    ['EXTERNAL_PROVIDER', false, 'disabled'],
    ['CONFIRMED', false, 'disabled'],
  ])('%s, enabled %s: %s', (status, isEnabled, expected) => {
    expect(userKindOf({ status, isEnabled, hasEmail: true, hasPhone: true })).toBe(expected);
  });
});

describe('what decides of a pool', () => {
  const ses = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' }, UserPoolTier: 'ESSENTIALS' };
  const facts = (config: object, userPool: object) =>
    poolFactsOf(mfaStateOf({ MfaConfiguration: 'ON', ...config }), settingsOf({ ...userPool }, 'eu-west-1'));

  it('are its factors, also those that are automatic, and the first way to recover', () => {
    const recovery = {
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_email', Priority: 1 },
          { Name: 'verified_phone_number', Priority: 2 },
        ],
      },
    };
    expect(facts({ SoftwareTokenMfaConfiguration: { Enabled: true } }, { ...ses, ...recovery })).toEqual({
      required: true,
      passkeys: true,
      totp: true,
      sms: false,
      email: true,
      recovery: 'email',
    });
  });

  it.each([
    ['stays', 'auth.example.com', 'auth.example.com', true],
    ['is another', 'auth.example.com', 'login.example.com', false],
    ['goes', 'auth.example.com', null, false],
    ['is new, and nobody has a passkey yet', null, 'auth.example.com', true],
  ])('are passkeys that still work where the relying party %s', (_, before, after, expected) => {
    const withParty = (party: string | null) =>
      mfaStateOf({
        MfaConfiguration: 'OPTIONAL',
        ...(party === null ? {} : { WebAuthnConfiguration: { RelyingPartyId: party } }),
      });
    expect(poolFactsOf(withParty(after), settingsOf({}, 'eu-west-1'), withParty(before))).toMatchObject({
      required: false,
      passkeys: expected,
    });
  });

  it('goes by the priority of the ways, in whatever order they stand', () => {
    const recovery = {
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_email', Priority: 2 },
          { Name: 'verified_phone_number', Priority: 1 },
        ],
      },
    };
    expect(facts({}, recovery).recovery).toBe('phone');
  });

  it('without a setting, SMS is preferred; with an administrator, there is no way', () => {
    expect(facts({}, {}).recovery).toBe('phone');
    expect(
      facts({}, { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } }).recovery,
    ).toBeNull();
  });

  it('locks out at most those below the lower end, of the larger count of users', () => {
    const share = { share: 0.99, low: 0.98, high: 1 };
    const lenient = { share: 1, low: 1, high: 1 };
    const measurement = {
      design: 'whole-listing' as const,
      fellBack: null,
      enrolment: null,
      pool: nothing,
      population: 1000,
      listed: { local: 1000, federated: 0, disabled: 0, unconfirmed: 0 },
      asked: 500,
      branches: {},
      outcomes: {
        'as-written': { ready: 495, 'must-enrol': 0, 'locked-out': 5, 'passkey-only': 0 },
        lenient: { ready: 500, 'must-enrol': 0, 'locked-out': 0, 'passkey-only': 0 },
      },
      shares: { 'as-written': share, lenient },
      pages: 1,
      reads: 500,
      billed: 0,
    };
    expect(mostLockedOut(measurement, 1200)).toBe(24);
    expect(mostLockedOut(measurement, null)).toBe(20);
  });
});
