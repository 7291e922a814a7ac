/** What the program costs over the same calls made bare. */
import { auditOf, unpaced } from '../audit-run.ts';
import { repeated, type Figure } from '../figure.ts';
import { regionsOf, type FleetShape } from '../fleet.ts';
import { measure, ownScript } from '../measure.ts';
import { withSandbox, type SandboxProcess } from '../sandbox-process.ts';

export const processorTime: Figure = {
  name: 'processor-time',
  title: 'Processor time of a whole audit: 20,000 pools, 200 accounts, 5 regions',
  async measure({ repetitions, quick }) {
    const shape: FleetShape = { accounts: 200, regions: 5, poolsInEachUnit: quick ? 2 : 20 };
    const pools = shape.accounts * shape.regions * shape.poolsInEachUnit;
    const runs = await withSandbox({ shape, latencyMs: 0 }, (sandbox) =>
      repeated(repetitions, () => threeWays(sandbox, shape, pools)),
    );
    return [
      { what: 'audit ÷ bare signed client', unit: '', values: runs.map((run) => run.audit / run.bare), reach: 5.5 },
      { what: 'audit ÷ leanest SDK loop', unit: '', values: runs.map((run) => run.audit / run.sdk), reach: 1.35 },
      { what: 'audit', unit: 'ms', values: runs.map(({ audit }) => audit), reach: null },
      {
        what: 'floor: bare signed client, the same calls',
        unit: 'ms',
        values: runs.map(({ bare }) => bare),
        reach: null,
      },
      { what: 'floor: leanest SDK loop, the same calls', unit: 'ms', values: runs.map(({ sdk }) => sdk), reach: null },
      { what: 'calls of the audit beyond the floors’', unit: '', values: runs.map(({ extra }) => extra), reach: null },
    ];
  },
};

async function threeWays(sandbox: SandboxProcess, shape: FleetShape, pools: number) {
  const floor = async (script: string): Promise<{ cpuMs: number; calls: number }> => {
    const before = await sandbox.counts();
    const { cpuMs, stdout } = await measure([ownScript(script)], { environment: sandbox.environment });
    if (Number(stdout) !== pools) throw new Error(`${script} read ${stdout} pools of ${pools}.`);
    return { cpuMs, calls: (await sandbox.counts()).calls - before.calls };
  };
  const bare = await floor('bare-client');
  const sdk = await floor('sdk-loop');
  const settings = { regions: regionsOf(shape), limits: unpaced };
  const before = await sandbox.counts();
  const audit = await auditOf(sandbox, settings, pools);
  const { calls } = await sandbox.counts();
  const extra = calls - before.calls - sdk.calls;
  return { audit: audit.cpuMs, bare: bare.cpuMs, sdk: sdk.cpuMs, extra };
}
