/** How near a run comes to what the largest unit's quota allows. */
import { auditOf } from '../audit-run.ts';
import { repeated, type Figure, type Row, type Scale } from '../figure.ts';
import { regionsOf, type FleetShape } from '../fleet.ts';
import { withSandbox } from '../sandbox-process.ts';

const configured = { UserPoolRead: 15, UserPoolResourceRead: 20, UserPoolResourceUpdate: 15 };
const latencyMs = 40;

interface Run {
  readonly overBound: number;
  readonly throttledPercent: number;
}

export const quotaBound: Figure = {
  name: 'quota-bound',
  title:
    'Wall time over the quota bound: 50 accounts, 2 regions, one unit with 1,000 pools, 20 a second, 40 ms, share 1',
  measure: (scale) => rows(scale, configured.UserPoolResourceRead, 1.03, 0.1),
};

export const sharedQuota: Figure = {
  name: 'shared-quota',
  title: 'The same where the real quota is 80 % of what was configured',
  measure: (scale) => rows(scale, configured.UserPoolResourceRead * 0.8, 1.15, 1),
};

export const halfQuota: Figure = {
  name: 'half-quota',
  title: 'The same where the real quota is half of what was configured',
  measure: (scale) => rows(scale, configured.UserPoolResourceRead / 2, 1.04, 1),
};

async function rows(
  { quick, repetitions }: Scale,
  perSecond: number,
  reach: number,
  reachThrottled: number,
): Promise<readonly Row[]> {
  const largest = quick ? 100 : 1000;
  const quotas = { UserPoolRead: configured.UserPoolRead, UserPoolResourceRead: perSecond };
  const shape: FleetShape = { accounts: 50, regions: 2, poolsInEachUnit: 15, poolsInLargestUnit: largest, quotas };
  const runs = await repeated(repetitions, () => once(shape, largest, perSecond));
  return [
    { what: 'wall ÷ bound', unit: '', values: runs.map(({ overBound }) => overBound), reach },
    { what: 'throttled', unit: '%', values: runs.map((run) => run.throttledPercent), reach: reachThrottled },
    {
      what: 'floor: the bound, (calls − burst) ÷ rate',
      unit: 's',
      values: [boundSeconds(largest, perSecond)],
      reach: null,
    },
  ];
}

function once(shape: FleetShape, largest: number, perSecond: number): Promise<Run> {
  return withSandbox({ shape, latencyMs }, async (sandbox) => {
    const pools = (shape.accounts * shape.regions - 1) * shape.poolsInEachUnit + largest;
    const limits = { quotas: configured, quotaShare: 1 };
    const { wallMs } = await auditOf(sandbox, { regions: regionsOf(shape), limits }, pools);
    const { calls, throttled } = await sandbox.counts();
    return {
      overBound: wallMs / 1000 / boundSeconds(largest, perSecond),
      throttledPercent: (100 * throttled) / calls,
    };
  });
}

/** One read a pool, one second's worth as burst; the pages of the listing are far below their own quota. */
function boundSeconds(pools: number, perSecond: number): number {
  return (pools - perSecond) / perSecond;
}
