import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export type Command = readonly [command: string, args: readonly string[]];

const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** Client and server on a core each, so that neither takes the other's time; where taskset is missing, as they come. */
export function onCore(role: 'client' | 'server', [command = '', ...args]: readonly string[]): Command {
  return canPin ? ['taskset', ['-c', role === 'client' ? '0' : '1', command, ...args]] : [command, args];
}

export const pinning = canPin ? 'client and server on a core each' : 'not pinned to cores';
