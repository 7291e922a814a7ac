import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Command, Ended } from './peer.ts';

export interface Measured {
  readonly wallMs: number;
  /** User and system time of all processes of the tree. */
  readonly cpuMs: number;
  /** Of the whole tree at one time, shared pages counted once. */
  readonly peakMb: number;
  /** At most so many at one time. */
  readonly processes: number;
  readonly runs: readonly Ended[];
}

/** Python's own account of what the commands and all their children took. */
export async function measured(
  commands: readonly Command[],
  atOnce: number,
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  const script = fileURLToPath(new URL('../../../../bench/peers/measured.py', import.meta.url));
  const child = spawn('python3', [script, String(atOnce)], {
    env: { ...process.env, ...environment, ...noSettings },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(commands));
  return JSON.parse(await text(child.stdout));
}

/** Nothing of the user's own AWS settings, and Python may keep what it compiled, as it does by default. */
const noSettings = {
  PYTHONDONTWRITEBYTECODE: '',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};
