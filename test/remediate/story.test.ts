import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memberId, organization, poolId } from './organization.ts';

const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

test('plan says everything and changes nothing, apply does exactly that, rollback gives it back', async () => {
  const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'preferred' };
  const org = await organization([
    { id: 'Plain' },
    { id: 'Passkeys', mfa: { MfaConfiguration: 'OFF', WebAuthnConfiguration: passkeys } },
    { id: 'Right', mfa: on },
  ]);

  const planned = await org.makePlan();
  expect(planned.exitCode).toBe(2);
  expect(planned.stdout).toContain('PLAN  2 pools change · 3 pools read');
  expect(planned.stdout).toMatch(/MfaConfiguration +OFF +→ OPTIONAL\s+floor, .*all\.yaml:6/);
  expect(planned.stdout).toContain('kept: WebAuthnConfiguration');
  expect((await stat(org.plan)).mode & 0o777).toBe(0o600);
  expect(org.writes()).toBe(0);

  const applied = await org.apply();
  expect(applied.stderr).toContain(
    `\nChanges are journaled in ${org.journal}.\nexit 0: 2 of 2 pools changed and verified\n`,
  );
  expect(applied.exitCode).toBe(0);
  expect(org.mfa('Plain')).toMatchObject(on);
  expect(org.mfa('Passkeys')).toMatchObject({ ...on, WebAuthnConfiguration: passkeys });
  expect((await stat(org.journal)).mode & 0o777).toBe(0o600);
  expect((await org.readJournal()).map(({ event }) => event)).toEqual(['intent', 'done', 'intent', 'done']);

  const undone = await org.rollback('--hold', join(org.folder, 'policies', 'hold.yaml'));
  expect(undone.exitCode).toBe(0);
  expect(org.mfa('Plain')).toEqual({ MfaConfiguration: 'OFF' });
  expect(org.mfa('Passkeys')).toMatchObject({ MfaConfiguration: 'OFF', WebAuthnConfiguration: passkeys });

  const writes = org.writes();
  const night = await org.remediate();
  expect(night.exitCode).toBe(2);
  expect(org.writes()).toBe(writes);
});

test('reads with the role that audits and writes with the role that may, each in its own account', async () => {
  const second = '111122220002';
  const org = await organization([{ id: 'One' }, { id: 'Two', accountId: second }]);
  await org.makePlan();
  await org.apply();
  const calls = org.sandbox.calls.entries;
  const keysOf = (operation: string, accountId: string) =>
    new Set(
      calls
        .filter((call) => call.operation === operation && call.accountId === accountId)
        .map((call) => call.accessKeyId),
    );
  for (const accountId of [memberId, second]) {
    const writers = keysOf('SetUserPoolMfaConfig', accountId);
    const readers = keysOf('GetUserPoolMfaConfig', accountId);
    expect(writers.size).toBe(1);
    expect([...writers].some((key) => readers.has(key))).toBe(false);
    const identified = calls.findIndex(
      (call) => call.operation === 'GetCallerIdentity' && call.accountId === accountId && writers.has(call.accessKeyId),
    );
    expect(identified).toBeGreaterThanOrEqual(0);
    const written = calls.findIndex(
      (call) => call.operation === 'SetUserPoolMfaConfig' && call.accountId === accountId,
    );
    expect(identified).toBeLessThan(written);
  }
  expect(org.sandbox.calls.badSignatures).toBe(0);
});

test('the pools with the fewest users go first', async () => {
  const users = [300, 5, 40, 1, 77];
  const org = await organization(
    users.map((count) => ({ id: `Users${count}`, userPool: { EstimatedNumberOfUsers: count } })),
    { remediation: { maxFailures: 1 } },
  );
  await org.makePlan();
  await org.apply();
  const written = org.sandbox.calls.entries.filter(({ operation }) => operation === 'SetUserPoolMfaConfig');
  expect(written.map((call) => call.poolId)).toEqual([1, 5, 40, 77, 300].map((count) => poolId(`Users${count}`)));
});

test('a plan without a change is carried out at once', async () => {
  const org = await organization([{ id: 'Right', mfa: on }]);
  expect((await org.makePlan()).exitCode).toBe(0);
  expect((await org.apply()).exitCode).toBe(0);
});
