/** One unit of an account: its first page, the way from there, and what a refusal of the credentials means. */
import type { FurtherReads } from '../domain/model/api/reads.ts';
import type { Account, Failure } from '../domain/model/observation.ts';
import { regionsEnabledByDefault } from '../domain/model/regions.ts';
import type { RegionOptIn } from './accounts/account-regions.ts';
import type { AccountCalls, ListedPool } from '../ports/cloud.ts';
import { isOwnDenial, isOwnFault, type CallFailure } from '../pacing/call-result.ts';
import type { PoolSource } from './read-pool.ts';
import { finishWithout, openUnit, readUnit, unitObservation, type OpenedUnit } from './read-unit.ts';
import type { UnitSink } from './sink.ts';
import { UnitLeft } from './progress/reading-progress.ts';
import type { ReadingRun } from './reading-run.ts';
import { asFailure } from './accounts/account-registry.ts';
import { unitQuotas } from './unit-quotas.ts';

/** What these names say of a region: it is not enabled, or the credentials are bad. Only the company they keep tells. */
const refusals = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'OptInRequired',
  'RegionDisabledException',
]);
/** A first page this long may have more behind it; such a unit is not kept waiting. */
const fullPage = 60;

/** An account while its units are read. */
export interface AccountReading {
  readonly run: ReadingRun;
  readonly account: Account;
  readonly calls: AccountCalls;
  /** Some service took the credentials, so that a region that doesn't is the region's doing. */
  isAccepted: boolean;
  /** Units not opened yet. */
  unopened: number;
  /** Units not finished yet. */
  unfinished: number;
  /** Refusals, of which only all regions together tell what they mean. */
  readonly doubts: { readonly region: string; readonly failure: CallFailure }[];
}

/** Asks a unit for its first page: the end for a unit without pools, the way into its line for the others. */
export async function sweepUnit(reading: AccountReading, region: string, optIn: RegionOptIn): Promise<void> {
  const { run, account } = reading;
  const source: PoolSource = {
    calls: run.calls,
    pools: reading.calls.userPools(region),
    ready: () => reading.calls.ready(),
    quotas: unitQuotas(run.calls, run.pace, { accountId: account.id, region }, `cognito-idp/${region}`),
  };
  const opened = await openUnit(source, neededIn(reading, region));
  const refusal = refusalOf(opened);
  reading.isAccepted ||= refusal === null && proves(opened);
  if (refusal !== null) await refused(reading, region, optIn, refusal);
  else if (opened.kind === 'open') await startReading(reading, region, source, opened);
  else await finish(reading, region, opened.kind === 'failed' ? { failure: asFailure(opened.failure) } : {});
  reading.unopened -= 1;
  if (reading.unopened === 0) await settleDoubts(reading);
}

async function startReading(
  reading: AccountReading,
  region: string,
  source: PoolSource,
  opened: Extract<OpenedUnit, { kind: 'open' }>,
): Promise<void> {
  const { run, account } = reading;
  const isLarge = opened.listing.count >= fullPage;
  if (!isLarge) for (const quota of Object.values(source.quotas)) quota.urgency = 'later';
  const line = isLarge ? run.large : run.small;
  const left = new UnitLeft(opened.listing, source.quotas);
  run.progress.underWay.add(left);
  await line.add(async () => {
    const sink = run.sink.beginUnit(account.id, region);
    const counted: Pick<UnitSink, 'pools'> = {
      pools: async (observations) => {
        await sink.pools(observations);
        run.progress.pools += observations.length;
      },
    };
    const neededFor = neededIn(reading, region);
    const atOnce = isLarge ? mostAtOnce : poolsAtOnce(run);
    const end = await readUnit(source, opened, neededFor, atOnce, counted, (needed) => left.wasRead(needed));
    const place = { accountId: account.id, region };
    await sink.finish(unitObservation(place, end, run.calls.clock.date()), end.gone);
    run.progress.underWay.delete(left);
    unitDone(reading);
  });
}

/** Pools of one unit that are read beside each other, at most and at least. */
const mostAtOnce = 8;
const fewestAtOnce = 2;

/**
 * Of a small unit: so many that all under way together fill every slot a few times over. What is begun beyond that only
 * waits, and is kept in memory meanwhile.
 */
function poolsAtOnce({ progress, concurrency }: ReadingRun): number {
  const enough = Math.ceil((4 * concurrency) / progress.underWay.size);
  return Math.min(Math.max(enough, fewestAtOnce), mostAtOnce);
}

function neededIn({ run, account }: AccountReading, region: string): (pool: ListedPool) => FurtherReads {
  return (pool) => run.needs.furtherReads(account, region, pool.id, pool.name);
}

async function refused(
  reading: AccountReading,
  region: string,
  optIn: RegionOptIn,
  failure: CallFailure,
): Promise<void> {
  if (optIn === 'changing') return finish(reading, region, { skipReason: 'region-not-enabled' });
  const maySkip = optIn === 'doubtful' && !regionsEnabledByDefault.has(region);
  if (!maySkip) return finish(reading, region, { failure: asFailure(failure) });
  reading.doubts.push({ region, failure });
}

/** Every region has been asked: if none took the credentials, it isn't the regions. */
async function settleDoubts(reading: AccountReading): Promise<void> {
  for (const { region, failure } of reading.doubts.splice(0)) {
    await finish(
      reading,
      region,
      reading.isAccepted ? { skipReason: 'region-not-enabled' } : { failure: asFailure(failure) },
    );
  }
}

async function finish(
  reading: AccountReading,
  region: string,
  outcome: { readonly skipReason?: 'region-not-enabled'; readonly failure?: Failure },
): Promise<void> {
  const { run, account } = reading;
  await finishWithout(run.sink, unitObservation({ accountId: account.id, region }, outcome, run.calls.clock.date()));
  unitDone(reading);
}

function unitDone(reading: AccountReading): void {
  reading.run.progress.unitsDone += 1;
  reading.unfinished -= 1;
  if (reading.unfinished === 0) accountDone(reading.run, reading.account);
}

export function accountDone({ registry, progress }: ReadingRun, { id }: Account): void {
  registry.wasRead(id);
  progress.accountsDone += 1;
}

/** A proxy that says the same says nothing of the region. */
function refusalOf(opened: OpenedUnit): CallFailure | null {
  if (opened.kind !== 'failed') return null;
  return isOwnFault(opened.failure) && refusals.has(opened.failure.name) ? opened.failure : null;
}

/** An answer, or a denial by name, comes after the credentials were taken. */
function proves(opened: OpenedUnit): boolean {
  return opened.kind !== 'failed' || isOwnDenial(opened.failure);
}
