/** kill -9 at many moments of an apply over many pools: the second run finishes, whatever the moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { fraction } from '../../src/sandbox/seeded.ts';
import { cliFile } from '../end-to-end/run-cli.ts';
import { run } from '../end-to-end/in-process.ts';
import { seed, tries } from '../strength.ts';
import { fleetOf, journalEntries, memberId, organization, poolId, region, type Organization } from './organization.ts';

const moments = tries({ usual: 4, extended: 120 });
const pools = tries({ usual: 50, extended: 100 });
const ids = Array.from({ length: pools }, (_, index) => `P${String(index).padStart(3, '0')}`);
const drafts = ids.map((id, index) => ({ id, userPool: { EstimatedNumberOfUsers: index } }));
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

/** Which pools hold the change now. */
function changed(sandbox: Sandbox): readonly string[] {
  return ids
    .map(poolId)
    .filter((id) => sandbox.pool(memberId, region, id)?.mfaConfig['MfaConfiguration'] === on.MfaConfiguration);
}

/** Starts apply in a process of its own and ends it once so many pools were written, a little later. */
async function endedAfter(
  writes: number,
  laterMs: number,
  sandbox: Sandbox,
  args: readonly string[],
  signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL',
): Promise<number | null> {
  const env = {
    PATH: process.env['PATH'],
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...sandbox.environment,
  };
  const child = spawn(process.execPath, [cliFile, ...args], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (child.exitCode === null && sandbox.calls.count('SetUserPoolMfaConfig') < writes) await delay(1);
  await delay(laterMs);
  child.kill(signal);
  await ended;
  return child.exitCode;
}

function argumentsOf(org: Organization, plan: string, journal: string): readonly string[] {
  const files = ['--config', `${org.folder}/mfa-drift.yaml`, '--policies', `${org.folder}/policies`];
  return ['apply', plan, '--journal', journal, '--yes', '--log-level', 'error', ...files];
}

async function tryOne(org: Organization, moment: number): Promise<number> {
  const sandbox = await startSandbox({ fleet: fleetOf(drafts), recordCalls: true });
  const journal = `${org.folder}/journal-${moment}.ndjson`;
  const plan = `${org.folder}/plan-${moment}.json`;
  await copyFile(org.plan, plan);
  const args = argumentsOf(org, plan, journal);
  try {
    const writes = Math.floor(((moment + fraction(seed, `writes/${moment}`)) / moments) * ids.length);
    await endedAfter(writes, fraction(seed, `later/${moment}`) * 12, sandbox, args);
    // What the kill left on its way arrives before the second run begins.
    await delay(30);
    const early = journalEntries(await readFile(journal, 'utf8').catch(() => '\n'), 'torn');
    const intents = new Set(early.filter(({ event }) => event === 'intent').map((entry) => entry.poolId));
    const done = early.filter(({ event }) => event === 'done').map((entry) => entry.poolId);
    const held = changed(sandbox);
    expect(held.filter((id) => !intents.has(id))).toEqual([]);
    expect(done.filter((id) => !held.includes(id))).toEqual([]);

    const second = await run(args, sandbox.environment);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(second.stderr).toContain(`exit 0: ${pools} of ${pools} pools changed and verified\n`);
    expect(changed(sandbox)).toHaveLength(ids.length);
    const late = journalEntries(await readFile(journal, 'utf8'));
    const accounted = late.filter(({ event }) => event === 'done').map((entry) => entry.poolId);
    expect(accounted.sort()).toEqual(ids.map(poolId));
    const calls = sandbox.calls.entries.filter(({ operation }) => operation === 'SetUserPoolMfaConfig');
    expect(calls.map((call) => call.poolId ?? '').sort()).toEqual(ids.map(poolId));
    return held.length;
  } finally {
    await sandbox.close();
    await rm(journal, { force: true });
  }
}

test(
  'killed at any moment, apply finishes on the second run; no pool is written twice or left unaccounted',
  async () => {
    const org = await organization(drafts);
    await org.makePlan();
    const held: number[] = [];
    for (let moment = 0; moment < moments; moment += 1) held.push(await tryOne(org, moment));
    // The moments lie all over the run.
    expect(Math.min(...held)).toBeLessThan(0.4 * pools);
    expect(Math.max(...held)).toBeGreaterThan(0.8 * pools);
    expect(new Set(held).size).toBeGreaterThan(moments / 2);
  },
  moments * 30_000,
);

test('interrupted, apply lets what is under way end, exits 130, and goes on when it is run again', async () => {
  const org = await organization(drafts);
  await org.makePlan();
  const args = argumentsOf(org, org.plan, org.journal);
  expect(await endedAfter(10, 0, org.sandbox, args, 'SIGINT')).toBe(130);
  const early = await org.readJournal();
  const intents = early.filter(({ event }) => event === 'intent').map((entry) => entry.poolId);
  const done = early.filter(({ event }) => event === 'done').map((entry) => entry.poolId);
  expect(done.toSorted()).toEqual(intents.toSorted());
  expect(done.length).toBeLessThan(ids.length);
  expect(done.toSorted()).toEqual(changed(org.sandbox));
  const second = await org.apply();
  expect(second.stderr).toContain(`exit 0: ${pools} of ${pools} pools changed and verified\n`);
  expect(org.writes()).toBe(ids.length);
}, 120_000);
