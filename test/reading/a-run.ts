/** All that reading one organization shares, in virtual time, for accounts and units that a test reads by themselves. */
import { noReads, type FurtherReads } from '../../src/domain/model/api/reads.ts';
import type { Account, PoolObservation, UnitObservation } from '../../src/domain/model/observation.ts';
import { cognitoRegions } from '../../src/domain/model/regions.ts';
import { FailureRow } from '../../src/pacing/failure-row.ts';
import type { Quota, QuotaOptions } from '../../src/pacing/quota.ts';
import { boundedWork } from '../../src/pacing/work/bounded-work.ts';
import type { Cloud, ListedPool } from '../../src/ports/cloud.ts';
import { AccountRegistry } from '../../src/reading/accounts/account-registry.ts';
import { newProgress } from '../../src/reading/progress/reading-progress.ts';
import type { ReadingRun } from '../../src/reading/reading-run.ts';
import { anAccount } from '../domain/a-pool.ts';
import { virtualCalls } from '../pacing/service.ts';
import { VirtualClock } from './virtual-clock.ts';

export const account: Account = anAccount();

export interface ToldUnit {
  readonly unit: UnitObservation;
  readonly pools: readonly PoolObservation[];
  readonly gone: readonly string[];
}

export interface RunOptions {
  readonly wanted?: readonly string[];
  readonly concurrency?: number;
  readonly finished?: readonly string[];
  readonly needed?: (accountId: string, region: string, pool: ListedPool) => FurtherReads;
  readonly confirms?: boolean;
}

/** Of a clock that may already be in a test's answers. */
export function aRun(cloud: Cloud, options: RunOptions = {}, clock = new VirtualClock()) {
  const { wanted = ['eu-west-1'], concurrency = 64, finished = [], needed = () => noReads, confirms = false } = options;
  const { calls } = virtualCalls(clock);
  const quotas: { readonly about: QuotaOptions; readonly made: Quota }[] = [];
  const units = new Map<string, ToldUnit>();
  const lines: string[] = [];
  const failures: unknown[] = [];
  const line = (name: string) => {
    const work = boundedWork(8, 8, (error) => void failures.push(error));
    const add: typeof work.add = (each) => {
      lines.push(name);
      return work.add(each);
    };
    return { ...work, add };
  };
  const registry = new AccountRegistry(null);
  registry.enter(account, { kind: 'read' });
  const quota: typeof calls.quota = (about) => {
    const made = calls.quota(about);
    quotas.push({ about, made });
    return made;
  };
  const run: ReadingRun = {
    cloud,
    calls: { ...calls, quota },
    needs: {
      accountNames: false,
      accountPaths: false,
      accountTags: false,
      furtherReads: ({ id }, region, poolId, name) => needed(id, region, { id: poolId, name }),
    },
    sink: {
      isFinished: (id, region) => finished.includes(`${id}/${region}`),
      beginUnit(_id, region) {
        const pools: PoolObservation[] = [];
        return {
          pools: async (observations) => void pools.push(...observations),
          finish: async (unit, gone) => void units.set(region, { unit, pools, gone }),
        };
      },
    },
    registry,
    regions: { wanted, takesNew: () => false, leavesOut: true, isLeftOut: (region) => !wanted.includes(region) },
    regionListings: new FailureRow(),
    confirming: confirms ? calls.quota({ perSecond: 20 }) : null,
    pace: { UserPoolRead: 15, UserPoolResourceRead: 20 },
    progress: newProgress(),
    concurrency,
    sweep: line('sweep'),
    small: line('small'),
    large: line('large'),
  };
  /** Resolves once nothing is left to do. */
  async function ended(work: Promise<void>): Promise<void> {
    const toItsEnd = async () => {
      await work;
      for (const each of [run.sweep, run.small, run.large]) await each.idle();
    };
    await clock.run(toItsEnd());
    if (failures.length > 0) throw failures[0];
  }
  return { run, clock, units, lines, quotas, ended };
}

/** As ListRegions says it: these in these states, and every other region disabled. */
export function statesOf(states: Readonly<Record<string, string>>) {
  const others = cognitoRegions.aws.filter((region) => !(region in states));
  return [
    ...others.map((region) => ({ region, state: 'DISABLED' })),
    ...Object.entries(states).map(([region, state]) => ({ region, state })),
  ];
}
