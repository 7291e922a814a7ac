import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const sampleEveryCharacters = 8 * 1024 * 1024;

/** Reads a report to its end as a file would, and says how much live heap it held at most, in bytes. */
export async function peakHeapOf(
  chunks: AsyncIterable<string>,
): Promise<{ readonly peakBytes: number; readonly characters: number }> {
  const collect = garbageCollector();
  collect();
  const before = process.memoryUsage().heapUsed;
  let peakBytes = 0;
  let characters = 0;
  let nextSample = 0;
  for await (const chunk of chunks) {
    characters += chunk.length;
    if (characters < nextSample) continue;
    nextSample = characters + sampleEveryCharacters;
    collect();
    peakBytes = Math.max(peakBytes, process.memoryUsage().heapUsed - before);
  }
  return { peakBytes, characters };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('This Node has no garbage collector to call.');
  return () => void collect();
}
