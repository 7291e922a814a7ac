import { auditOf, unpaced } from '../audit-run.ts';
import { repeated, type Figure } from '../figure.ts';
import { regionsOf, type FleetShape } from '../fleet.ts';
import { withSandbox } from '../sandbox-process.ts';

export const memory: Figure = {
  name: 'memory',
  title: '200,000 pools with Node’s own heap',
  async measure({ repetitions, quick }) {
    const runs = await repeated(repetitions, async () => ({
      large: await peakMb(quick ? 20 : 200),
      small: await peakMb(quick ? 2 : 20),
    }));
    return [
      { what: 'peak at 200,000 pools', unit: 'MB', values: runs.map(({ large }) => large), reach: 200 },
      {
        what: 'peak over that at 20,000',
        unit: '',
        values: runs.map(({ large, small }) => large / small),
        reach: 1.15,
      },
      { what: 'beside it: peak at 20,000 pools', unit: 'MB', values: runs.map(({ small }) => small), reach: null },
    ];
  },
};

/** With every kind of saved result and the report that most people read. */
function peakMb(poolsInEachUnit: number): Promise<number> {
  const shape: FleetShape = { accounts: 200, regions: 5, poolsInEachUnit };
  return withSandbox({ shape, latencyMs: 0 }, async (sandbox) => {
    const settings = { regions: regionsOf(shape), limits: unpaced, reports: ['json=result.json', 'table=table.txt'] };
    const pools = shape.accounts * shape.regions * poolsInEachUnit;
    return (await auditOf(sandbox, settings, pools)).peakMb;
  });
}
