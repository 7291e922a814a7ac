/** Each reason for which a pool is left as it is: in the plan, and where it came up between plan and apply. */
import { copyFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '../../src/domain/remediation/model/refusals.ts';
import { run } from '../end-to-end/in-process.ts';
import { fleetOf, floor, memberId, organization, poolId, region, type Files, type PoolDraft } from './organization.ts';

interface Case {
  readonly pool?: Partial<PoolDraft>;
  readonly files?: Files;
  readonly says: RegExp;
}

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const exception = {
  match: { pools: [poolId('One')] },
  reason: 'Call centre',
  owner: 'id@example.com',
  expires: tomorrow,
};
const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'required' };
const emailFactor = {
  name: 'mail',
  expect: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Subject: 'Code' } },
};

const inThePlan: Partial<Record<RefusalCode, Case>> = {
  'unknown-fields': {
    pool: { mfa: { MfaConfiguration: 'OFF', HologramMfaConfiguration: { Enabled: true } } },
    says: /HologramMfaConfiguration.*update mfa-drift/,
  },
  replica: { pool: { id: 'x', region: 'eu-central-1' }, says: /replica in eu-central-1 of a pool in eu-west-1/ },
  mode: {
    files: { policies: [{ ...floor, remediation: { mode: 'never' } }] },
    says: /Remediation mode never: policy floor/,
  },
  'managed-elsewhere': {
    pool: { userPool: { UserPoolTags: { 'aws:cloudformation:stack-name': 'shop' } } },
    says: /tag aws:cloudformation:stack-name .* managed as code: change it there, as mfa-drift plan --patch shows, or use --include-managed/,
  },
  exempt: {
    pool: { userPool: { UserPoolTags: { 'mfa-remediation': 'exempt' } } },
    says: /tag mfa-remediation: exempt keeps every change away/,
  },
  held: {
    files: { exceptions: [{ ...exception, hold: true }] },
    says: /An exception holds the whole pool through .*owner id@example.com: Call centre/,
  },
  excepted: {
    files: {
      policies: [floor, { name: 'second', expect: { MfaConfiguration: 'OPTIONAL' } }],
      exceptions: [{ ...exception, policies: ['second'] }],
    },
    says: /An exception covers the whole pool/,
  },
  unresolved: {
    files: {
      policies: [{ name: 'vars', expect: { WebAuthnConfiguration: { RelyingPartyId: '${pool.tags.domain}' } } }],
    },
    says: /has a variable that this pool cannot fill in/,
  },
  'no-target': {
    files: { policies: [{ name: 'open', expect: { MfaConfiguration: { noneOf: ['OFF'] } } }] },
    says: /says no single value that could be written/,
  },
  conflict: {
    files: {
      policies: [
        { name: 'a', expect: { MfaConfiguration: 'OPTIONAL' } },
        { name: 'b', expect: { MfaConfiguration: 'ON' } },
      ],
    },
    says: /No value of MfaConfiguration satisfies policy a .* and policy b/,
  },
  'no-factor': {
    files: { policies: [{ name: 'mode', expect: { MfaConfiguration: 'OPTIONAL' } }] },
    says: /factor/,
  },
  prerequisite: { files: { policies: [emailFactor] }, says: /SES|sender|EmailSendingAccount/ },
  'not-possible': {
    files: { policies: [{ name: 'totp', expect: { SoftwareTokenMfaConfiguration: { Enabled: true } } }] },
    says: /cannot be changed while MfaConfiguration is OFF, where Cognito keeps no factor/,
  },
  risk: {
    files: {
      policies: [{ name: 'on', expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } }],
    },
    says: /disruptive.*--allow disruptive/,
  },
  'too-many-users': {
    pool: { userPool: { EstimatedNumberOfUsers: 5000 } },
    files: {
      policies: [
        {
          name: 'on',
          expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
          remediation: { allow: ['disruptive'] },
        },
      ],
    },
    says: /1 disruptive change would touch 5,000 users; the limit is 1,000\. Raise remediation\.maxUsers/,
  },
};

