const chunkCharacters = 64 * 1024;

/** The same text in fewer, larger pieces: a report is many short strings, and each write costs a system call. */
export async function* inChunks(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < chunkCharacters) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}
