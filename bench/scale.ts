/**
 * `node build/bench/bench/scale.js [--accounts N] [--regions N] [--pools N]`: what an organization larger than can be played here
 * would take, on one machine and on eight. Wall time comes from a simulated clock that goes through every request; what a unit and a
 * pool cost is taken from bench/results.json, and what a finished unit leaves in memory is measured here.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openUnitStore } from '../src/run-directory/unit-store.ts';
import { forEachOf } from '../src/pacing/work/for-each-of.ts';
import { median, type Kept, type Results, type Row } from './figure.ts';
import { keep } from './results.ts';
import { play, type Organization } from './simulated-run.ts';
import { figureTable } from './tables.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    regions: { type: 'string', default: '34' },
    pools: { type: 'string', default: '1000000' },
  },
});

const results: Results = JSON.parse(await readFile(new URL('../../../bench/results.json', import.meta.url), 'utf8'));
const costs = measuredCosts(results);
const bytes = await bytesOfAUnit(20_000);
const whole: Organization = {
  accounts: Number(values.accounts),
  regions: Number(values.regions),
  pools: Number(values.pools),
};
const rows: Row[] = [
  fact('costs: a unit without its pools', 'ms', costs.unitMs),
  fact('costs: a pool', 'ms', costs.poolMs),
  fact('costs: what a finished unit keeps in memory', 'bytes', bytes),
];
for (const machines of [1, 8]) {
  const units = Math.ceil((whole.accounts * whole.regions) / machines);
  const { wallMs, processorMs, bounds } = play(whole, machines, costs);
  const each = machines === 1 ? 'one machine' : `each of ${machines}`;
  rows.push(fact(`${each}: wall`, 's', wallMs / 1000));
  rows.push(fact(`${each}: processor`, 's', processorMs / 1000));
  rows.push(fact(`${each}: peak`, 'MB', costs.peakMb + (units * bytes) / 1e6));
  for (const [bound, ms] of Object.entries(bounds))
    rows.push(fact(`${each}, were ${bound} the only bound`, 's', ms / 1000));
}
rows.push(fact('units that one machine holds in a gigabyte', '', Math.floor(((1024 - costs.peakMb) * 1e6) / bytes)));
const title = `By simulation: ${values.accounts} accounts, ${values.regions} regions, ${values.pools} pools, 40 ms`;
const kept: Kept = { name: 'scale', title, measuredAt: new Date().toISOString(), load: loadavg()[0] ?? 0, rows };
process.stdout.write(`${figureTable(kept)}\n`);
await keep(kept, [...results.figures.map(({ name }) => name).filter((name) => name !== 'scale'), 'scale']);

function fact(what: string, unit: string, value: number): Row {
  return { what, unit, values: [value], reach: null };
}

/** As this machine measured them last; what it has of them under load is too high. */
function measuredCosts({ figures }: Results) {
  const row = (figure: string, what: string): number => {
    const found = figures.find(({ name }) => name === figure)?.rows.find((one) => one.what === what);
    if (found === undefined) throw new Error(`bench/results.json has no ${what} in ${figure}: npm run bench.`);
    return median(found.values);
  };
  const unitMs = row('empty-units', 'at 2,000 accounts');
  const poolMs = (row('processor-time', 'audit') - 1000 * unitMs) / 20_000;
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
