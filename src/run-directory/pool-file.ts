/** The file that all pools of a run are added to, and read back from by the place where they were written. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { PoolObservation } from '../domain/model/observation.ts';
import { openAppendFile } from './append-file.ts';

/** Pools that were written together: where their lines begin in the file, how many bytes they take, and their CRC-32. */
export interface Segment {
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
}

export interface PoolFile {
  append(pools: readonly PoolObservation[]): Promise<Segment>;
  /** `null` where the file does not hold any more what was written there. */
  read(segment: Segment): Promise<readonly PoolObservation[] | null>;
  close(): Promise<void>;
}

export async function openPoolFile(path: string): Promise<PoolFile> {
  let end = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const file = openAppendFile(path);
  let reader: Promise<FileHandle> | null = null;
  return {
    async append(pools) {
      const lines = Buffer.from(pools.map((pool) => `${JSON.stringify(pool)}\n`).join(''));
      const segment = { at: end, bytes: lines.length, crc: crc32(lines) };
      end += lines.length;
      await file.append(lines);
      return segment;
    },
    async read({ at, bytes, crc }) {
      if (at + bytes > end) return null;
      reader ??= open(path);
      const { buffer, bytesRead } = await (await reader).read(Buffer.allocUnsafe(bytes), 0, bytes, at);
      // The same bytes that were written are the same pools.
      if (bytesRead < bytes || crc32(buffer) !== crc) return null;
      const lines = buffer.toString('utf8').trimEnd().split('\n');
      return lines.map((line) => JSON.parse(line) as PoolObservation);
    },
    async close() {
      await (await reader)?.close();
      await file.close();
    },
  };
}
