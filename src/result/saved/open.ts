import { constants, open } from 'node:fs/promises';
import { describeSystemError, isSystemError } from '../../system-error.ts';
import { byPlace, type Placed } from '../../domain/model/order.ts';
import type { Result, ResultHead } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';
import { isUtf16, kindOf } from '../../regular-file.ts';
import { wholeNumber } from '../../number-format.ts';
import { readJson } from './read-json.ts';
import { firstLine, readJsonLines } from './read-json-lines.ts';
import { readNdjsonResult } from './read-ndjson.ts';
import type { RecordKind, RecordTypes } from './record-types.ts';
import { checked, type RawRecord } from './records.ts';
import type { SavedHead } from './schema.ts';
import type { Warning } from '../../domain/result/warning.ts';

/** A result that lies in a file, as `--report json=FILE` or `ndjson=FILE` saved it. */
export interface SavedResult extends Result {
  readonly file: string;
}

type Counts = Record<RecordKind, number>;

/**
 * Opens a saved result of either form, told apart by what is in it. The whole file is read and checked once, and again
 * for each collection that is asked for, so memory stays flat however large it is.
 *
 * @throws UserError naming the file and the place, when it can't be read, is no result, is one of another schema
 * version, or was cut off.
 */
export async function openSavedResult(file: string): Promise<SavedResult> {
  const read = await readerOf(file);
  const { head, counts } = await readThrough(file, read(file, null));

  async function* collection<Kind extends RecordKind>(kind: Kind): AsyncGenerator<RecordTypes[Kind]> {
    let left = counts[kind];
    if (left === 0) return;
    for await (const records of read(file, kind)) {
      for (const record of records) {
        if (record.kind !== kind) continue;
        yield checked(kind, record);
        left -= 1;
        if (left === 0) return;
      }
    }
  }
  return {
    file,
    head,
    accounts: () => collection('account'),
    units: () => collection('unit'),
    gaps: () => collection('gap'),
    skipped: () => collection('skip'),
    resolved: () => collection('resolved'),
    unseen: () => collection('unseen'),
    pools: () => collection('pool'),
  };
}

async function readThrough(
  file: string,
  batches: AsyncIterable<readonly RawRecord[]>,
): Promise<{ readonly head: ResultHead; readonly counts: Counts }> {
  const counts: Counts = { head: 0, warning: 0, account: 0, unit: 0, gap: 0, skip: 0, resolved: 0, unseen: 0, pool: 0 };
  const warnings: Warning[] = [];
  let head: SavedHead | undefined;
  const inOrder = newOrderCheck();
  for await (const records of batches) {
    for (const record of records) {
      counts[record.kind] += 1;
      if (record.kind === 'head') head = checked('head', record);
      else if (record.kind === 'warning') warnings.push(checked('warning', record));
      else if (record.kind === 'pool' || record.kind === 'unseen')
        inOrder(record.kind, checked(record.kind, record), record.place);
      else checked(record.kind, record);
    }
  }
  if (head === undefined || counts.head > 1) throw new UserError(`${file} holds ${counts.head} results, not one.`);
  checkCounts(file, head, counts);
  return { head: { ...head, warnings }, counts };
}

/** Comparing and judging anew read results side by side, so what is not in order would go unseen. */
function newOrderCheck(): (kind: 'pool' | 'unseen', value: Placed, place: string) => void {
  const last: Partial<Record<'pool' | 'unseen', Placed>> = {};
  return (kind, value, place) => {
    const before = last[kind];
    last[kind] = value;
    const order = before === undefined ? -1 : byPlace(before, value);
    if (order < 0 || (order === 0 && kind === 'unseen')) return;
    throw new UserError(
      `${place} is not in the order of account, region and pool id, or is there twice: it was changed.`,
    );
  };
}

/** A file that was cut off between two records still reads well: the summary tells. */
function checkCounts(file: string, { summary }: SavedHead, counts: Counts): void {
  const expected = [
    ['accounts', summary.accounts.listed, counts.account],
    ['gaps', summary.gaps.open + summary.gaps.accepted, counts.gap],
    ['resolved findings', summary.changes?.resolved ?? 0, counts.resolved],
    ['pools', summary.pools.total, counts.pool],
  ] as const;
  for (const [name, said, found] of expected) {
    if (said === found) continue;
    throw new UserError(
      `${file} holds ${wholeNumber(found)} ${name} where its summary says ${wholeNumber(said)}: it was cut off or changed.`,
    );
  }
}

/** Records by kind; those of other kinds than `only` may come too. */
type Reader = (file: string, only: RecordKind | null) => AsyncIterable<readonly RawRecord[]>;

/** Told apart by how the file begins. */
async function readerOf(file: string): Promise<Reader> {
  try {
    // A pipe is not waited for.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await handle.stat();
    const kind = kindOf(found);
    if (kind !== null) throw new UserError(`${file} is ${kind}, not a file; a result is read more than once.`);
    if (found.size === 0) throw new UserError(`${file} is empty: it is not a result.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    if (isUtf16(buffer.subarray(0, bytesRead))) throw new UserError(`${file} is text in UTF-16. Save it in UTF-8.`);
    const start = buffer.toString('utf8', 0, bytesRead);
    if (/^\s*\{\s*"record"\s*:/.test(start)) return readNdjsonResult;
    return start.startsWith(firstLine) ? readJsonLines : readJson;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${file} could not be read: ${describeSystemError(error)}`, { cause: error });
  }
}
