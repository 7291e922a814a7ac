/** The script that most teams have, in this folder. */
import { fileURLToPath } from 'node:url';
import { auditRole } from '../../fleet.ts';
import type { Peer } from '../peer.ts';
import type { Said, Statement } from '../score.ts';
import { said } from './installed.ts';

const script = fileURLToPath(new URL('../../../../../bench/peers/boto3-pool.py', import.meta.url));

export const boto3: Peer = {
  name: 'boto3 script',
  from: 'bench/peers/boto3-pool.py, ten threads',
  atOnce: 1,
  version: () => said('python3', '-c', 'import boto3; print(boto3.__version__)'),
  commands: ({ regions }) => Promise.resolve([{ line: ['python3', script, auditRole, regions.join(','), '10'] }]),
  said: (_asked, [ended]) => Promise.resolve(saidByScript(ended?.stdout ?? '{}')),
};

/** `modes` and `failures`, each by place. */
export function saidByScript(stdout: string): Said {
  const { modes = {}, failures = {} }: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(stdout);
  const read = Object.entries(modes).map(([place, mode]): [string, Statement] => [
    place,
    { verdict: mode === 'ON' ? 'on' : 'not-on', words: mode },
  ]);
  const unread = Object.entries(failures).map(([place, error]): [string, Statement] => [
    place,
    { verdict: 'unknown', words: error },
  ]);
  return new Map([...read, ...unread]);
}
