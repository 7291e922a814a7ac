/**
 * Reads tables of Parquet in a thread of its own (`read-table.ts`), which can be ended: over some damaged tables hyparquet
 * does not come to an end, or fills the memory.
 */
import { parquetReadObjects } from 'hyparquet';

export interface TableTask {
  readonly file: ArrayBuffer;
  readonly columns: readonly string[];
}

export type TableAnswer =
  { readonly rows: readonly Readonly<Record<string, unknown>>[] } | { readonly refused: string };

const { parentPort } = process.getBuiltinModule('node:worker_threads');
const { gunzipSync } = process.getBuiltinModule('node:zlib');
/** Of a page, which holds 20,000 values of a column at most. */
const mostPageBytes = 64_000_000;

parentPort?.on('message', (task: TableTask) => {
  void answerTo(task).then((answer) => parentPort.postMessage(answer));
});

async function answerTo({ file, columns }: TableTask): Promise<TableAnswer> {
  try {
    const compressors = {
      GZIP: (bytes: Uint8Array) => gunzipSync(bytes, { maxOutputLength: mostPageBytes }),
    };
    return { rows: await parquetReadObjects({ file, columns: [...columns], compressors }) };
  } catch (error) {
    return { refused: error instanceof Error && error.name === 'Error' ? error.message : 'it is damaged' };
  }
}
