/** Most units of a real organization hold no pool: what one of them costs. */
import { auditOf, unpaced } from '../audit-run.ts';
import { repeated, type Figure } from '../figure.ts';
import type { FleetShape } from '../fleet.ts';
import { withSandbox } from '../sandbox-process.ts';

export const emptyUnits: Figure = {
  name: 'empty-units',
  title: 'Processor time for each empty unit, 17 regions',
  async measure({ repetitions, quick }) {
    const part = quick ? 10 : 1;
    const runs = await repeated(repetitions, async () => ({
      fewer: await perUnit({ accounts: 1000 / part, regions: 17, poolsInEachUnit: 0 }),
      more: await perUnit({ accounts: 2000 / part, regions: 17, poolsInEachUnit: 0 }),
    }));
    return [
      { what: 'at 2,000 accounts', unit: 'ms', values: runs.map(({ more }) => more), reach: 0.6 },
      { what: 'at 1,000 accounts', unit: 'ms', values: runs.map(({ fewer }) => fewer), reach: 0.6 },
    ];
  },
};

/** All of the run's time, start-up, roles and regions included, over its units. */
function perUnit(shape: FleetShape): Promise<number> {
  return withSandbox({ shape, latencyMs: 0 }, async (sandbox) => {
    const { cpuMs } = await auditOf(sandbox, { limits: unpaced }, 0);
    return cpuMs / (shape.accounts * shape.regions);
  });
}
