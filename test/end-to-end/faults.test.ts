import { expect, onTestFinished, test } from 'vitest';
import type { RecordedCall } from '../../src/sandbox/server/call-log.ts';
import { awsQuotas } from '../../src/sandbox/quotas.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { verdictsOf } from '../oracle/result-verdicts.ts';
import { audit } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { writeWorkspace } from './workspace.ts';

const today = new Date().toISOString().slice(0, 10);
const writing = plainWriting();

async function started(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox({ recordCalls: true, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('throttles, server errors, resets and truncated bodies at random change no verdict and leave no gap', async () => {
  const fleet = plainFleet(4, 12);
  const faults = [
    { fault: 'throttle', rate: 0.1 },
    { fault: 'http500', rate: 0.05 },
    { fault: 'resetBefore', rate: 0.01 },
    { fault: 'resetAfter', rate: 0.01 },
    { fault: 'truncate', rate: 0.01 },
  ] as const;
  const sandbox = await started({ fleet, faults: { seed: 3, faults } });
  const { result } = await audit(await writeWorkspace(writing), sandbox.environment);
  expect(verdictsOf(result)).toEqual(evaluate(fleet, writing, today));
  expect(result.gaps).toEqual([]);
  const struck = ['TooManyRequestsException', 'InternalErrorException', 'resetBefore', 'resetAfter', 'truncate'];
  expect(struck.filter((outcome) => sandbox.calls.count(undefined, outcome) === 0)).toEqual([]);
}, 120_000);

test('five pools in a row that can not be read end their unit, and the pools before them stand', async () => {
  const fleet = plainFleet(1, 40);
  const unreadable = new Set(
    [7, 20, 21, 22, 23, 24, 30].map((index) => `us-east-1_Pool00${String(index).padStart(2, '0')}`),
  );
  const accounts = fleet.accounts.map((account) => ({
    ...account,
    pools: account.pools.map((placed) =>
      unreadable.has(placed.pool.id) ? { ...placed, pool: { ...placed.pool, mfaConfig: {} } } : placed,
    ),
  }));
  const damaged = { ...fleet, accounts };
  const faults = [{ latencyMs: [0, 40], operations: ['GetUserPoolMfaConfig'] }] as const;
  const sandbox = await started({ fleet: damaged, faults: { faults } });
  const { result } = await audit(await writeWorkspace(writing), sandbox.environment);
  const expected = evaluate(damaged, writing, today);
  expect(verdictsOf(result)).toEqual(expected);
  expect(expected?.units.filter((unit) => unit.includes('gap'))).toEqual(['111122220000/us-east-1 gap malformed']);
  expect(result.pools.filter(({ region }) => region === 'us-east-1')).toHaveLength(25);
}, 60_000);

test('a session that the service ends is assumed anew, and nothing is lost', async () => {
  const fleet = plainFleet(2, 8);
  const faults = [{ fault: 'expireSession', operations: ['GetUserPoolMfaConfig'], after: 3, count: 2 }] as const;
  const sandbox = await started({ fleet, faults: { faults } });
  const { result } = await audit(await writeWorkspace(writing), sandbox.environment);
  expect(verdictsOf(result)).toEqual(evaluate(fleet, writing, today));
  expect(sandbox.calls.count('AssumeRole')).toBeGreaterThan(1);
}, 60_000);

test('one AssumeRole for each account, no answer read twice, no bad signature', async () => {
  const fleet = plainFleet(5, 9);
  const sandbox = await started({ fleet });
  await audit(await writeWorkspace(writing), sandbox.environment);
  expect(sandbox.calls.badSignatures).toBe(0);
  expect(sandbox.calls.count('AssumeRole')).toBe(fleet.accounts.length - 1);
  const pools = fleet.accounts.flatMap((account) => account.pools);
  expect(sandbox.calls.count('GetUserPoolMfaConfig')).toBe(pools.length);
  for (const operation of ['GetUserPoolMfaConfig', 'DescribeUserPool']) {
    const reads = readsOf(sandbox.calls.entries, operation);
    expect([...new Set(reads)]).toEqual(reads);
  }
});

/** Answers come late on a busy machine, and requests in a bunch; a pace that is a twentieth too fast would show. */
test('with the whole quota and all of its limits hardly a request is throttled', async () => {
  const fleet = plainFleet(2, 61);
  const sandbox = await started({ fleet, quotas: awsQuotas });
  const { result } = await audit(await writeWorkspace(writing, { quotaShare: 1 }), sandbox.environment);
  expect(verdictsOf(result)).toEqual(evaluate(fleet, writing, today));
  const refused = ['TooManyRequestsException', 'Throttling'].map((error) => sandbox.calls.count(undefined, error));
  expect(Math.max(...refused)).toBeLessThan(sandbox.calls.count() / 20);
}, 60_000);

function readsOf(calls: readonly RecordedCall[], wanted: string): readonly string[] {
  return calls
    .filter(({ operation }) => operation === wanted)
    .map(({ accountId, region, poolId }) => [accountId, region, poolId].join('/'));
}
