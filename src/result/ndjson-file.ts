import { readNdjson } from '../ndjson.ts';
import { openAppendFile } from '../run-directory/append-file.ts';

/** Records of one kind in a file of JSON lines: written once from the first to the last, then read as often as needed. */
export interface LineFile<T> {
  write(record: T): Promise<void>;
  close(): Promise<void>;
  records(): AsyncIterable<T>;
}

/** Records wait in memory until there are this many characters of them. */
const batchCharacters = 64 * 1024;

export function openLineFile<T>(path: string): LineFile<T> {
  const file = openAppendFile(path);
  let waiting = '';
  async function flush(): Promise<void> {
    const lines = waiting;
    waiting = '';
    await file.append(lines);
  }
  return {
    async write(record) {
      waiting += `${JSON.stringify(record)}\n`;
      if (waiting.length >= batchCharacters) await flush();
    },
    async close() {
      await flush();
      await file.close();
    },
    records: () => readNdjson<T>(path),
  };
}