describe('the plan says why a pool stays as it is', () => {
  test.each(Object.entries(inThePlan))('%s', async (code, { pool, files, says }) => {
    const replicas = pool?.region === undefined ? {} : { configuration: { regions: [region, pool.region] } };
    const org = await organization([{ id: 'One', ...pool }], { ...files, ...replicas });
    const { exitCode, stdout } = await org.makePlan();
    const { changes, refused } = await org.readPlan();
    expect(changes).toEqual([]);
    expect(refused.map((each) => each.code)).toEqual([code]);
    expect(refused[0]?.message).toMatch(says);
    expect(stdout).toContain(`not changed: ${code}`);
    expect(exitCode).toBe(2);
  });

  test('undescribed: a role that may not describe changes nothing', async () => {
    const fleet = fleetOf([{ id: 'One' }]);
    const accounts = fleet.accounts.map((account) => ({
      ...account,
      roles: account.roles.map((role) => ({
        ...role,
        permissions: {
          ...role.permissions,
          lacks: [{ action: 'cognito-idp:DescribeUserPool', whereTagged: null }],
        },
      })),
    }));
    const org = await organization([], {}, { fleet: { ...fleet, accounts } });
    await org.makePlan();
    const { refused } = await org.readPlan();
    expect(refused).toMatchObject([{ code: 'undescribed' }]);
    expect(refused[0]?.message).toContain('DescribeUserPool could not be read');
  });

  test('a plan that is over the limit shows it and does not fail; apply then writes nothing', async () => {
    const org = await organization([{ id: 'One' }, { id: 'Two' }, { id: 'Three' }], { remediation: { maxChanges: 2 } });
    const says =
      'Would change 3 of 3 pools; the limit is 2. Raise remediation.maxChanges (--max-changes) if this is meant.';
    const planned = await org.makePlan();
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout).toContain(`Over the limit: apply would write nothing. ${says}`);
    const applied = await org.apply('--report', 'json');
    expect(applied.exitCode).toBe(4);
    const { outcomes } = JSON.parse(applied.stdout);
    expect(outcomes.map(({ outcome, code, message }: Record<string, unknown>) => [outcome, code, message])).toEqual(
      Array.from({ length: 3 }, () => ['refused', 'too-many-changes', says]),
    );
    expect(org.writes()).toBe(0);
    expect((await org.apply('--max-changes', '3')).exitCode).toBe(0);
  });
});

/** What may have happened to the policies between plan and apply. */
const between: readonly (readonly [name: string, files: Files, code: RefusalCode, says: RegExp])[] = [
  ['the policy is gone', { policies: [{ ...floor, name: 'another' }] }, 'policy-changed', /no longer .*policy floor/],
  [
    'no policy asks any more',
    { policies: [{ name: 'idle', expect: {} }] },
    'policy-changed',
    /No policy asks for this change any more/,
  ],
  [
    'the policy wants more',
    { policies: [{ ...floor, expect: { ...floor.expect, WebAuthnConfiguration: passkeys } }] },
    'policy-changed',
    /now WebAuthnConfiguration\.RelyingPartyId → auth\.example\.com \(policy floor\)/,
  ],
  [
    'the account was left out',
    { configuration: { accounts: { organization: true, exclude: [{ accounts: [memberId] }] } } },
    'policy-changed',
    /leaves the account or the region out/,
  ],
  [
    'the region was left out',
    { configuration: { regions: ['us-east-1'] } },
    'policy-changed',
    /leaves the account or the region out/,
  ],
  ['the mode became never', { policies: [{ ...floor, remediation: { mode: 'never' } }] }, 'mode', /mode never/],
  ['an exception was written', { exceptions: [exception] }, 'excepted', /covers the whole pool/],
  ['a hold was written', { exceptions: [{ ...exception, hold: true }] }, 'held', /holds the whole pool/],
];

