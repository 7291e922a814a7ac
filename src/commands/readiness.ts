import { loadSettings } from '../config/settings/load-settings.ts';
import { readingNeeds } from '../domain/policy/advice/reading-needs.ts';
import type { Enrolment } from '../domain/model/enrolment.ts';
import { UserError } from '../errors.ts';
import type { Settings } from '../domain/settings.ts';
import { unguessable } from '../reading/readiness/draw.ts';
import { pacedReaders, pagesPerSecond } from '../reading/readiness/paced-reader.ts';
import { poolReadiness } from '../reading/readiness/pool-readiness.ts';
import { readOnePool } from '../reading/read-one-pool.ts';
import { readinessJson, readinessText, type ReadinessEntry } from '../report/readiness.ts';
import type { ConnectionFlags, LogFlags } from './line/flags.ts';
import type { PoolPlace } from '../domain/model/observation.ts';
import { parsePoolReference, type PlaceFlags } from './line/pool-reference.ts';
import { sayUsed } from './output/used-files.ts';
import type { Shell } from './output/shell.ts';
import { openSession, type Session } from './run/aws-session.ts';
import { noPolicies } from './run/no-policies.ts';
import { elsewhere, tellingFor } from './run/telling.ts';

export interface ReadinessFlags extends ConnectionFlags, LogFlags, PlaceFlags {
  readonly config?: string;
  readonly enrolment?: Exclude<Enrolment, null>;
  readonly maxReads?: number;
  /** Milliseconds. */
  readonly maxTime?: number;
  readonly report: 'table' | 'json';
}

/** Measures how many users of each pool could still sign in with MFA required. Exit 0 when all were measured, else 3. */
export async function readiness(pools: readonly string[], flags: ReadinessFlags, shell: Shell): Promise<0 | 3> {
  const places = pools.map((pool) => parsePoolReference(pool, flags));
  const settings = loadSettings({ file: flags.config ?? null, flags: {}, env: shell.env });
  const telling = await tellingFor(flags, shell);
  const session = await openSession(settings, flags, shell, telling, sayUsed(settings, {}, shell));
  if (session.connection.isEndpointOverridden) telling.warn(elsewhere);
  try {
    const entries: ReadinessEntry[] = [];
    for (const place of places) entries.push(await measuredOrWhy(session, settings, place, flags));
    await shell.stdout.write(flags.report === 'json' ? readinessJson(entries) : readinessText(entries));
    return entries.every((entry) => entry.readiness !== null) ? 0 : 3;
  } finally {
    session.connection.close();
  }
}

/** A pool that is not there costs nobody what was measured of the others. */
async function measuredOrWhy(
  session: Session,
  settings: Settings,
  place: PoolPlace,
  flags: ReadinessFlags,
): Promise<ReadinessEntry> {
  try {
    return await measured(session, settings, place, flags);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { accountId: account, region, poolId } = place;
    const [message = '', ...rest] = error.message.split('\n');
    const measuredAt = session.calls.clock.date().toISOString();
    const failure = { code: null, message, remedy: rest.join(' ').trim() };
    return { account, region, poolId, poolName: '', measuredAt, readiness: null, failure };
  }
}

async function measured(
  { connection, calls }: Session,
  settings: Settings,
  place: PoolPlace,
  {
    enrolment = null,
    maxReads = null,
    maxTime = null,
  }: { enrolment?: Enrolment; maxReads?: number | null; maxTime?: number | null },
): Promise<ReadinessEntry> {
  const scope = {
    settings,
    needs: readingNeeds(noPolicies, settings),
    filters: { accounts: null, regions: null, shard: null },
    namedUnits: [],
  };
  const subject = await readOnePool(connection, calls, scope, place);
  const { accountId, region, poolId } = place;
  const readers = pacedReaders(calls, settings.limits, (...unit) => connection.users(...unit));
  const found = await poolReadiness(subject, readers(place), {
    enrolment,
    line: null,
    maxReads,
    maxTimeMs: maxTime,
    pagesPerSecond: pagesPerSecond(settings.limits),
    random: unguessable,
    now: () => calls.clock.now(),
  });
  return {
    account: accountId,
    region,
    poolId,
    poolName: subject.pool.poolName,
    measuredAt: calls.clock.date().toISOString(),
    readiness: found.measured ? found.measurement : null,
    failure: found.measured ? null : found.failure,
  };
}
