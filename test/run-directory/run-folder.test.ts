/** Where the working directory may not be written: `/sys` refuses everybody. */
import { chmod, chown, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRunFolder } from '../../src/run-directory/run-folder.ts';
import { temporaryFolder } from '../temporary.ts';

const wanted = '/sys/mfa-drift/run';

async function made(fallback: string | null) {
  const notices: string[] = [];
  const folder = await makeRunFolder({
    wanted,
    fallback,
    isOwn: (entry) => entry === 'lock',
    notice: (text) => notices.push(text),
  });
  return { folder, notices };
}

async function newFallback(): Promise<string> {
  return join(await temporaryFolder(), 'mfa-drift-run-0');
}

describe.runIf(existsSync('/sys'))('a run directory that can not be written', () => {
  it('is an error where it was named', async () => {
    await expect(made(null)).rejects.toThrow(
      `The run directory ${wanted} could not be made: permission denied. Name a folder that can be written with --run-dir.`,
    );
  });

  it('is made elsewhere, which is told, and is found there again', async () => {
    const fallback = await newFallback();
    for (const attempt of ['first', 'second']) {
      const { folder, notices } = await made(fallback);
      expect(folder, attempt).toBe(fallback);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect(notices).toEqual([`${wanted} can't be written (permission denied): the run is kept in ${fallback}.`]);
    }
  });

  it.each([
    ['is open to others', (fallback: string) => chmod(fallback, 0o770)],
    ['can be seen by others', (fallback: string) => chmod(fallback, 0o750)],
    ['is a link', (fallback: string) => rm(fallback, { recursive: true }).then(() => symlink('/tmp', fallback))],
    ['is a file', (fallback: string) => rm(fallback, { recursive: true }).then(() => writeFile(fallback, ''))],
    ...(process.getuid?.() === 0
      ? [['belongs to somebody else', (fallback: string) => chown(fallback, 4711, 4711)] as const]
      : []),
  ] as const)('is not made in a folder of the known name that %s', async (_name, prepare) => {
    const fallback = await newFallback();
    await mkdir(fallback, { mode: 0o700 });
    await prepare(fallback);
    const { folder, notices } = await made(fallback);
    expect(folder).not.toBe(fallback);
    expect(dirname(folder)).toBe(dirname(fallback));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(notices).toEqual([
      `${wanted} can't be written (permission denied): the run is kept in ${folder}, since ${fallback} is not this user's alone; --resume will not find it, so name a folder with --run-dir.`,
    ]);
  });
});
