import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { takeLock, type Lock } from '../../src/lock/lock.ts';
import type { LockWait } from '../../src/lock/watch.ts';
import { temporaryFolder } from '../temporary.ts';

const minuteMs = 60_000;

afterEach(() => vi.useRealTimers());

async function lockFile(): Promise<string> {
  return join(await temporaryFolder(), 'lock');
}

async function take(file: string, waiting: Partial<LockWait> = {}): Promise<Lock> {
  const { signal } = new AbortController();
  const lock = await takeLock(file, { wayOut: 'come back later', notice: () => undefined, signal, ...waiting });
  onTestFinished(() => lock.release());
  return lock;
}

/** The text of a lock that a process on this machine would write now. */
async function textOfOurs(): Promise<Record<string, unknown>> {
  const file = await lockFile();
  await take(file);
  return JSON.parse(await readFile(file, 'utf8'));
}

async function leave(file: string, holder: unknown, silentMs = 0): Promise<void> {
  await writeFile(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  const at = new Date(Date.now() - silentMs);
  await utimes(file, at, at);
}

async function idIn(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')).id;
}

describe('a lock', () => {
  it('names its process by host, boot, number and start, and is for this user alone', async () => {
    const file = await lockFile();
    await take(file);
    const text = JSON.parse(await readFile(file, 'utf8'));
    expect(text).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      pid: process.pid,
      host: hostname(),
      boot: expect.any(String),
      started: expect.any(String),
    });
    const { mode } = await stat(file);
    expect(mode & 0o777).toBe(0o600);
  });

  it('that a living process holds is refused, however long that one was silent', async () => {
    const file = await lockFile();
    await leave(file, await textOfOurs(), 60 * minuteMs);
    await expect(take(file)).rejects.toThrow(
      `${file} is held by a run that is still going (process ${process.pid} on ${hostname()}). Wait for it, or come back later.`,
    );
  });

  it('whose process number another process has by now is taken over at once', async () => {
    const file = await lockFile();
    await leave(file, { ...(await textOfOurs()), started: '1' });
    await take(file);
    expect(await readdir(join(file, '..'))).toEqual(['lock']);
  });

  it.each([
    ['another machine', { boot: 'ffffffff pid:[1]', host: 'pod-7' }],
    ['a container beside this one', { boot: 'pid:[2]', pid: 1 }],
    ['a system that does not tell', { boot: null, started: null }],
  ])('of %s is waited for until it was silent for ten minutes', async (_name, differing) => {
    const file = await lockFile();
    const holder = { ...(await textOfOurs()), ...differing };
    await leave(file, holder, 10 * minuteMs - 1200);
    const notices: string[] = [];
    const began = performance.now();
    await take(file, { notice: (text) => notices.push(text) });
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(notices).toEqual([
      expect.stringMatching(/that can't be asked from here\. Waiting until .* last heard of (9m 59|10m 00)s ago\.$/),
    ]);
    expect(await idIn(file)).not.toBe(Reflect.get(holder, 'id'));
  });

  it('of another machine is refused once that one is heard of', async () => {
    const file = await lockFile();
    await leave(file, { ...(await textOfOurs()), boot: 'other', host: 'pod-7', pid: 12 }, 5 * minuteMs);
    const notice = () => void utimes(file, new Date(), new Date());
    await expect(take(file, { notice })).rejects.toThrow(
      `${file} is held by a run that is still going (process 12 on pod-7). Wait for it, or come back later.`,
    );
  });

  it('of another machine is taken once that one has released it', async () => {
    const file = await lockFile();
    await leave(file, { ...(await textOfOurs()), boot: 'other' }, 5 * minuteMs);
    await take(file, { notice: () => void rm(file) });
    expect(JSON.parse(await readFile(file, 'utf8')).pid).toBe(process.pid);
  });

  it('is not waited for after an interruption, and nothing is left of the waiting', async () => {
    const file = await lockFile();
    await leave(file, { ...(await textOfOurs()), boot: 'other' }, 5 * minuteMs);
    const controller = new AbortController();
    const interrupted = take(file, { signal: controller.signal, notice: () => controller.abort(130) });
    await expect(interrupted).rejects.toBe(130);
    expect(await readdir(join(file, '..'))).toEqual(['lock']);
  });

  it.each([
    ['names nobody', '{}'],
    ['is empty', ''],
    ['names a process that can be none', JSON.stringify({ id: 'ab', pid: -1, host: 'h', boot: null, started: null })],
    ['would lead out of its folder', JSON.stringify({ id: '../../x', pid: 1, host: 'h', boot: null, started: null })],
  ])('that %s is waited for like one that can not be asked', async (_name, text) => {
    const file = await lockFile();
    await leave(file, text, 5 * minuteMs);
    const notice = () => void utimes(file, new Date(), new Date());
    await expect(take(file, { notice })).rejects.toThrow('it names no process');
    await leave(file, text, 11 * minuteMs);
    await take(file);
    expect(await readdir(join(file, '..'))).toEqual(['lock']);
  });

  it('is left alone at the end where another holds it by now, and that is told when it is asked', async () => {
    const file = await lockFile();
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval'] });
    const lock = await take(file);
    await rm(file);
    await leave(file, { ...(await textOfOurs()), id: 'cafe' });
    await lock.requireHeld();
    vi.setSystemTime(Date.now() + 12 * minuteMs);
    await expect(lock.requireHeld()).rejects.toThrow(
      'was taken over by another run, since this one stood still for more than ten minutes',
    );
    await lock.release();
    expect(await idIn(file)).toBe('cafe');
  });

  it('is kept fresh every ten seconds, and never freshens one that took its place', async () => {
    const file = await lockFile();
    vi.useFakeTimers({ toFake: ['setInterval'] });
    await take(file);
    const old = new Date(Date.now() - 5 * minuteMs);
    await utimes(file, old, old);
    vi.advanceTimersByTime(10_000);
    await vi.waitUntil(async () => (await stat(file)).mtimeMs > old.getTime() + minuteMs);
    await rm(file);
    await leave(file, { id: 'cafe' }, 5 * minuteMs);
    const before = await stat(file);
    vi.advanceTimersByTime(20_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  });

  it('is taken over although the one that was taking it over died on the way', async () => {
    const file = await lockFile();
    const dead = { ...(await textOfOurs()), started: '1' };
    await leave(file, { ...dead, id: 'aa' });
    await leave(`${file}.aa.end`, { ...dead, id: 'bb' });
    await leave(`${file}.cc.new`, { ...dead, id: 'cc' }, 11 * minuteMs);
    await take(file);
    expect(await readdir(join(file, '..'))).toEqual(['lock']);
  });

  it('is not fought for with one that is just taking it over', async () => {
    const file = await lockFile();
    const ours = await textOfOurs();
    await leave(file, { ...ours, started: '1', id: 'aa' });
    await leave(`${file}.aa.end`, ours);
    await expect(take(file)).rejects.toThrow(
      `${file} is being taken over by another run. Wait for it, or come back later.`,
    );
    expect(await idIn(file)).toBe('aa');
  });

  it('that can not be written says so', async () => {
    const file = join(await temporaryFolder(), 'missing', 'lock');
    await expect(take(file)).rejects.toThrow(`${file} could not be written: there is no such file or folder.`);
  });
});
