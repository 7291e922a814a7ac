/** Rows as a Parquet file, which DuckDB, Athena and Spark read: GZIP, in groups that hold memory flat. */
import { gzipSync } from 'node:zlib';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Result } from '../domain/result/result.ts';
import { version } from '../version.ts';
import type { Table } from './tables.ts';

const rowsInMemory = 20_000;

export interface ParquetFile {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** The bytes of a table's file, and how many rows it has. Compressed, they are a few a row, so they fit into memory. */
export async function parquetOf({ columns, rows }: Table, result: Result): Promise<ParquetFile> {
  let count = 0;
  async function* counted(): AsyncGenerator<Readonly<Record<string, unknown>>> {
    for await (const row of rows(result)) {
      count += 1;
      yield row;
    }
  }
  const writer = new ByteWriter();
  await parquetWriteRows({
    writer,
    rows: counted(),
    columns: Object.entries(columns).map(([name, [type]]) => ({ name, type, nullable: true })),
    rowGroupSize: rowsInMemory,
    codec: 'GZIP',
    compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes) },
    createdBy: `mfa-drift version ${version}`,
  });
  return { bytes: writer.getBytes(), rows: count };
}
