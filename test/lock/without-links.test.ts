import type * as fileSystem from 'node:fs/promises';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { takeLock } from '../../src/lock/lock.ts';
import { temporaryFolder } from '../temporary.ts';
import { leaveDead } from './dead-lock.ts';

const refusal = vi.hoisted(() => ({ code: 'EPERM' }));

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof fileSystem>()),
  link: () => Promise.reject(Object.assign(new Error(refusal.code), { code: refusal.code, syscall: 'link' })),
}));

async function take(file: string) {
  const notices: string[] = [];
  const lock = await takeLock(file, {
    wayOut: 'come back later',
    notice: (text) => notices.push(text),
    signal: new AbortController().signal,
  });
  onTestFinished(() => lock.release());
  return { lock, notices };
}

/** What link(2) answers on FAT, on SMB and in file systems of user space. */
it.each(['EPERM', 'ENOTSUP', 'ENOSYS'])(
  'where links are refused (%s) the lock is a file made exclusively, and that is told',
  async (code) => {
    refusal.code = code;
    const file = join(await temporaryFolder(), 'lock');
    const { lock, notices } = await take(file);
    expect(notices).toEqual([expect.stringMatching(/^The file system of \S+lock has no hard links;/)]);
    expect(JSON.parse(await readFile(file, 'utf8')).pid).toBe(process.pid);
    await expect(take(file)).rejects.toThrow('is held by a run that is still going');
    await lock.release();
    expect(await readdir(dirname(file))).toEqual([]);
  },
);

it('a dead lock is replaced there too, at once', async () => {
  const file = join(await temporaryFolder(), 'lock');
  await take(file);
  await leaveDead(file);
  await take(file);
  expect(await readdir(dirname(file))).toEqual(['lock']);
});

it('what is no refusal of links stays an error', async () => {
  refusal.code = 'EIO';
  await expect(take(join(await temporaryFolder(), 'lock'))).rejects.toThrow('lock could not be written: EIO');
});
