/** Rows of a table of Parquet, within bounds whatever stands in it. */
import { Worker } from 'node:worker_threads';
import { parquetMetadata, parquetSchema } from 'hyparquet';
import { text as script } from './table-thread.ts?text';
import type { TableAnswer, TableTask } from './table-thread.ts';

export interface ReadTable {
  /** Of those that were asked for. */
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** One that is done waits for the next table; it keeps no process from ending. */
let idle: Worker | null = null;

const heapMb = 384;
const ticksOfTime = 8;
/** A table of this many bytes takes some 20 ms. */
const bytesOfTime = 100_000;

/**
 * The columns that are there of those that are wanted. A table is given up after four seconds for each 100 kB of it, or when
 * its rows fill 384 MB.
 *
 * @param tickMs an eighth of those four seconds
 * @throws Error with what is wrong with it
 */
export async function readTable(bytes: Uint8Array, wanted: readonly string[], tickMs = 500): Promise<ReadTable> {
  const file = Uint8Array.from(bytes).buffer;
  const there = new Set(parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name));
  const columns = wanted.filter((column) => there.has(column));
  const answer = await answerOf({ file, columns }, tickMs);
  if ('refused' in answer) throw new Error(answer.refused);
  return { columns: new Set(columns), rows: answer.rows };
}

function answerOf(task: TableTask, tickMs: number): Promise<TableAnswer> {
  const thread = idle ?? new Worker(script, { eval: true, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  idle = null;
  thread.ref();
  return new Promise((resolve) => {
    const end = (answer: TableAnswer): void => {
      clearInterval(clock);
      thread.removeAllListeners('message').removeAllListeners('error');
      resolve(answer);
    };
    const giveUp = (refused: string): void => {
      void thread.terminate();
      end({ refused });
    };
    // Ticks, and not one long wait: a machine that stood still for a while used none of the table's time.
    let ticksLeft = Math.ceil(task.file.byteLength / bytesOfTime) * ticksOfTime;
    const clock = setInterval(() => {
      ticksLeft -= 1;
      if (ticksLeft < 0) giveUp('reading it took too long');
    }, tickMs);
    thread.once('error', ({ message }) => giveUp(message));
    thread.once('message', (answer: TableAnswer) => {
      thread.unref();
      end(answer);
      if (idle === null) idle = thread;
      else void thread.terminate();
    });
    thread.postMessage(task);
  });
}
