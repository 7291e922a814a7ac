/** What is done with results once they are saved. */
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
      const works = await prepare(folder, quick ? 10 : 100);
      const rows: Row[] = [];
      for (const { what, args, reach } of works) {
        const pairs = await repeated(repetitions, () => pair(folder, args, before));
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

async function prepare(folder: string, poolsInEachUnit: number): Promise<readonly Work[]> {
  const whole = join(folder, 'whole.json');
  await saved({ accounts: 200, regions: 5, poolsInEachUnit }, [[whole, []]]);
  const parts = Array.from({ length: shards }, (_, at) => join(folder, `shard-${at + 1}.json`));
  await saved(
    { accounts: 200, regions: 5, poolsInEachUnit: poolsInEachUnit * 2 },
    parts.map((file, at) => [file, ['--shard', `${at + 1}/${shards}`]]),
  );
  await mkdir(join(folder, 'policies'));
  await writeFile(join(folder, 'policies', 'mfa.yaml'), JSON.stringify(policy));
  const csv = ['--report', 'csv=report.csv'];
  return [
    { what: 'report RESULT --report csv', args: ['report', whole, ...csv], reach: 0.4 },
    { what: 'audit --from RESULT', args: ['audit', '--from', whole, ...csv], reach: 0.5 },
    { what: 'merging the shards', args: ['report', ...parts, ...csv], reach: 0.5 },
  ];
}

/** One audit of the organization for each file, with those flags. */
function saved(shape: FleetShape, files: readonly (readonly [file: string, flags: readonly string[]])[]) {
  return withSandbox({ shape, latencyMs: 0 }, async (sandbox) => {
    for (const [file, flags] of files) {
      const settings = { regions: regionsOf(shape), limits: unpaced, reports: [`json=${file}`], flags };
      await auditOf(sandbox, settings, null);
    }
  });
}

async function pair(cwd: string, args: readonly string[], before: string | null): Promise<Pair> {
  const earlier = before === null ? null : await measure([before, ...args], { cwd });
  return pairOf(await measure([cli, ...args], { cwd }), earlier);
}
