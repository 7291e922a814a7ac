/** An AWS in one process, on loopback: STS, Organizations, Account and Cognito user pools (docs/sandbox.md). */
import { switchesWithDefaults } from './cognito/user-pools.ts';
import { CallLog } from './server/call-log.ts';
import { dispatch } from './server/dispatch.ts';
import { FaultPlan, type FaultSet } from './faults/faults.ts';
import type { Fleet, FleetCaller } from './fleet/fleet.ts';
import { serveHttp } from './server/http-server.ts';
import { fullAccess, type CredentialStore, type Credentials, type CallerIdentity } from './identity/credentials.ts';
import { noQuotas, Quotas, type QuotaRates } from './quotas.ts';
import type { StoredPool } from './world/stored-pool.ts';
import { createWorld, type World } from './world/world.ts';

export interface SandboxOptions {
  readonly fleet: Fleet;
  /** Default 0: a free one. */
  readonly port?: number;
  readonly faults?: FaultSet;
  /** Answers for what is UNVERIFIED, over the fleet's own. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Over the fleet's own; `off` is none at all. */
  readonly quotas?: Partial<QuotaRates> | 'off';
  /** Keep every call in `calls.entries`; default: only their counts. */
  readonly recordCalls?: boolean;
  /** Milliseconds since 1970, for expiry, signatures and quotas; default the system's clock. */
  readonly now?: () => number;
}

export interface Sandbox {
  readonly url: string;
  /** What to export so that any AWS client speaks to the sandbox as the fleet's caller. */
  readonly environment: Readonly<Record<string, string>>;
  readonly calls: CallLog;
  /** Whose keys these are; `undefined`: nobody's. What the sandbox does not play can ask it too who may. */
  identityOf(accessKeyId: string): CallerIdentity | undefined;
  /** Long-lived keys of an administrator of the account. */
  credentialsOf(accountId: string): Credentials;
  pool(accountId: string, region: string, poolId: string): StoredPool | undefined;
  /** As they are now, by account, region and place in the listing. */
  pools(): Iterable<StoredPool>;
  /** Most requests that were open at one time. */
  peakInFlight(): number;
  close(): Promise<void>;
}

/** Throws `UserError` for an unknown switch or a port that is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { fleet, now = Date.now } = options;
  const world = createWorld(fleet, switchesWithDefaults({ ...fleet.switches, ...options.switches }));
  const calls = new CallLog(options.recordCalls ?? false);
  const caller = addCaller(world.credentials, fleet.caller, now());
  const quotas = new Quotas(options.quotas === 'off' ? noQuotas : { ...fleet.quotas, ...options.quotas });
  const faults = new FaultPlan(options.faults ?? { faults: [] });
  const sandboxed = { world, quotas, faults, calls, now };
  const server = await serveHttp((request) => dispatch(sandboxed, request), options.port ?? 0, now);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    environment: environmentOf(url, fleet.homeRegion, caller),
    calls,
    identityOf: (accessKeyId) => world.credentials.find(accessKeyId)?.identity,
    credentialsOf: (accountId) => administratorOf(accountId, world.credentials),
    pool: (accountId, region, poolId) => world.accounts.get(accountId)?.shelves.get(region)?.find(poolId),
    pools: () => poolsOf(world),
    peakInFlight: () => server.peakInFlight(),
    close: () => server.close(),
  };
}

/** A role's session of the caller lasts the 12 hours that a role may grant at most. */
function addCaller(store: CredentialStore, caller: FleetCaller, nowMs: number): Credentials {
  if (caller.kind === 'user') return store.addUser(caller.accountId, caller.name, caller.permissions);
  return store.addSession(caller.accountId, caller, 'sandbox', nowMs + 12 * 3_600_000);
}

function administratorOf(accountId: string, store: CredentialStore): Credentials {
  const { accessKeyId, secretAccessKey } = store.addUser(accountId, 'sandbox-administrator', fullAccess);
  return { accessKeyId, secretAccessKey, sessionToken: null };
}

function environmentOf(url: string, region: string, caller: Credentials): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: caller.accessKeyId,
    AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
    ...(caller.sessionToken === null ? {} : { AWS_SESSION_TOKEN: caller.sessionToken }),
  };
}

function* poolsOf(world: World): Iterable<StoredPool> {
  for (const account of world.accounts.values()) {
    for (const shelf of account.shelves.values()) {
      for (const pool of shelf.listing) if (pool !== undefined) yield pool;
    }
  }
}
