/** Reads a sandbox as the audit does, into memory. */
import { noReads } from '../../src/domain/model/api/reads.ts';
import { vi } from 'vitest';
import type { ObservationSink } from '../../src/reading/sink.ts';
import { createCalls } from '../../src/pacing/calls.ts';
import { systemClock, type Clock } from '../../src/pacing/clock.ts';
import { newProgress, type ReadingProgress } from '../../src/reading/progress/reading-progress.ts';
import { readOrganization, type OrganizationReading } from '../../src/reading/read-organization.ts';
import type { ReadingFilters } from '../../src/reading/accounts/scope.ts';
import { connect, type Connection } from '../../src/aws/session/connect.ts';
import type { PoolObservation, UnitObservation } from '../../src/domain/model/observation.ts';
import type { ReadingNeeds } from '../../src/domain/policy/advice/reading-needs.ts';
import type { RequestLimits, RoleSettings, Settings } from '../../src/domain/settings.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { ApiCounts } from '../../src/pacing/api-counts.ts';
import { defaultSettings } from '../default-settings.ts';

export interface ReadOptions {
  readonly scope?: Partial<Pick<Settings, 'accounts' | 'include' | 'exclude' | 'regions'>>;
  readonly role?: Partial<RoleSettings>;
  readonly limits?: Partial<RequestLimits>;
  readonly needs?: Partial<ReadingNeeds>;
  readonly filters?: Partial<ReadingFilters>;
  readonly namedUnits?: readonly string[];
  readonly confirmsOwners?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly readTimeoutMs?: number;
  readonly finished?: readonly string[];
  readonly onPools?: (pools: readonly PoolObservation[]) => void;
}

export interface SavedUnit {
  readonly unit: UnitObservation;
  readonly pools: readonly PoolObservation[];
  readonly gone: readonly string[];
}

export interface Reading extends OrganizationReading {
  readonly counts: ApiCounts;
  readonly progress: ReadingProgress;
  readonly notices: readonly string[];
  /** Finished units by `ACCOUNT/REGION`. */
  readonly units: ReadonlyMap<string, SavedUnit>;
}

const role: RoleSettings = {
  name: 'MfaDriftAudit',
  remediationName: null,
  readinessName: null,
  deliveryName: 'MfaDriftDelivery',
  externalId: null,
  durationSeconds: 3600,
  sessionPolicy: true,
  overrides: {},
};
const limits: RequestLimits = { ...defaultSettings.limits, quotaShare: 1 };
const needs: ReadingNeeds = {
  accountNames: false,
  accountPaths: false,
  accountTags: false,
  furtherReads: () => noReads,
};

export async function readSandbox(sandbox: Sandbox, options: ReadOptions = {}): Promise<Reading> {
  for (const [name, value] of Object.entries({ ...sandbox.environment, ...options.environment }))
    vi.stubEnv(name, value);
  const counts: ApiCounts = { calls: 0, throttled: 0, retried: 0 };
  const signal = options.signal ?? new AbortController().signal;
  const merged = { ...limits, ...options.limits };
  const calls = createCalls({ concurrency: merged.concurrency, clock: options.clock ?? systemClock, signal, counts });
  const notices: string[] = [];
  let connection: Connection | null = null;
  try {
    connection = await connect({
      organizationRole: null,
      profile: null,
      endpointUrl: null,
      http: {
        connectTimeoutMs: 2000,
        readTimeoutMs: options.readTimeoutMs ?? 5000,
        caBundle: null,
        verifiesCertificates: true,
        concurrency: merged.concurrency,
      },
      role: { ...role, ...options.role },
      regionHint: null,
      calls,
      notice: (text) => notices.push(text),
    });
    const { sink, units } = memorySink(options);
    const progress = newProgress();
    const settings = {
      accounts: { kind: 'organization' } as const,
      organizationRole: null,
      include: [],
      exclude: [],
      regions: { kind: 'enabled', exclude: [] } as const,
      limits: merged,
      ...options.scope,
    };
    const filters = { accounts: null, regions: null, shard: null, ...options.filters };
    const { namedUnits = [], confirmsOwners = false } = options;
    const scope = { settings, needs: { ...needs, ...options.needs }, filters, namedUnits, confirmsOwners };
    const reading = await readOrganization({ cloud: connection, calls, scope, sink, progress });
    return { ...reading, counts, progress, notices, units };
  } finally {
    connection?.close();
    vi.unstubAllEnvs();
  }
}

function memorySink({ finished = [], onPools }: ReadOptions) {
  const units = new Map<string, SavedUnit>();
  const sink: ObservationSink = {
    isFinished: (accountId, region) => finished.includes(`${accountId}/${region}`),
    beginUnit(accountId, region) {
      const pools: PoolObservation[] = [];
      return {
        async pools(observations) {
          pools.push(...observations);
          onPools?.(observations);
        },
        async finish(unit, gone) {
          if (units.has(`${accountId}/${region}`)) throw new Error(`${accountId}/${region} was finished twice`);
          units.set(`${accountId}/${region}`, { unit, pools, gone });
        },
      };
    },
  };
  return { sink, units };
}
