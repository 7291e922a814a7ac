/** Answers come in another order every night; what is written about the same organization has the same bytes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Fleet } from '../../src/sandbox/fleet/fleet.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { floor, organization, type PoolDraft } from '../remediate/organization.ts';
import { seed, tries } from '../strength.ts';
import { audit } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { withoutChance } from './without-chance.ts';
import { writeWorkspace } from './workspace.ts';

/** Seeds of the delays: with each, the answers overtake one another differently. */
const nights = Array.from({ length: tries({ usual: 2, extended: 20 }) }, (_, night) => seed + night);

function lateAnswers(night: number) {
  return { seed: night, faults: [{ latencyMs: [0, 25] as const }] };
}

/** Two of three pools are deleted between list and read; the smallest that seed 411760157, path 28, came down to. */
function vanishingFleet(): Fleet {
  const fleet = plainFleet(2, 24);
  const accounts = fleet.accounts.map((account) => ({
    ...account,
    pools: account.pools.map((placed, index) => ({ ...placed, vanishes: index % 3 > 0 })),
  }));
  return { ...fleet, accounts };
}

async function started(fleet: Fleet, night: number): Promise<Sandbox> {
  const sandbox = await startSandbox({ fleet, quotas: 'off', faults: lateAnswers(night) });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test(
  'pools that were deleted while they were read are skipped in the order of their ids',
  async () => {
    const workspace = await writeWorkspace(plainWriting());
    const texts = [];
    for (const night of nights) {
      const { environment } = await started(vanishingFleet(), night);
      const { text, result } = await audit(workspace, environment);
      const deleted = result.skipped.filter(({ reason }) => reason === 'pool-deleted');
      const places = deleted.map(({ accountId, region, poolId }) => `${accountId}/${region}/${poolId}`);
      expect(places).toHaveLength(2 * 2 * 16);
      expect(places).toEqual(places.toSorted());
      texts.push(withoutChance(text, result));
    }
    expect(new Set(texts)).toHaveProperty('size', 1);
  },
  nights.length * 20_000,
);

/** Changes, refusals, and what is right already, in two accounts. */
const drifting: readonly PoolDraft[] = Array.from({ length: 48 }, (_, index) => ({
  id: `P${String(index).padStart(2, '0')}`,
  accountId: index % 2 === 0 ? '111122220001' : '111122220002',
  mfa: { MfaConfiguration: index % 6 === 5 ? 'ON' : 'OFF' },
  userPool: {
    EstimatedNumberOfUsers: (index * 7) % 5,
    ...(index % 4 === 1 ? { UserPoolTags: { 'mfa-remediation': 'exempt' } } : {}),
  },
}));

const sandboxHost = /127\.0\.0\.1:\d+/g;
const timesAndRun = /"(createdAt|runId|digest)":\s*"[^"]*"/g;

test(
  'a plan lists changes and refusals in one order, and applying it says the same of each pool',
  async () => {
    const plans = [];
    const reports = [];
    for (const night of nights) {
      const place = await organization(drifting, { policies: [floor] }, { faults: lateAnswers(night) });
      await place.makePlan('--max-changes', '48', '--max-users', '1000');
      const file = join(place.folder, 'applied.json');
      const applied = await place.apply('--max-changes', '48', '--max-users', '1000', '--report', `json=${file}`);
      expect(applied.stderr).toContain('exit 0');
      plans.push(
        (await readFile(place.plan, 'utf8'))
          .replaceAll(timesAndRun, '')
          .replaceAll(place.folder, '')
          .replaceAll(sandboxHost, ''),
      );
      reports.push(
        (await readFile(file, 'utf8'))
          .replaceAll(timesAndRun, '')
          .replaceAll(place.folder, '')
          .replaceAll(sandboxHost, ''),
      );
    }
    expect(plans[0]).toContain('exempt');
    expect(new Set(plans)).toHaveProperty('size', 1);
    expect(new Set(reports)).toHaveProperty('size', 1);
  },
  nights.length * 40_000,
);

test(
  'a night that puts pools right writes the same result',
  async () => {
    const texts = [];
    for (const night of nights) {
      const place = await organization(drifting, { policies: [floor] }, { faults: lateAnswers(night) });
      const file = join(place.folder, 'result.json');
      await place.remediate('--max-changes', '48', '--report', `json=${file}`);
      const text = await readFile(file, 'utf8');
      texts.push(
        withoutChance(text, JSON.parse(text))
          .replaceAll(place.folder, '')
          .replaceAll(/sha256:[0-9a-f]{64}/g, ''),
      );
    }
    expect(texts[0]).toContain('"outcome":"applied"');
    expect(new Set(texts)).toHaveProperty('size', 1);
  },
  nights.length * 40_000,
);
