/** What goes wrong on the way to the service and back: a change is never made twice and never left unaccounted. */
import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../src/sandbox/faults/faults.ts';
import { fleetOf, organization, poolId } from './organization.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const setting = { operations: ['SetUserPoolMfaConfig'] };

async function applied(pools: number, faults: readonly Fault[]) {
  const drafts = Array.from({ length: pools }, (_, index) => ({ id: `P${index}` }));
  const org = await organization(drafts, {}, { faults: { seed: 5, faults } });
  await org.makePlan();
  const ended = await org.apply('--report', 'json', '--cli-read-timeout', '1');
  return { org, ended, outcomes: JSON.parse(ended.stdout).outcomes, ids: drafts.map(({ id }) => id) };
}

describe('apply', () => {
  test.each<Fault>([
    { ...setting, fault: 'resetAfter', count: 1 },
    { ...setting, fault: 'truncate', count: 1 },
    { ...setting, fault: 'cutBody', count: 1 },
  ])('finds by reading that a call was carried out whose answer was lost: $fault', async (fault) => {
    const { org, ended } = await applied(2, [fault]);
    expect(ended.exitCode).toBe(0);
    expect(org.mfa('P0')).toMatchObject(on);
    const calls = org.sandbox.calls.entries.filter(({ operation }) => operation === 'SetUserPoolMfaConfig');
    expect(calls.map((call) => call.poolId ?? '').sort()).toEqual([poolId('P0'), poolId('P1')]);
  });

  test.each<Fault>([
    { ...setting, fault: 'resetBefore', count: 2 },
    { ...setting, fault: 'http500', count: 2 },
    { ...setting, fault: 'throttle', count: 2 },
    { ...setting, fault: 'expireSession', count: 1 },
    { ...setting, fault: 'hang', count: 1 },
  ])('finds by reading that a call was not carried out, and begins it anew: $fault', async (fault) => {
    const { org, ended } = await applied(1, [fault]);
    expect(ended.exitCode).toBe(0);
    expect(org.mfa('P0')).toMatchObject(on);
    expect(org.writes()).toBe(1);
    const events = (await org.readJournal()).map(({ event }) => event);
    const tries = fault.count ?? 1;
    expect(events).toEqual([...Array.from({ length: tries }, () => ['intent', 'failed']).flat(), 'intent', 'done']);
  });

  test('every way at once, over many pools: each is written once and accounted for', async () => {
    const { org, ended, ids } = await applied(30, [
      { ...setting, fault: 'resetAfter', rate: 0.15 },
      { ...setting, fault: 'resetBefore', rate: 0.15 },
      { ...setting, fault: 'http500', rate: 0.1 },
      { ...setting, fault: 'throttle', rate: 0.15 },
    ]);
    expect(ended.exitCode).toBe(0);
    for (const id of ids) expect(org.mfa(id)).toMatchObject(on);
    const journal = await org.readJournal();
    expect(
      journal
        .filter(({ event }) => event === 'done')
        .map((entry) => entry.poolId)
        .sort(),
    ).toEqual(ids.map(poolId).sort());
    const carriedOut = org.sandbox.calls.entries.filter(
      ({ operation, outcome }) => operation === 'SetUserPoolMfaConfig' && ['ok', 'resetAfter'].includes(outcome),
    );
    expect(carriedOut.map((call) => call.poolId ?? '').sort()).toEqual(ids.map(poolId).sort());
  }, 120_000);

  test('a call that the service refuses is failed, and a few in a row stop the rest', async () => {
    const lacks = [{ action: 'cognito-idp:SetUserPoolMfaConfig', whereTagged: { team: 'a' } }];
    const drafts = Array.from({ length: 6 }, (_, index) => ({
      id: `P${index}`,
      userPool: { UserPoolTags: { team: 'a' } },
    }));
    const fleet = fleetOf(drafts);
    const accounts = fleet.accounts.map((account) => ({
      ...account,
      roles: account.roles.map((role) => ({ ...role, permissions: { ...role.permissions, lacks } })),
    }));
    const org = await organization([], {}, { fleet: { ...fleet, accounts } });
    await org.makePlan();
    const { exitCode, stdout, stderr } = await org.apply('--report', 'json');
    const { outcomes, stop } = JSON.parse(stdout);
    expect(exitCode).toBe(4);
    expect(stop).toBe('failures');
    expect(outcomes.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      ['failed', 'not-started'].flatMap((outcome) => [outcome, outcome, outcome]),
    );
    expect(outcomes[0].message).toContain('cognito-idp:SetUserPoolMfaConfig');
    expect(stderr).toContain(
      'stopped after too many failures in a row; the same apply again, with the same journal, goes on',
    );
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(3);
    expect(org.mfa('P0')).toEqual({ MfaConfiguration: 'OFF' });
  });
});
