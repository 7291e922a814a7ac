import { createReadStream } from 'node:fs';

/** The values of a file with one JSON value a line, in order, one line in memory at a time. Empty lines are passed over. */
export async function* readNdjson<T>(file: string): AsyncGenerator<T> {
  for await (const lines of linesOf(file))
    for (const line of lines) {
      // The caller names the type of a file that this program wrote itself.
      if (line !== '') yield JSON.parse(line) as T;
    }
}

/**
 * A file's lines, in order, as many at a time as a quarter of a megabyte holds. One by one they would cost a turn of the
 * event loop's queue each. Not readline, which also splits at U+2028: that is a legal character inside JSON.
 */
export async function* linesOf(file: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const text of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const lines: string[] = text.split('\n');
    lines[0] = `${rest}${lines[0] ?? ''}`;
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}
