/**
 * `node build/bench/bench/scale.js [--accounts N] [--regions N] [--pools N]`: what an organization larger than can be played here
 * would take, on one machine and on eight. Wall time comes from a simulated clock that goes through every request; what a unit and a
 * pool cost is taken from bench/results.json, and what a finished unit leaves in memory is measured here.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openUnitStore } from '../src/run-directory/unit-store.ts';
import { forEachOf } from '../src/pacing/work/for-each-of.ts';
import { median, type Results } from './figure.ts';
import { play, type Organization } from './simulated-run.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    regions: { type: 'string', default: '34' },
    pools: { type: 'string', default: '1000000' },
  },
});

const costs = await measuredCosts();
const bytes = await bytesOfAUnit(20_000);
const whole: Organization = {
  accounts: Number(values.accounts),
  regions: Number(values.regions),
  pools: Number(values.pools),
};
const round = (value: number): string => Math.round(value).toLocaleString('en-US');
process.stdout.write(
  `a unit ${costs.unitMs.toFixed(2)} ms, a pool ${costs.poolMs.toFixed(2)} ms, a finished unit ${round(bytes)} bytes\n`,
);
for (const machines of [1, 8]) {
  const units = Math.ceil((whole.accounts * whole.regions) / machines);
  const { wallMs, processorMs, bounds } = play(whole, machines, costs);
  const parts = Object.entries(bounds).map(([what, ms]) => `${what} ${round(ms / 1000)} s`);
  process.stdout.write(
    `${machines} × : wall ${round(wallMs / 1000)} s, processor ${round(processorMs / 1000)} s, ` +
      `peak ${round(costs.peakMb + (units * bytes) / 1e6)} MB each; alone: ${parts.join(', ')}\n`,
  );
}
const fitting = Math.floor(((1024 - costs.peakMb) * 1e6) / bytes);
process.stdout.write(`a gigabyte holds ${round(fitting)} units of one machine\n`);

/** Per machine core, as this machine measured them last. */
async function measuredCosts() {
  const file = new URL('../../../bench/results.json', import.meta.url);
  const { figures }: Results = JSON.parse(await readFile(file, 'utf8'));
  const row = (figure: string, what: string): number => {
    const found = figures.find(({ name }) => name === figure)?.rows.find((one) => one.what === what);
    if (found === undefined) throw new Error(`bench/results.json has no ${what} in ${figure}: npm run bench.`);
    return median(found.values);
  };
  const unitMs = row('paired-empty-units', 'audit, this build') / 3400;
  const poolMs = (row('paired-audit', 'audit, this build') - 1000 * unitMs) / 20_000;
  return { unitMs, poolMs, peakMb: row('memory', 'peak at 200,000 pools') };
}

/** Heap that stays taken for each finished unit as long as a run goes on. */
async function bytesOfAUnit(units: number): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-scale-'));
  const store = await openUnitStore(folder, { requireHeld: () => Promise.resolve() });
  try {
    collect();
    const before = process.memoryUsage().heapUsed;
    await forEachOf(numbers(units), 64, async (at) => {
      const place = { accountId: String(100_000_000_000 + Math.floor(at / 34)), region: `eu-west-${at % 34}` };
      const readAt = new Date(1_800_000_000_000 + at).toISOString();
      const unit = { ...place, status: 'read', skipReason: null, failure: null, pools: 0, readAt } as const;
      await store.beginUnit(place.accountId, place.region).finish(unit, []);
    });
    collect();
    return (process.memoryUsage().heapUsed - before) / units;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function* numbers(count: number): AsyncGenerator<number, void, void> {
  for (let at = 0; at < count; at += 1) yield at;
}
