/**
 * Where a run keeps what it read, in two files that only grow: `pools.ndjson` has a line for each pool, `units.ndjson` one
 * for each finished unit, with where its pools lie. A unit's line is added after its pools, so whatever `units.ndjson`
 * speaks of is whole, wherever the program was killed; pools that no unit speaks of are never read.
 */
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { PoolObservation, UnitObservation } from '../../domain/observation.ts';
import type { ObservationSink, UnitSink } from '../ports.ts';
import { openAppendFile } from './append-file.ts';
import { openPoolFile, type PoolFile, type Segment } from './pool-file.ts';

export interface FinishedUnit {
  readonly unit: UnitObservation;
  /** Ids of pools that were deleted between list and read, as they were found out: in any order. */
  readonly skippedPools: readonly string[];
}

interface StoredUnit extends FinishedUnit {
  readonly segments: readonly Segment[];
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
  const pools = await openPoolFile(join(folder, 'pools.ndjson'));
  return {
    isFinished: (accountId, region) => finished.has(unitKey(accountId, region)),
    beginUnit: (accountId, region) =>
      unitSink(pools, async (unit) => {
        await log.append(`${JSON.stringify(unit)}\n`);
        finished.set(unitKey(accountId, region), unit);
      }),
    units: () => [...finished.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit),
    async poolsOf({ unit }) {
      const found: PoolObservation[] = [];
      const stored = finished.get(unitKey(unit.accountId, unit.region));
      for (const segment of stored?.segments ?? []) found.push(...(await pools.read(segment)));
      return found.sort((a, b) => (a.poolId < b.poolId ? -1 : 1));
    },
    async close() {
      await log.close();
      await pools.close();
    },
  };
}

/** Sorts by account, then region: `/` comes before every letter and digit that either may hold. */
function unitKey(accountId: string, region: string): string {
  return `${accountId}/${region}`;
}

/** A last line that was cut short by a kill is dropped, so that the next one starts on a line of its own. */
async function readFinishedUnits(file: string): Promise<Map<string, StoredUnit>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  const units = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StoredUnit);
  return new Map(units.map((entry) => [unitKey(entry.unit.accountId, entry.unit.region), entry]));
}

function unitSink(pools: PoolFile, record: (stored: StoredUnit) => Promise<void>): UnitSink {
  const segments: Segment[] = [];
  return {
    async pools(observations) {
      if (observations.length > 0) segments.push(await pools.append(observations));
    },
    finish: (unit, skippedPools) => record({ unit, skippedPools, segments }),
  };
}
