/**
 * `npm run bench -- [--quick] [--repetitions N] [--before CLI] [FIGURE…]`: measures, prints a table, and keeps it in bench/results.json
 * and docs/performance.md. Figures that are not asked for stay as they were.
 */
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure, Kept } from './figure.ts';
import { emptyUnits } from './figures/empty-units.ts';
import { memory } from './figures/memory.ts';
import { night } from './figures/night.ts';
import { processorTime } from './figures/processor-time.ts';
import { halfQuota, quotaBound, sharedQuota } from './figures/quota-bound.ts';
import { savedResults } from './figures/saved-results.ts';
import { startUp } from './figures/start-up.ts';
import { pairedAudit, pairedEmptyUnits, pairedStartUp } from './figures/two-builds.ts';
import { keep } from './results.ts';
import { figureTable } from './tables.ts';

const figures: readonly Figure[] = [
  startUp,
  processorTime,
  emptyUnits,
  night,
  quotaBound,
  sharedQuota,
  halfQuota,
  memory,
  savedResults,
  pairedAudit,
  pairedEmptyUnits,
  pairedStartUp,
];

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '5' },
    before: { type: 'string' },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => figures.every((figure) => figure.name !== name));
if (unknown.length > 0)
  throw new Error(`There is no figure ${unknown.join(', ')}; there are ${figures.map(({ name }) => name).join(', ')}.`);

for (const figure of figures) {
  if (positionals.length > 0 && !positionals.includes(figure.name)) continue;
  const [load = 0] = loadavg();
  const repetitions = values.quick ? 1 : Number(values.repetitions);
  const before = values.before === undefined ? null : resolve(values.before);
  const scale = { quick: values.quick, repetitions, before };
  const rows = await figure.measure(scale);
  const kept: Kept = { name: figure.name, title: figure.title, measuredAt: new Date().toISOString(), load, rows };
  process.stdout.write(`${figureTable(kept)}\n`);
  if (!values.quick) await keep(kept, [...figures.map(({ name }) => name), 'scale']);
}
