/**
 * Where a run keeps what it read, in two files that only grow: `pools.ndjson` has a line for each pool, `units.ndjson` one
 * for each finished unit, with where its pools lie. A unit's line is added after its pools, so whatever `units.ndjson`
 * speaks of is whole, wherever the program was killed; pools that no unit speaks of are never read. What a disk has lost
 * since is as if it had not been read.
 */
import { compareTexts } from '../domain/model/order.ts';
import { lstat, readFile, rm, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PoolObservation } from '../domain/model/observation.ts';
import { UserError } from '../errors.ts';
import type { Lock } from '../lock/lock.ts';
import { counted } from '../number-format.ts';
import type { ObservationSink, UnitSink } from '../reading/sink.ts';
import { openAppendFile } from './append-file.ts';
import { openPoolFile, type PoolFile, type Segment } from './pool-file.ts';
import type { FinishedUnit, StoredUnit } from './stored-unit.ts';

export interface UnitStore extends ObservationSink {
  /** What of an earlier run could not be read and is read anew, in words; `null`: nothing. */
  readonly damage: string | null;
  /** Finished units by account and region. */
  units(): readonly FinishedUnit[];
  /** The pools of a finished unit, by id. */
  poolsOf(finished: FinishedUnit): Promise<readonly PoolObservation[]>;
  close(): Promise<void>;
}

/** @param lock under which alone something is added */
export async function openUnitStore(folder: string, lock: Pick<Lock, 'requireHeld'>): Promise<UnitStore> {
  const unitsFile = join(folder, 'units.ndjson');
  const poolsFile = join(folder, 'pools.ndjson');
  const strangers = [...(await removeStranger(unitsFile)), ...(await removeStranger(poolsFile))];
  const earlier = await readUnits(unitsFile);
  const pools = await openPoolFile(poolsFile);
  const finished = new Map<string, StoredUnit>();
  for (const [key, unit] of earlier.units) if ((await poolsIn(unit, pools)) !== null) finished.set(key, unit);
  const log = openAppendFile(unitsFile);
  return {
    damage: damageIn(folder, strangers, earlier.foreignLines, earlier.units.size - finished.size),
    isFinished: (accountId, region) => finished.has(unitKey(accountId, region)),
    beginUnit: (accountId, region) =>
      unitSink(pools, async (unit) => {
        await lock.requireHeld();
        await log.append(`${JSON.stringify(unit)}\n`);
        finished.set(unitKey(accountId, region), unit);
      }),
    units: () => [...finished.entries()].sort(([a], [b]) => compareTexts(a, b)).map(([, unit]) => unit),
    async poolsOf({ unit }) {
      const stored = finished.get(unitKey(unit.accountId, unit.region));
      const found = stored === undefined ? [] : await poolsIn(stored, pools);
      if (found !== null) return found.sort((a, b) => compareTexts(a.poolId, b.poolId));
      throw new UserError(`${poolsFile} is not as this run wrote it: leave the folder to one run.`);
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

/** A pipe, a link or a folder is nothing that a run has written: it is taken away, and named. */
async function removeStranger(file: string): Promise<readonly string[]> {
  const found = await lstat(file).catch(() => null);
  if (found === null || found.isFile()) return [];
  await rm(file, { recursive: true, force: true });
  return [basename(file)];
}

interface EarlierUnits {
  readonly units: ReadonlyMap<string, StoredUnit>;
  readonly foreignLines: number;
}

/** A last line that was cut short by a kill is dropped, so that the next one starts on a line of its own. */
async function readUnits(file: string): Promise<EarlierUnits> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  if (wholeBytes < bytes.length) await truncate(file, wholeBytes);
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  if (lines.length === 0) return { units: new Map(), foreignLines: 0 };
  const { parseStoredUnit } = await import('./parse-stored-unit.ts');
  const parsed = lines.map(parseStoredUnit);
  const units = parsed.filter((entry) => entry !== null);
  return {
    units: new Map(units.map((entry) => [unitKey(entry.unit.accountId, entry.unit.region), entry])),
    foreignLines: parsed.length - units.length,
  };
}

/** `null` where any of them is not there as it was written. */
async function poolsIn({ segments }: StoredUnit, pools: PoolFile): Promise<PoolObservation[] | null> {
  const found: PoolObservation[] = [];
  for (const segment of segments) {
    const read = await pools.read(segment);
    if (read === null) return null;
    found.push(...read);
  }
  return found;
}

function damageIn(
  folder: string,
  strangers: readonly string[],
  foreignLines: number,
  lostUnits: number,
): string | null {
  const what = [
    ...strangers,
    ...(foreignLines === 0 ? [] : [`${counted(foreignLines, 'line')} of its units`]),
    ...(lostUnits === 0 ? [] : [`the pools of ${counted(lostUnits, 'unit')}`]),
  ];
  if (what.length === 0) return null;
  return `The run in ${folder} is damaged: ${what.join(' and ')} can't be read. What can be read counts, the rest is read anew.`;
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
