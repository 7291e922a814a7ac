/** Many processes and one lock that a dead one left: whatever it looks like, one of them takes it over, and never two. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'rolldown';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary.ts';

const racers = 8;
const rounds = 10;

interface Racer {
  readonly process: ChildProcessWithoutNullStreams;
  tell(line: string): Promise<string>;
}

const home = resolve(import.meta.dirname, `../../node_modules/.cache/mfa-drift-racer-${process.pid}`);
let field: Racer[] = [];

/** Loaded first, it makes every link fail as it does on FAT. */
const refusing = `
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
promises.link = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' }));
syncBuiltinESMExports();
`;

beforeAll(async () => {
  mkdirSync(home, { recursive: true });
  const output = { file: join(home, 'racer.mjs') };
  const transform = { target: 'node20.19' };
  await build({ input: join(import.meta.dirname, 'racer.ts'), platform: 'node', transform, output });
});
afterEach(() => {
  for (const { process: child } of field) child.kill('SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function newRacer(preload: string): Racer {
  const imports = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, [...imports, join(home, 'racer.mjs')]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    async tell(line) {
      child.stdin.write(`${line}\n`);
      return String((await lines.next()).value);
    },
  };
}

const dead = { pid: 2 ** 22 + 1, host: hostname() };

/** What a process that has been silent for long may have left, by the round; after them comes what a killed one leaves. */
const remains: readonly string[] = [
  // Of this program as it was before a lock said when its process began.
  JSON.stringify(dead),
  // Cut short, and nothing at all.
  '{"id":"00',
  '',
  // On another machine.
  JSON.stringify({ id: 'ab12', ...dead, host: 'pod-7', boot: 'other', started: '12' }),
];

it.each([
  ['has hard links', ''],
  ['has none', refusing],
])(
  `gives the lock to one of ${racers} processes in each of ${rounds} rounds, where the file system %s`,
  async (_name, preload) => {
    field = Array.from({ length: racers }, () => newRacer(preload));
    const lock = join(await temporaryFolder(), 'lock');
    const long = new Date(Date.now() - 11 * 60_000);
    for (let round = 0; round < rounds; round += 1) {
      const left = remains[round % (remains.length + 1)];
      if (left !== undefined) {
        await writeFile(lock, left);
        await utimes(lock, long, long);
      }
      const answers = await Promise.all(field.map((racer) => racer.tell(`take ${lock}`)));
      const holders = field.filter((_racer, index) => answers[index] === 'held');
      expect(holders, `round ${round}: ${answers.join('\n')}`).toHaveLength(1);
      for (const answer of answers) expect(answer).toMatch(/^held$|^refused .*(?:held|being taken over) by /);
      expect(JSON.parse(await readFile(lock, 'utf8')).pid).toBe(holders[0]?.process.pid);
      expect(await readdir(dirname(lock))).toEqual([basename(lock)]);
      // Every fifth holder is killed, and the next round finds what it leaves.
      const isKilled = (round + 1) % (remains.length + 1) === remains.length;
      for (const holder of holders) await (isKilled ? replaceKilled(holder, preload) : letGo(holder));
    }
  },
  120_000,
);

async function letGo(holder: Racer): Promise<void> {
  expect(await holder.tell('release')).toBe('released');
}

async function replaceKilled(holder: Racer, preload: string): Promise<void> {
  holder.process.kill('SIGKILL');
  await once(holder.process, 'exit');
  field = field.map((racer) => (racer === holder ? newRacer(preload) : racer));
}
