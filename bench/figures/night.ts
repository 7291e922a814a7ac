import { auditOf } from '../audit-run.ts';
import { repeated, type Figure } from '../figure.ts';
import { awsQuotas } from '../../src/sandbox/quotas.ts';
import type { FleetShape } from '../fleet.ts';
import { withSandbox } from '../sandbox-process.ts';

export const night: Figure = {
  name: 'night',
  title: 'A real-sized night: 500 accounts, 17 regions, 2,000 pools, 40 ms, AWS’s quotas, the default limits',
  async measure({ repetitions, quick }) {
    const part = quick ? 10 : 1;
    const pools = 2000 / part;
    const shape: FleetShape = {
      accounts: 500 / part,
      regions: 17,
      poolsInEachUnit: 0,
      scatteredPools: pools,
      quotas: awsQuotas,
    };
    const runs = await repeated(repetitions, () =>
      withSandbox({ shape, latencyMs: 40 }, (sandbox) => auditOf(sandbox, {}, pools)),
    );
    return [
      { what: 'wall', unit: 's', values: runs.map(({ wallMs }) => wallMs / 1000), reach: 60 },
      { what: 'processor', unit: 's', values: runs.map(({ cpuMs }) => cpuMs / 1000), reach: 25 },
    ];
  },
};
