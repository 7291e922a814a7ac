/**
 * What was delivered of a run: a line before something is sent that can't be asked for again, and one when it has arrived.
 * So a delivery that is repeated sends only what is missing; what was under way when it broke off may arrive twice, and
 * says so.
 */
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../atomic-file.ts';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { isJsonObject, type JsonValue } from '../domain/model/json.ts';
import { sha256 } from '../domain/model/sha256.ts';
import { UserError } from '../errors.ts';
import { takeLock, type Lock } from '../lock/lock.ts';
import type { LockWait } from '../lock/watch.ts';
import { DeliveryError } from './channel.ts';

type Event = 'begun' | 'done' | 'refused';

export interface Ledger {
  /**
   * Sends it unless it has arrived already: resolves with when that was, `null` where it was sent now.
   *
   * @param send told whether an earlier attempt may have arrived
   */
  once(key: string, send: (isAgain: boolean) => Promise<void>): Promise<string | null>;
  /**
   * Sends several together, those that have not arrived already; resolves with how many had.
   *
   * @param send resolves with the keys of those that arrived
   */
  onceEach(
    keys: readonly string[],
    send: (pending: readonly string[]) => Promise<readonly string[]>,
  ): Promise<{ readonly before: number }>;
}

interface Entry {
  readonly at: string;
  readonly event: Event;
}

/** One that nobody else has open. */
export interface OpenLedger extends Ledger {
  close(): Promise<void>;
}

const wayOut = 'leave the night to that run, which delivers it too';

/**
 * @param runId of the result; its file is named after its digest
 * @throws UserError where it can't be read or written, or another delivery of the run is under way: what is not remembered
 *   would be sent again.
 */
export async function openLedger(
  folder: string,
  runId: string,
  now: () => Date,
  waiting: LockWait,
): Promise<OpenLedger> {
  const file = ledgerFile(folder, runId);
  await orUserError(file, () => makeFolder(dirname(file), 0o700));
  const lock = await takeLock(`${file}.lock`, { wayOut, ...waiting });
  try {
    const known = await orUserError(file, () => readEntries(file));
    return { ...ledgerOf(file, known, now, lock), close: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function ledgerOf(file: string, known: Map<string, Entry>, now: () => Date, lock: Lock): Ledger {
  async function note(event: Event, ...keys: readonly string[]): Promise<void> {
    const entry: Entry = { at: now().toISOString(), event };
    await lock.requireHeld();
    for (const key of keys) known.set(key, entry);
    const lines = keys.map((key) => `${JSON.stringify({ ...entry, key })}\n`);
    if (lines.length > 0) await orUserError(file, () => append(file, lines.join('')));
  }

  return {
    async once(key, send) {
      const earlier = known.get(key);
      if (earlier?.event === 'done') return earlier.at;
      await note('begun', key);
      try {
        await send(earlier?.event === 'begun');
      } catch (error) {
        if (error instanceof DeliveryError && !error.isUncertain) await note('refused', key);
        throw error;
      }
      await note('done', key);
      return null;
    },
    async onceEach(keys, send) {
      const pending = keys.filter((key) => known.get(key)?.event !== 'done');
      if (pending.length > 0) {
        await note('begun', ...pending);
        const arrived = await send(pending);
        await note('done', ...arrived);
        await note('refused', ...pending.filter((key) => !arrived.includes(key)));
      }
      return { before: keys.length - pending.length };
    },
  };
}

export function ledgerFile(folder: string, runId: string): string {
  return join(folder, `${sha256(runId).slice(0, 32)}.ndjson`);
}

async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(line);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A line that was cut short was never acted on. */
async function readEntries(file: string): Promise<Map<string, Entry>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return '';
    throw error;
  });
  return new Map(text.split('\n').flatMap((line) => entryIn(line)));
}

function entryIn(line: string): readonly (readonly [string, Entry])[] {
  try {
    const value = JSON.parse(line) as JsonValue;
    if (!isJsonObject(value)) return [];
    const { key, at, event } = value;
    if (typeof key !== 'string' || typeof at !== 'string') return [];
    return event === 'begun' || event === 'done' || event === 'refused' ? [[key, { at, event }]] : [];
  } catch {
    return [];
  }
}

async function orUserError<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(
      `${file} can't be used: ${describeSystemError(error)}. It remembers what was delivered; name another folder with --deliveries.`,
      { cause: error },
    );
  }
}
