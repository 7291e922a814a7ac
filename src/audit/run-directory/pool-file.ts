/** The file that all pools of a run are added to, and read back from by the place where they were written. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { PoolObservation } from '../../domain/observation.ts';
import { UserError } from '../../errors.ts';
import { openAppendFile } from './append-file.ts';

/** Pools that were written together: where their lines begin in the file, and how many bytes they take. */
export interface Segment {
  readonly at: number;
  readonly bytes: number;
}

export interface PoolFile {
  append(pools: readonly PoolObservation[]): Promise<Segment>;
  read(segment: Segment): Promise<readonly PoolObservation[]>;
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
      const segment = { at: end, bytes: lines.length };
      end += lines.length;
      await file.append(lines);
      return segment;
    },
    async read({ at, bytes }) {
      reader ??= open(path);
      const { buffer, bytesRead } = await (await reader).read(Buffer.allocUnsafe(bytes), 0, bytes, at);
      if (bytesRead < bytes)
        throw new UserError(`${path} is shorter than it was written: delete the folder, and run again.`);
      const lines = buffer.toString('utf8').trimEnd().split('\n');
      return lines.map((line) => JSON.parse(line) as PoolObservation);
    },
    async close() {
      await (await reader)?.close();
      await file.close();
    },
  };
}
