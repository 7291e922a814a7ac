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
/** Two hundred times what a table of this many bytes takes. */
const processorMsOf = (bytes: number): number => 4_000 * Math.ceil(bytes / 100_000);
/** No table has been seen to stand still; one that did would hold the program for ever. */
const longestMs = 600_000;

/** How long a table has taken is asked for every so often. */
export interface Watch {
  readonly tickMs: number;
  /** Of the whole process: it does nothing else meanwhile. */
  readonly processorMs: () => number;
}

const ownWatch: Watch = {
  tickMs: 500,
  processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

/**
 * The columns that are there of those that are wanted. A table is given up after four seconds of the processor for each 100 kB
 * of it, however long a busy machine takes to give them, or when its rows fill 384 MB.
 *
 * @throws Error with what is wrong with it
 */
export async function readTable(bytes: Uint8Array, wanted: readonly string[], watch = ownWatch): Promise<ReadTable> {
  const file = Uint8Array.from(bytes).buffer;
  const there = new Set(parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name));
  const columns = wanted.filter((column) => there.has(column));
  const answer = await answerOf({ file, columns }, watch);
  if ('refused' in answer) throw new Error(answer.refused);
  return { columns: new Set(columns), rows: answer.rows };
}

function answerOf(task: TableTask, { tickMs, processorMs }: Watch): Promise<TableAnswer> {
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
    const [begun, mostMs] = [processorMs(), processorMsOf(task.file.byteLength)];
    let ticksLeft = longestMs / tickMs;
    const clock = setInterval(() => {
      ticksLeft -= 1;
      if (processorMs() - begun > mostMs || ticksLeft < 0) giveUp('reading it took too long');
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
