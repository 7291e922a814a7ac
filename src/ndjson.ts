import { createReadStream } from 'node:fs';

/** The values of a file with one JSON value a line, in order, one line in memory at a time. Empty lines are passed over. */
export async function* readNdjson<T>(file: string): AsyncGenerator<T> {
  // The caller names the type of a file that this program wrote itself.
  for await (const line of linesOf(file)) if (line !== '') yield JSON.parse(line) as T;
}

/** Not readline, which also splits at U+2028: that is a legal character inside JSON. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
