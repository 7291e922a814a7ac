/** What of a journal may be undone: only what its call made of the pool. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { JournalEntry } from '../../../src/remediate/journal/format.ts';
import { aLook } from '../a-look.ts';
import { approvedBack, isLeftBy, planBack, rollbackBasis } from '../../../src/remediate/plan/rollback-basis.ts';
import { mask } from '../../../src/domain/policy/advice/masked-fields.ts';
import { settingsOf } from '../../../src/domain/model/mfa/pool-settings.ts';
import type { SeenLook } from '../../../src/ports/account-writer.ts';
import { anAccount, read, unread } from '../../domain/a-pool.ts';
import { changeBack } from '../../../src/domain/remediation/plan/change-back.ts';
import { smsBlock, smsPool } from '../../domain/remediation/a-plan.ts';
import { aChange } from '../apply/a-change.ts';
import { aJournal } from '../apply/a-journal.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const required = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };

function entry(event: JournalEntry['event'], after: JsonObject): JournalEntry {
  const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
  const made = { before: off, call: { UserPoolId: place.poolId, ...on }, after, policies: [], error: null };
  return { at: '', event, ...place, ...made, callerArn: 'me', writerArn: 'role', previous: '' };
}

function back(made: JournalEntry, now: JsonObject, further: Partial<SeenLook> = {}, isInScope = true) {
  return planBack(made, isInScope, aLook({ read: true, value: now } as const, further), { isOff: false });
}

test.each([
  ['a change that was verified', entry('done', on), on],
  ['a call whose end is not known, where the pool reads as it was meant to', entry('intent', on), on],
])('%s is undone', (_what, made, now) => {
  expect(back(made, now)).toMatchObject({ kind: 'change', change: { after: off } });
});

test.each([
  ['ON, where the call said OPTIONAL', required],
  ['a relying party that the call did not name', { ...on, WebAuthnConfiguration: { RelyingPartyId: 'x.example.com' } }],
])('what was read right after the call, and no call of ours makes (%s), may be somebody else’s', (_what, after) => {
  expect(back(entry('failed', after), after)).toMatchObject({
    kind: 'stale',
    message: expect.stringContaining('somebody may have changed it then'),
  });
});

const sms = { ...on, SmsMfaConfiguration: smsBlock };
const masked = {
  ...on,
  SmsMfaConfiguration: { SmsConfiguration: { ...(smsBlock['SmsConfiguration'] as JsonObject), ExternalId: mask } },
};

describe('it is left as it is', () => {
  const described = { userPool: read({ ...smsPool, Name: 'customers' }) };

  test.each<readonly [string, () => ReturnType<typeof back>, object]>([
    [
      'where somebody changed the pool since, and the message says how',
      () => back(entry('done', on), required),
      {
        kind: 'stale',
        message: 'Somebody has changed the pool since: MfaConfiguration OPTIONAL → ON. It is left as it is.',
      },
    ],
    [
      'where the journal does not say what the call left',
      () => back({ ...entry('failed', on), after: null }, on),
      {
        kind: 'stale',
        message:
          'Somebody has changed the pool since: MfaConfiguration OFF → OPTIONAL, SoftwareTokenMfaConfiguration.Enabled false → true. It is left as it is.',
      },
    ],
    [
      'where what was read after the call is not what it makes of a pool',
      () => back(entry('failed', required), required),
      {
        kind: 'stale',
        message:
          'Right after the call it did not read as the call leaves it, so that somebody may have changed it then: MfaConfiguration OPTIONAL → ON. It is left as it is; put it right by hand.',
      },
    ],
    [
      'where no call is known',
      () => back({ ...entry('failed', on), call: null }, on),
      {
        kind: 'stale',
        message:
          'Right after the call it did not read as the call leaves it, so that somebody may have changed it then: MfaConfiguration OFF → OPTIONAL, SoftwareTokenMfaConfiguration.Enabled false → true. It is left as it is; put it right by hand.',
      },
    ],
    ['where it is as it was before already', () => back(entry('done', on), off), { kind: 'unchanged', config: off }],
    [
      'where a copy of the journal masks what it was before',
      () => back({ ...entry('done', on), before: masked }, on),
      {
        kind: 'refused',
        code: 'not-possible',
        message: 'This copy of the journal masks the external id of the pool: undo it with the journal itself.',
      },
    ],
    [
      'where it masks what it became',
      () => back(entry('done', masked), sms, described),
      { kind: 'refused', code: 'not-possible', message: expect.stringContaining('masks the external id') },
    ],
    [
      'where it is out of scope, and could not be described: for both reasons, the first of the codes before',
      () => back(entry('done', on), on, { userPool: unread }, false),
      {
        kind: 'refused',
        code: 'undescribed',
        message:
          'AccessDeniedException: no. Allow it. The configuration leaves the account or the region out, or the account is not active: nothing is asked there.',
      },
    ],
    [
      'where its tag keeps every change away',
      () => back(entry('done', on), on, { userPool: read({ UserPoolTags: { 'mfa-remediation': 'exempt' } }) }),
      { kind: 'refused', code: 'exempt', message: "The pool's tag mfa-remediation: exempt keeps every change away." },
    ],
    [
      'where Cognito takes nothing back: an external id is no reason to mask where none is masked',
      () => back({ ...entry('done', sms), call: { UserPoolId: 'x', ...sms }, before: on }, sms, described),
      {
        kind: 'refused',
        code: 'not-possible',
        message: 'Cognito takes back nothing of what it was before: undo it by hand.',
      },
    ],
  ])('%s', (_what, undone, expected) => {
    expect(undone()).toEqual(expected);
  });
});

describe('a pool is as a call left it', () => {
  const settings = settingsOf({}, 'eu-west-1');

  test.each<readonly [string, JournalEntry, JsonObject, boolean]>([
    ['where it reads as was read back', entry('done', on), on, true],
    ['not where it reads otherwise', entry('done', on), required, false],
    ['where it reads as it was meant to, of a call whose end is not known', entry('intent', on), on, true],
    ['and not where it does not', entry('intent', on), required, false],
    // Whether Cognito shows factors beside OFF is not measured: one that shows some has not been changed for that.
    ['whatever waits beside OFF, of such a call', entry('intent', off), { ...on, ...off }, true],
    ['but not where another answer was read back', entry('done', off), { ...on, ...off }, false],
    ['never where nothing was read back', { ...entry('unknown', on), after: null }, on, false],
    ['nor where it reads like one of which nothing is said', { ...entry('unknown', on), after: null }, off, false],
  ])('%s', (_what, made, config, isLeft) => {
    expect(isLeftBy(made, config, settings)).toBe(isLeft);
  });
});

describe('a rollback’s plan', () => {
  const account = anAccount({ id: '111122220001' });
  const look = aLook({ read: true, value: on } as const, { userPool: read({ Name: 'customers' }) });
  const made = aJournal([{ trace: 'written', last: { ...entry('done', on), policies: ['floor', 'mode'] } }]);
  const pool = { accountId: account.id, region: 'eu-west-1', poolId: 'eu-west-1_One', poolName: 'customers' };
  const approved = () => {
    const change = changeBack({ ...pool, config: on, userPool: { Name: 'customers' } }, off);
    if (change === null) throw new Error('There is a way back.');
    return change;
  };

  test('is carried out while the way back is the one that was approved', () => {
    const basis = rollbackBasis(made, { isOff: false });
    expect(basis.origin).toBe('rollback');
    expect(basis.replan({ change: approved(), account }, look)).toEqual({
      kind: 'change',
      change: approved(),
      userPool: { Name: 'customers' },
      objections: [],
    });
  });

  test('is refused where its call is another', () => {
    const passkeys = { RelyingPartyId: 'evil.example.com', UserVerification: 'required' };
    const call = { UserPoolId: pool.poolId, ...off, WebAuthnConfiguration: passkeys };
    const now = rollbackBasis(made, { isOff: false }).replan({ change: { ...approved(), call }, account }, look);
    expect(now).toMatchObject({
      objections: [
        {
          code: 'unasked-change',
          message:
            'The call is not what undoing the change asks for: WebAuthnConfiguration.RelyingPartyId, WebAuthnConfiguration.UserVerification. Make a new plan.',
        },
      ],
    });
  });

  test.each<readonly [string, () => ReturnType<ReturnType<typeof rollbackBasis>['replan']>, object]>([
    [
      'where the journal has no such change',
      () => rollbackBasis(aJournal(), { isOff: false }).replan({ change: approved(), account }, look),
      {
        kind: 'refused',
        code: 'unasked-change',
        message: 'The journal has no change of this pool that could be undone.',
      },
    ],
    [
      'where its account is out of scope',
      () => rollbackBasis(made, { isOff: false }).replan({ change: approved(), account: null }, look),
      { kind: 'refused', code: 'policy-changed', message: expect.stringContaining('leaves the account') },
    ],
    [
      'where remediation is off',
      () => rollbackBasis(made, { isOff: true }).replan({ change: approved(), account }, look),
      { kind: 'refused', code: 'remediation-off', message: expect.stringContaining('nothing is changed') },
    ],
  ])('is refused %s', (_what, replanned, expected) => {
    expect(replanned()).toEqual(expected);
  });

  test('names the policies that had asked for what it undoes', () => {
    const change = aChange({ before: on, after: off });
    expect(approvedBack(change, account, made)).toEqual({ change, account, policies: ['floor', 'mode'] });
    expect(approvedBack(change, null, aJournal())).toEqual({ change, account: null, policies: [] });
  });
});
