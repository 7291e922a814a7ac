import { loadSettings } from '../config/settings/load-settings.ts';
import { signalExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { readingNeeds } from '../domain/policy/advice/reading-needs.ts';
import type { Enrolment } from '../domain/model/enrolment.ts';
import { UserError } from '../errors.ts';
import { counted } from '../number-format.ts';
import type { Settings } from '../domain/settings.ts';
import { settingsOf, type PoolSettings } from '../domain/model/mfa/pool-settings.ts';
import type { Readiness } from '../domain/readiness/record.ts';
import { unguessable } from '../reading/readiness/draw.ts';
import type { Measuring } from '../reading/readiness/measure.ts';
import { pacedReaders, pagesPerSecond } from '../reading/readiness/paced-reader.ts';
import { poolReadiness, readinessOf } from '../reading/readiness/pool-readiness.ts';
import type { UserReader } from '../ports/user-reader.ts';
import { readOnePool } from '../reading/read-one-pool.ts';
import { jsonPage } from '../escape/json.ts';
import type { DocumentFormat } from '../report/format.ts';
import { readinessDocument } from '../report/documents/readiness-document.ts';
import { readinessText, type ReadinessEntry } from '../report/readiness.ts';
import type { ConnectionFlags, DocumentFlags, OutputFlags } from './line/flags.ts';
import type { PoolPlace } from '../domain/model/observation.ts';
import { parsePoolReference, type PlaceFlags } from './line/pool-reference.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat, type FormatOutput } from './output/format-outputs.ts';
import { sayUsed } from './output/used-files.ts';
import { say, type Shell } from './output/shell.ts';
import { openSession, withCallsShown, type Session } from './run/aws-session.ts';
import { noPolicies } from './run/no-policies.ts';
import { elsewhere, tellingFor } from './run/telling.ts';
import { wantedReadiness } from './run/wanted-readiness.ts';

export interface ReadinessFlags extends ConnectionFlags, DocumentFlags, OutputFlags, PlaceFlags {
  readonly config?: string;
  /** `true`: the configured ones. */
  readonly policies?: string | true;
  readonly allowBilledReads: boolean;
  readonly enrolment?: Exclude<Enrolment, null>;
  readonly maxReads?: number;
  /** Milliseconds. */
  readonly maxTime?: number;
}

/**
 * Measures how many users of each pool could still sign in with MFA required, or as policies want it. Exit 0 when all were
 * measured, else 3.
 */
export async function readiness(
  pools: readonly string[],
  flags: ReadinessFlags,
  shell: Shell,
): Promise<0 | 3 | SignalExitCode> {
  if (flags.policies !== undefined) {
    if (pools.length > 0) throw new UserError('--policies says which pools are measured: name none beside it.');
    return measureWanted(flags.policies, await documentOutputs(flags), flags, shell);
  }
  if (pools.length === 0) throw new UserError('Name a pool, or measure all that policies would change: --policies.');
  return measureNamed(pools, await documentOutputs(flags), flags, shell);
}

/** What was measured, and what a person reads where that is nothing. */
interface Measured {
  readonly entries: readonly ReadinessEntry[];
  readonly none: string;
}

const formats = {
  table: ({ entries, none }) => [entries.length === 0 ? none : readinessText(entries)],
  json: ({ entries }) => [`${jsonPage(readinessDocument(entries))}\n`],
} satisfies Record<DocumentFormat, DrawFormat<Measured>>;

type Outputs = readonly FormatOutput<DocumentFormat>[];

/** Account ids are what the caller named, or has in the policies: they are not masked. */
function write(measuredPools: Measured, outputs: Outputs, flags: ReadinessFlags, shell: Shell): Promise<void> {
  return writeFormatOutputs(measuredPools, formats, outputs, { ...flags, redact: false }, shell);
}

async function measureNamed(
  pools: readonly string[],
  outputs: Outputs,
  flags: ReadinessFlags,
  shell: Shell,
): Promise<0 | 3> {
  const places = pools.map((pool) => parsePoolReference(pool, flags));
  const settings = settingsFor(flags, shell);
  const telling = await tellingFor(flags, shell);
  const session = await openSession(settings, flags, shell, telling, sayUsed(settings, {}, shell));
  if (session.connection.isEndpointOverridden) telling.warn(elsewhere);
  try {
    const entries: ReadinessEntry[] = [];
    await withCallsShown('asking users', session, flags, shell, async () => {
      for (const place of places) entries.push(await measuredOrWhy(session, settings, place, flags, shell));
    });
    await write({ entries, none: '' }, outputs, flags, shell);
    return entries.every((entry) => entry.readiness !== null) ? 0 : 3;
  } finally {
    session.connection.close();
  }
}

async function measureWanted(
  policies: string | true,
  outputs: Outputs,
  flags: ReadinessFlags,
  shell: Shell,
): Promise<0 | 3 | SignalExitCode> {
  const settled = { ...flags, settings: policies === true ? {} : { policies: [policies] } };
  const settings = settingsFor(flags, shell);
  const wanted = await wantedReadiness(settled, shell, async (session, place, { pool, enrolment }, poolSettings) => {
    const options = measuringOptions(session, settings, flags);
    const reader = readersFor(session, settings, poolSettings, flags, shell)(place);
    const estimatedUsers = poolSettings.users;
    const measuring = { ...options, pool, estimatedUsers, enrolment: flags.enrolment ?? enrolment };
    return dated(session, await readinessOf(reader, measuring));
  });
  if (typeof wanted === 'number') return wanted;
  const { entries, poolsRead, complete } = wanted;
  if (shell.signal.aborted) return signalExitCode(shell.signal);
  const none = `No policy would require MFA, or take a factor away, in the ${counted(poolsRead, 'pool')} that could be read.\n`;
  await write({ entries, none }, outputs, flags, shell);
  if (!complete) await say(shell, 'Not everything in scope could be read: mfa-drift audit says what.');
  return complete && entries.every((entry) => entry.readiness !== null) ? 0 : 3;
}

function settingsFor({ config }: ReadinessFlags, { env }: Shell): Settings {
  return loadSettings({ file: config ?? null, flags: {}, env });
}

/** A pool that is not there costs nobody what was measured of the others. */
async function measuredOrWhy(
  session: Session,
  settings: Settings,
  place: PoolPlace,
  flags: ReadinessFlags,
  shell: Shell,
): Promise<ReadinessEntry> {
  try {
    return await measured(session, settings, place, flags, shell);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { accountId: account, region, poolId } = place;
    const [message = '', ...rest] = error.message.split('\n');
    const measuredAt = session.calls.clock.date().toISOString();
    const failure = { code: null, message, remedy: rest.join(' ').trim() };
    return { account, region, poolId, poolName: '', measuredAt, waitsFor: null, readiness: null, failure };
  }
}

async function measured(
  session: Session,
  settings: Settings,
  place: PoolPlace,
  flags: ReadinessFlags,
  shell: Shell,
): Promise<ReadinessEntry> {
  const { connection, calls } = session;
  const scope = {
    settings,
    needs: readingNeeds(noPolicies, settings),
    filters: { accounts: null, regions: null, shard: null },
    namedUnits: [],
  };
  const subject = await readOnePool(connection, calls, scope, place);
  const { accountId, region, poolId } = place;
  const described = subject.pool.userPool?.read === true ? subject.pool.userPool.value : {};
  const reader = readersFor(session, settings, settingsOf(described, region), flags, shell)(place);
  const options = { ...measuringOptions(session, settings, flags), enrolment: flags.enrolment ?? null };
  const found = dated(session, await poolReadiness(subject, reader, options));
  return { account: accountId, region, poolId, poolName: subject.pool.poolName, waitsFor: null, ...found };
}

function dated(session: Session, found: Readiness) {
  const measuredAt = session.calls.clock.date().toISOString();
  const readinessOrNot = found.measured ? found.measurement : null;
  return { measuredAt, readiness: readinessOrNot, failure: found.measured ? null : found.failure };
}

function measuringOptions(
  { calls }: Session,
  settings: Settings,
  { maxReads = null, maxTime = null }: { maxReads?: number | null; maxTime?: number | null },
): Omit<Measuring, 'pool' | 'estimatedUsers' | 'enrolment'> {
  return {
    line: null,
    maxReads,
    maxTimeMs: maxTime,
    pagesPerSecond: pagesPerSecond(settings.limits),
    random: unguessable,
    now: () => calls.clock.now(),
  };
}

/** What is billed says nothing of passkeys, and so is no answer where users may sign in with these alone. */
function readersFor(
  { connection, calls }: Session,
  settings: Settings,
  { firstFactors }: Pick<PoolSettings, 'firstFactors'>,
  { allowBilledReads }: ReadinessFlags,
  shell: Shell,
): (pool: PoolPlace) => UserReader {
  const mayBill = allowBilledReads && !firstFactors.includes('WEB_AUTHN');
  const billed = mayBill ? { says: (words: string) => say(shell, words) } : null;
  return pacedReaders(calls, settings.limits, (...unit) => connection.users(...unit), billed);
}
