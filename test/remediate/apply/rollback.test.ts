import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { run } from '../../end-to-end/in-process.ts';
import { fleetOf, floor, keptDigest, managementId, memberId, organization, poolId, region } from '../organization.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'required' };

function inTheSameWords(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('rollback', () => {
  test('gives back before where the plan said full, and the state where it said partial', async () => {
    const totpOnly = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
    const stricter = {
      name: 'verify',
      match: { pools: [poolId('Full')] },
      expect: { WebAuthnConfiguration: { UserVerification: 'required' } },
      remediation: { allow: ['tightening', 'disruptive'] },
    };
    const full = { ...totpOnly, WebAuthnConfiguration: { ...passkeys, UserVerification: 'preferred' } };
    const org = await organization([{ id: 'Full', mfa: full }, { id: 'Partial' }], { policies: [floor, stricter] });
    await org.makePlan();
    const { changes } = await org.readPlan();
    expect(Object.fromEntries(changes.map((change) => [change.poolName, change.reversible]))).toEqual({
      'pool-Full': 'full',
      'pool-Partial': 'partial',
    });
    await org.apply();
    expect(org.mfa('Full')).toMatchObject({ WebAuthnConfiguration: passkeys });
    const { exitCode } = await org.rollback();
    expect(exitCode).toBe(0);
    expect(org.mfa('Full')).toEqual(full);
    expect(org.mfa('Partial')).toEqual(off);
  });

  test('goes newest first, is journaled beside the journal, and a second time changes nothing', async () => {
    const users = [3, 1, 2];
    const org = await organization(
      users.map((count) => ({ id: `U${count}`, userPool: { EstimatedNumberOfUsers: count } })),
      { remediation: { maxFailures: 1 } },
    );
    await org.makePlan();
    await org.apply();
    const first = await org.rollback();
    expect(first.stderr).toContain('exit 0: 3 of 3 pools undone and verified');
    const written = org.sandbox.calls.entries.filter(({ operation }) => operation === 'SetUserPoolMfaConfig');
    expect(written.map((call) => call.poolId)).toEqual(['U1', 'U2', 'U3', 'U3', 'U2', 'U1'].map(poolId));
    const file = join(org.folder, 'journal.rollback.ndjson');
    expect((await org.readJournal(file)).map(({ event }) => event)).toEqual(
      Array.from({ length: 3 }, () => ['intent', 'done']).flat(),
    );
    expect((await org.rollback()).exitCode).toBe(0);
    expect(org.writes()).toBe(6);
  });

  test('leaves alone what somebody changed after, and exits 4', async () => {
    const org = await organization([{ id: 'Touched' }, { id: 'Left' }]);
    await org.makePlan();
    await org.apply();
    const now = { ...on, WebAuthnConfiguration: passkeys };
    const later = await startSandbox({
      fleet: fleetOf([
        { id: 'Touched', mfa: now },
        { id: 'Left', mfa: on },
      ]),
      recordCalls: true,
    });
    try {
      const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
      const args = [
        'rollback',
        org.journal,
        '--yes',
        ...(await keptDigest(org.journal)),
        '--log-level',
        'error',
        ...files,
      ];
      const { exitCode, stdout } = await run(args, later.environment);
      expect(exitCode).toBe(4);
      expect(inTheSameWords(stdout)).toContain(
        'Somebody has changed the pool since: WebAuthnConfiguration.RelyingPartyId nothing → auth.example.com, WebAuthnConfiguration.UserVerification nothing → required. It is left as it is.',
      );
      expect(later.pool(memberId, region, poolId('Touched'))?.mfaConfig).toEqual(now);
      expect(later.pool(memberId, region, poolId('Left'))?.mfaConfig).toEqual(off);
    } finally {
      await later.close();
    }
  });

  test('undoes a call whose end the journal does not know, where the pool shows that it was carried out', async () => {
    const org = await organization([{ id: 'One' }, { id: 'Two' }]);
    await org.makePlan();
    await org.apply();
    const lines = (await readFile(org.journal, 'utf8')).trimEnd().split('\n');
    await writeFile(org.journal, `${lines.slice(0, -1).join('\n')}\n{"at":"2026-`);
    const { exitCode } = await org.rollback();
    expect(exitCode).toBe(0);
    expect([org.mfa('One'), org.mfa('Two')]).toEqual([off, off]);
  });

  test('says what Cognito does not take back', async () => {
    const org = await organization([{ id: 'One' }], {
      policies: [{ name: 'keys', expect: { WebAuthnConfiguration: passkeys } }],
    });
    await org.makePlan();
    const { changes } = await org.readPlan();
    expect(changes).toMatchObject([{ reversible: 'no' }]);
    await org.apply();
    expect(org.mfa('One')).toMatchObject({ WebAuthnConfiguration: passkeys });
    const { exitCode, stdout } = await org.rollback();
    expect(exitCode).toBe(4);
    expect(inTheSameWords(stdout)).toContain('Cognito takes back nothing of what it was before: undo it by hand.');
  });

  test('prints the exceptions that hold what it undid: seven days, the caller answers for them', async () => {
    const org = await organization([{ id: 'One' }, { id: 'Two' }]);
    await org.makePlan();
    await org.apply();
    const { stderr } = await org.rollback();
    const printed = parse(stderr.slice(stderr.indexOf('---\n') + 4, stderr.lastIndexOf('exit 0')));
    const expires = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const hold = (id: string): JsonObject => ({
      match: { accounts: [memberId], regions: [region], pools: [poolId(id)] },
      policies: ['floor'],
      reason: `Rolled back on ${new Date().toISOString().slice(0, 10)} (journal.ndjson)`,
      owner: `arn:aws:iam::${managementId}:user/Nightly`,
      expires,
      hold: true,
    });
    expect(printed).toMatchObject({ apiVersion: 'mfa-drift/v1', kind: 'Exceptions' });
    expect(printed.exceptions).toEqual(expect.arrayContaining([hold('One'), hold('Two')]));
  });

  test('never writes its exceptions over a file', async () => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    await org.apply();
    const hold = join(org.folder, 'policies', 'all.yaml');
    await expect(org.rollback('--hold', hold)).rejects.toThrow('the file is there already');
    expect(org.mfa('One')).toMatchObject(on);
  });

  test.each([
    ['no journal', async () => undefined, /there is no such file/],
    ['an empty one', (file: string) => writeFile(file, ''), /is empty: nothing was changed/],
    ['something else', (file: string) => writeFile(file, 'kind: Policy\n'), /:1 is not a line of a journal/],
    [
      "another organization's",
      (file: string) => {
        const identity = {
          runId: 'r',
          planDigest: null,
          organizationId: 'o-2',
          rollback: false,
          endpoints: [],
          callerArn: 'me',
        };
        const start = { at: '', event: 'start', ...identity };
        return writeFile(file, `${JSON.stringify(start)}\n`);
      },
      /is of organization o-2, and the caller is in organization o-remediation1/,
    ],
  ])('refuses %s', async (_what, make, message) => {
    const org = await organization([]);
    await make(org.journal);
    await expect(org.rollback()).rejects.toThrow(message);
  });

  test('of a rollback does the change again', async () => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    await org.apply();
    await org.rollback();
    const journal = join(org.folder, 'journal.rollback.ndjson');
    const { exitCode } = await org.cli('rollback', journal, '--yes');
    expect(exitCode).toBe(0);
    expect(org.mfa('One')).toMatchObject(on);
  });

  test('is refused where everything is switched off', async () => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    await org.apply();
    process.env['MFA_DRIFT_REMEDIATION'] = 'off';
    try {
      const { exitCode, stdout } = await org.rollback();
      expect(exitCode).toBe(4);
      expect(stdout).toContain('refused: remediation-off');
    } finally {
      delete process.env['MFA_DRIFT_REMEDIATION'];
    }
    expect(org.mfa('One')).toMatchObject(on);
  });
});

test('the same plan with the same journal does not do again what was undone', async () => {
  const org = await organization([{ id: 'One' }]);
  await org.makePlan();
  await org.apply();
  await org.rollback();
  const { exitCode, stdout } = await org.apply();
  expect(exitCode).toBe(4);
  expect(inTheSameWords(stdout)).toContain(
    'This journal says that it was changed, and since then somebody has undone it.',
  );
  expect(org.mfa('One')).toEqual(off);
});
