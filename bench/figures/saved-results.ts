/** What is done with results once they are saved, each build with those that it saved itself. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditOf, policy, unpaced } from '../audit-run.ts';
import { againstBefore, pairOf, type Pair } from '../before.ts';
import { repeated, type Figure, type Row } from '../figure.ts';
import { regionsOf, type FleetShape } from '../fleet.ts';
import { cli, measure } from '../measure.ts';
import { withSandbox } from '../sandbox-process.ts';

const shards = 8;

export const savedResults: Figure = {
  name: 'saved-results',
  title: 'Saved results of 100,000 pools, and 8 shards of 25,000',
  async measure({ repetitions, quick, before }) {
    const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-saved-'));
    try {
      const now = await sideOf(cli, join(folder, 'now'));
      const earlier = before === null ? null : await sideOf(before, join(folder, 'before'));
      await prepare(earlier === null ? [now] : [now, earlier], quick ? 10 : 100);
      const rows: Row[] = [];
      for (const { what, args, reach } of works) {
        const pairs = await repeated(repetitions, () => pair(now, earlier, args));
        rows.push(...againstBefore(what, pairs, reach));
        rows.push({ what, unit: 'ms', values: pairs.map(({ nowMs }) => nowMs), reach: null });
      }
      return rows;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Work {
  readonly what: string;
  readonly args: readonly string[];
  readonly reach: number;
}

const csv = ['--report', 'csv=report.csv'];
const whole = 'whole.json';
const parts = Array.from({ length: shards }, (_, at) => `shard-${at + 1}.json`);
const works: readonly Work[] = [
  { what: 'report RESULT --report csv', args: ['report', whole, ...csv], reach: 0.4 },
  { what: 'audit --from RESULT', args: ['audit', '--from', whole, ...csv], reach: 0.5 },
  { what: 'merging the shards', args: ['report', ...parts, ...csv], reach: 0.5 },
];

/** A build, and where its results are. */
interface Side {
  readonly program: string;
  readonly folder: string;
}

async function sideOf(program: string, folder: string): Promise<Side> {
  await mkdir(join(folder, 'policies'), { recursive: true });
  await writeFile(join(folder, 'policies', 'mfa.yaml'), JSON.stringify(policy));
  return { program, folder };
}

/** Each side audits the same two organizations. */
async function prepare(sides: readonly Side[], poolsInEachUnit: number): Promise<void> {
  const shape = { accounts: 200, regions: 5 };
  await saved({ ...shape, poolsInEachUnit }, sides, [[whole, []]]);
  const shardFlags = parts.map((file, at) => [file, ['--shard', `${at + 1}/${shards}`]] as const);
  await saved({ ...shape, poolsInEachUnit: poolsInEachUnit * 2 }, sides, shardFlags);
}

/** One audit of the organization for each file, with those flags. */
function saved(
  shape: FleetShape,
  sides: readonly Side[],
  files: readonly (readonly [file: string, flags: readonly string[]])[],
): Promise<void> {
  return withSandbox({ shape, latencyMs: 0 }, async (sandbox) => {
    for (const { program, folder } of sides) {
      for (const [file, flags] of files) {
        const reports = [`json=${join(folder, file)}`];
        await auditOf(sandbox, { regions: regionsOf(shape), limits: unpaced, reports, flags, program }, null);
      }
    }
  });
}

async function pair(now: Side, earlier: Side | null, args: readonly string[]): Promise<Pair> {
  const before = earlier === null ? null : await take(earlier, args);
  return pairOf(await take(now, args), before);
}

function take({ program, folder }: Side, args: readonly string[]) {
  return measure([program, ...args], { cwd: folder });
}