describe('apply refuses alone, and exits 4, where since the plan', () => {
  test.each(between)('%s', async (_name, files, code, says) => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    await org.write(files);
    const { exitCode, stdout } = await org.apply('--report', 'json');
    const { outcomes } = JSON.parse(stdout);
    expect(outcomes).toMatchObject([{ outcome: 'refused', code }]);
    expect(outcomes[0].message).toMatch(says);
    expect(exitCode).toBe(4);
    expect(org.writes()).toBe(0);
    expect((await org.readJournal()).map((entry) => [entry.event, entry.error])).toEqual([
      ['refused', outcomes[0].message],
    ]);
  });

  test('everything was switched off', async () => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    process.env['MFA_DRIFT_REMEDIATION'] = 'off';
    try {
      const { exitCode, stdout } = await org.apply();
      expect(stdout).toContain('refused: remediation-off');
      expect(exitCode).toBe(4);
    } finally {
      delete process.env['MFA_DRIFT_REMEDIATION'];
    }
    expect(org.writes()).toBe(0);
  });
});

describe('apply leaves alone what moved since the plan', () => {
  async function movedTo(mfa: PoolDraft['mfa']) {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    const plan = await org.readPlan();
    const now = await organization(mfa === undefined ? [] : [{ id: 'One', mfa }]);
    await copyFile(org.plan, now.plan);
    // The same files at the same places: the plan names them.
    const files = ['--config', `${org.folder}/mfa-drift.yaml`, '--policies', `${org.folder}/policies`];
    const args = ['apply', now.plan, '--journal', now.journal, '--yes', '--report', 'json', '--log-level', 'error'];
    const ended = await run([...args, ...files], now.sandbox.environment);
    return { ended, outcome: JSON.parse(ended.stdout).outcomes[0], org: now, plan };
  }

  test('stale: somebody changed it to something else', async () => {
    const { ended, outcome, org } = await movedTo({
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: { RelyingPartyId: 'a.example.com' },
    });
    expect(outcome).toMatchObject({ outcome: 'stale' });
    expect(outcome.message).toBe(
      'The pool has changed since the plan was made: WebAuthnConfiguration.RelyingPartyId nothing → a.example.com. Plan again: mfa-drift plan.',
    );
    expect(ended.exitCode).toBe(4);
    expect(org.writes()).toBe(0);
  });

  test('an external id that changed is not told in the message', async () => {
    const role = { SnsCallerArn: `arn:aws:iam::${memberId}:role/sms`, ExternalId: 'topsecret-id' };
    const mfa = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsConfiguration: role } };
    const { outcome } = await movedTo(mfa);
    expect(outcome.message).toContain('SmsMfaConfiguration.SmsConfiguration.ExternalId nothing → (masked)');
    expect(outcome.message).not.toContain('topsecret-id');
  });

  test('stale: the pool is gone', async () => {
    const { ended, outcome } = await movedTo(undefined);
    expect(outcome).toMatchObject({
      outcome: 'stale',
      message: 'The pool is not there any more. Plan again: mfa-drift plan.',
    });
    expect(ended.exitCode).toBe(4);
  });

  test.each([
    ['exactly so', { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }],
    ['in another way', { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }],
  ])('unchanged: somebody put it right already, %s; it is not rolled back later', async (_how, mfa) => {
    const { ended, outcome, org } = await movedTo(mfa);
    expect(outcome).toMatchObject({ outcome: 'unchanged', message: '' });
    expect(ended.exitCode).toBe(0);
    const undone = await org.rollback('--report', 'json');
    expect(JSON.parse(undone.stdout).outcomes).toEqual([]);
    expect(org.writes()).toBe(0);
    expect(org.mfa('One')).toEqual(mfa);
  });
});
