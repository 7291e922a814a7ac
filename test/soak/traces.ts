/** What a run may leave behind in its process: memory, open files, what keeps it awake. */
import { readdirSync, readlinkSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes of the heap that are still held after a garbage collection. */
export function heldBytes(): number {
  if (typeof collect !== 'function') throw new Error('This Node has no garbage collector to call.');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Open files, by where they lead (Linux); sockets and pipes are left out, since a connection that is kept alive is one. */
export function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return 'closed meanwhile';
      }
    })
    .filter((target) => target.startsWith('/') && !target.startsWith('/dev/') && !target.startsWith('/proc/'));
}

/** Watchers and servers that keep the process awake, by kind; connections, timers and requests come and go by themselves. */
export function handles(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    if (!/^(?:TCPSocketWrap|PipeWrap|Timeout|Immediate|FSReq|CloseReq)/.test(kind))
      counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Least squares: how much it grows with every step. */
export function slopeOf(values: readonly number[]): number {
  const [meanAt, mean] = [(values.length - 1) / 2, values.reduce((sum, value) => sum + value, 0) / values.length];
  const [above, below] = values.reduce(
    ([up, down], value, at) => [up + (at - meanAt) * (value - mean), down + (at - meanAt) ** 2],
    [0, 0],
  );
  return above / below;
}
