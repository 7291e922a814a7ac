/** This build and an earlier one in turn, by the processor time of the same work: what `--before` is for. */
import { fileURLToPath } from 'node:url';
import { auditOf, unpaced, type AuditSettings } from '../audit-run.ts';
import { againstBefore, pairOf, type Pair } from '../before.ts';
import { repeated, type Figure, type Row, type Scale } from '../figure.ts';
import { regionsOf, type FleetShape } from '../fleet.ts';
import { cli, measure } from '../measure.ts';
import { withSandbox } from '../sandbox-process.ts';

const policies = fileURLToPath(new URL('../../../../policies', import.meta.url));

export const pairedAudit: Figure = {
  name: 'paired-audit',
  title: 'Two builds in turn: the processor time of an audit of 20,000 pools, 200 accounts, 5 regions',
  async measure(scale) {
    const shape = { accounts: 200, regions: 5, poolsInEachUnit: scale.quick ? 2 : 20 };
    const pairs = await audits(scale, shape, { regions: regionsOf(shape) });
    return rows('audit', pairs, 0.6);
  },
};

export const pairedEmptyUnits: Figure = {
  name: 'paired-empty-units',
  title: 'Two builds in turn: the processor time of 3,400 empty units, 200 accounts, 17 regions',
  async measure(scale) {
    const pairs = await audits(scale, { accounts: scale.quick ? 20 : 200, regions: 17, poolsInEachUnit: 0 }, {});
    return rows('audit', pairs, null);
  },
};

export const pairedStartUp: Figure = {
  name: 'paired-start-up',
  title: 'Two builds in turn: the processor time of a start',
  async measure({ before, repetitions }) {
    const starts = { '--help': ['--help'], 'policy check': ['policy', 'check', '--policies', policies] };
    const all: Row[] = [];
    for (const [what, args] of Object.entries(starts)) {
      const pairs = await repeated(repetitions, async () =>
        inTurn(before, (program) => measure([program, ...args], {})),
      );
      all.push(...rows(what, pairs, null));
    }
    return all;
  },
};

function audits(
  { before, repetitions }: Scale,
  shape: FleetShape,
  settings: Omit<AuditSettings, 'limits' | 'program'>,
): Promise<readonly Pair[]> {
  const pools = shape.accounts * shape.regions * shape.poolsInEachUnit;
  return withSandbox({ shape, latencyMs: 0 }, (sandbox) =>
    repeated(repetitions, () =>
      inTurn(before, (program) => auditOf(sandbox, { ...settings, limits: unpaced, program }, pools)),
    ),
  );
}

/** The earlier build first, so that whatever warms up serves this one no better than the last pair served it. */
async function inTurn(before: string | null, work: (program: string) => ReturnType<typeof measure>): Promise<Pair> {
  const earlier = before === null ? null : await work(before);
  return pairOf(await work(cli), earlier);
}

function rows(what: string, pairs: readonly Pair[], reach: number | null): readonly Row[] {
  return [
    ...againstBefore(what, pairs, reach),
    { what: `${what}, this build`, unit: 'ms', values: pairs.map(({ nowMs }) => nowMs), reach: null },
  ];
}
