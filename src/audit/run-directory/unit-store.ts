/**
 * Where a run keeps what it read: `units.ndjson` has a line for each finished unit, `pools/ACCOUNT/REGION.ndjson` the
 * pools of a unit that has some. A unit's pools are written beside their name and take it before its line is added, so
 * whatever `units.ndjson` speaks of is whole, wherever the program was killed.
 */
import { mkdir, readFile, rename, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PoolObservation, UnitObservation } from '../../domain/observation.ts';
import { readNdjson } from '../../ndjson.ts';
import type { ObservationSink, UnitSink } from '../ports.ts';
import { openAppendFile, saving, type AppendFile } from './append-file.ts';

export interface FinishedUnit {
  readonly unit: UnitObservation;
  /** Ids of pools that were deleted between list and read. */
  readonly skippedPools: readonly string[];
  /** How many pools its file holds; no file for none. */
  readonly saved: number;
}

export interface UnitStore extends ObservationSink {
  /** Finished units by account and region. */
  units(): readonly FinishedUnit[];
  /** The pools of a finished unit, by id. */
  poolsOf(finished: FinishedUnit): Promise<readonly PoolObservation[]>;
  close(): Promise<void>;
}

export async function openUnitStore(folder: string): Promise<UnitStore> {
  const unitsFile = join(folder, 'units.ndjson');
  const finished = await readFinishedUnits(unitsFile);
  const log = openAppendFile(unitsFile);
  return {
    isFinished: (accountId, region) => finished.has(unitKey(accountId, region)),
    beginUnit: (accountId, region) =>
      unitSink(poolsFile(folder, accountId, region), async (unit) => {
        await log.append(`${JSON.stringify(unit)}\n`);
        finished.set(unitKey(accountId, region), unit);
      }),
    units: () => [...finished.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit),
    poolsOf: ({ unit, saved }) =>
      saved === 0 ? Promise.resolve([]) : readPools(poolsFile(folder, unit.accountId, unit.region)),
    close: () => log.close(),
  };
}

/** Sorts by account, then region: `/` comes before every letter and digit that either may hold. */
function unitKey(accountId: string, region: string): string {
  return `${accountId}/${region}`;
}

function poolsFile(folder: string, accountId: string, region: string): string {
  return join(folder, 'pools', accountId, `${region}.ndjson`);
}

/** A last line that was cut short by a kill is dropped, so that the next one starts on a line of its own. */
async function readFinishedUnits(file: string): Promise<Map<string, FinishedUnit>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  const units = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FinishedUnit);
  return new Map(units.map((entry) => [unitKey(entry.unit.accountId, entry.unit.region), entry]));
}

function unitSink(file: string, record: (finished: FinishedUnit) => Promise<void>): UnitSink {
  const unfinished = `${file}.part`;
  let saved = 0;
  let opened: Promise<AppendFile> | null = null;
  return {
    async pools(observations) {
      if (observations.length === 0) return;
      opened ??= openFresh(unfinished);
      saved += observations.length;
      const lines = observations.map((pool) => `${JSON.stringify(pool)}\n`).join('');
      await (await opened).append(lines);
    },
    async finish(unit, skippedPools) {
      if (opened !== null) {
        await (await opened).close();
        await saving(file, () => rename(unfinished, file));
      }
      await record({ unit, skippedPools, saved });
    },
  };
}

async function openFresh(file: string): Promise<AppendFile> {
  await saving(file, async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await rm(file, { force: true });
  });
  return openAppendFile(file);
}

async function readPools(file: string): Promise<readonly PoolObservation[]> {
  const pools: PoolObservation[] = [];
  for await (const pool of readNdjson<PoolObservation>(file)) pools.push(pool);
  return pools.sort((a, b) => (a.poolId < b.poolId ? -1 : 1));
}
