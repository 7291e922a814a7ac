import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The values of a file with one JSON value a line, in order, one line in memory at a time. Empty lines are passed over. */
export async function* readNdjson<T>(file: string): AsyncGenerator<T> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  // The caller names the type of a file that this program wrote itself.
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as T;
}
