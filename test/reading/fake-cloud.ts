/** An AWS of functions, for what the sandbox can't show: virtual time, endless listings, regions nobody knows. */
import { noReads, readSet, type PoolRead } from '../../src/domain/model/api/reads.ts';
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Cloud, ListedPool, Page, RegionState, UserPoolCalls } from '../../src/ports/cloud.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../src/pacing/call-result.ts';
import { newProgress, type ReadingProgress } from '../../src/reading/progress/reading-progress.ts';
import { readOrganization } from '../../src/reading/read-organization.ts';
import type { UnitObservation } from '../../src/domain/model/observation.ts';
import { virtualCalls } from '../pacing/service.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { ApiCounts } from '../../src/pacing/api-counts.ts';
import { defaultSettings } from '../default-settings.ts';
import { scopeOf } from './a-scope.ts';

export interface FakeUnit {
  /** Default: as many as `pools`, in pages of 60. */
  readonly list?: (token: string | null) => Attempt<Page<ListedPool>>;
  readonly pools?: number;
}

export interface FakeOptions {
  readonly accounts: readonly string[];
  readonly regions: readonly RegionState[] | CallFailure;
  readonly unit: (accountId: string, region: string) => FakeUnit;
  /** Each call to Cognito waits here first; a failure is its answer. */
  readonly gate?: (
    accountId: string,
    region: string,
    operation: 'list' | PoolRead,
    poolId: string | null,
  ) => Promise<CallFailure | null>;
  readonly servesCognito?: (region: string) => boolean;
}

export function refusal(name: string, code: CallFailure['code'] = 'credentials'): CallFailure {
  return { name, code, retry: 'no', message: name, remedy: '', serviceStatus: 400, requestId: null };
}

const lonely = failed(refusal('AccessDeniedException', 'AccessDenied'));

export function fakeCloud(options: FakeOptions): Cloud {
  const { accounts, regions } = options;
  const none = async () => lonely;
  return {
    callerArn: 'arn:aws:iam::100000000000:user/auditor',
    callerAccountId: '100000000000',
    partition: 'aws',
    organization: {
      ready: () => Promise.resolve(succeeded(undefined)),
      describe: none,
      accounts: async () =>
        succeeded({
          items: accounts.map((id) => ({ id, arn: null, name: id, state: 'ACTIVE', unitIds: [] })),
          next: null,
        }),
      roots: none,
      unitsBelow: () => none,
      accountName: none,
      parentOf: none,
      tagsOf: () => none,
    },
    account: (accountId) => ({
      ready: async () => succeeded(undefined),
      confirm: async () => succeeded(undefined),
      regions: async () => ('code' in regions ? failed(regions) : succeeded({ items: regions, next: null })),
      userPools: (region) => fakePools(options, accountId, region),
    }),
    servesCognito: async (region) => options.servesCognito?.(region) ?? false,
  };
}

function fakePools({ unit, gate }: FakeOptions, accountId: string, region: string): UserPoolCalls {
  const { list, pools = 0 } = unit(accountId, region);
  const answer = async <T>(operation: 'list' | PoolRead, poolId: string | null, value: () => Attempt<T>) => {
    const refused = (await gate?.(accountId, region, operation, poolId)) ?? null;
    return refused === null ? value() : failed(refused);
  };
  return {
    list: (token) => answer('list', null, () => list?.(token) ?? poolPage(pools, Number(token ?? 0))),
    read: (read, poolId) =>
      answer(read, poolId, () => {
        const value: JsonObject = read === 'mfaConfig' ? { MfaConfiguration: 'ON' } : {};
        return succeeded({ value, requestId: null });
      }),
  };
}

function poolPage(count: number, from: number): Attempt<Page<ListedPool>> {
  const items = Array.from({ length: Math.min(60, count - from) }, (_, index) => ({
    id: `p_${from + index}`,
    name: 'p',
  }));
  return succeeded({ items, next: from + 60 < count ? String(from + 60) : null });
}

export async function readFake(
  cloud: Cloud,
  clock: VirtualClock,
  {
    describes = false,
    share = 1,
    concurrency = 64,
    onFinish = (_place: string) => {},
    onNeeds = () => {},
    onSecond = (_progress: ReadingProgress, _counts: Readonly<ApiCounts>) => {},
  } = {},
): Promise<{
  readonly units: ReadonlyMap<string, UnitObservation & { readonly read: number; readonly finishedMs: number }>;
  readonly counts: { readonly calls: number; readonly throttled: number };
  readonly progress: ReadingProgress;
}> {
  const { calls, counts } = virtualCalls(clock, concurrency);
  const progress = newProgress();
  const units = new Map<string, UnitObservation & { readonly read: number; readonly finishedMs: number }>();
  const limits = { ...defaultSettings.limits, concurrency, quotaShare: share };
  async function tick(): Promise<never> {
    for (;;) {
      await clock.sleep(1000);
      onSecond(progress, counts);
    }
  }
  void tick();
  await clock.run(
    readOrganization({
      cloud,
      calls,
      progress,
      scope: scopeOf({
        settings: { limits },
        needs: {
          furtherReads() {
            onNeeds();
            return describes ? readSet(['userPool']) : noReads;
          },
        },
      }),
      sink: {
        isFinished: () => false,
        beginUnit(accountId, region) {
          let read = 0;
          return {
            pools: async (observations) => void (read += observations.length),
            finish: async (unit) => {
              units.set(`${accountId}/${region}`, { ...unit, read, finishedMs: clock.now() });
              onFinish(`${accountId}/${region}`);
            },
          };
        },
      },
    }),
  );
  return { units, counts, progress };
}
