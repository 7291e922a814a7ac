import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder, requireWritableFile, writeFileAtomically } from '../src/atomic-file.ts';
import { UserError } from '../src/errors.ts';
import { temporaryFolder } from './temporary.ts';

describe('writeFileAtomically', () => {
  it('makes missing folders and gives the file the mode that was asked for', async () => {
    const file = join(await temporaryFolder(), 'a', 'b', 'report.json');
    await writeFileAtomically(file, ['one', 'two'], { mode: 0o600 });
    expect(await readFile(file, 'utf8')).toBe('onetwo');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves the old file as it was, and nothing beside it, when the text breaks off', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'report.json');
    await writeFile(file, 'old');
    async function* breaking(): AsyncGenerator<string> {
      yield 'new';
      throw new Error('the source broke');
    }
    await expect(writeFileAtomically(file, breaking())).rejects.toThrow('the source broke');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.json']);
  });

  it('keeps a symbolic link and replaces what it points to', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'target'), 'old');
    await symlink('target', join(folder, 'link'));
    await writeFileAtomically(join(folder, 'link'), ['new']);
    expect(await readlink(join(folder, 'link'))).toBe('target');
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('new');
  });

  it('says which file could not be written and why', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'folder'));
    const error = (at: string): Promise<unknown> =>
      writeFileAtomically(join(folder, at), ['x']).catch((e: unknown) => e);
    expect(await error('file/report.json')).toEqual(
      new UserError(`${folder}/file/report.json could not be written: a part of its path is a file, not a folder`),
    );
    expect(await error('folder')).toEqual(new UserError(`${folder}/folder could not be written: it is a folder`));
  });
});

describe('a trial of writing', () => {
  it('names what was asked for, where another file stands for it', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const pack = join(folder, 'file', 'pack');
    await expect(requireWritableFile(`${pack}.trial`, pack)).rejects.toThrow(`${pack} could not be written`);
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('a folder that is made', () => {
  it.each([
    [0o000, 0o755],
    [0o022, 0o755],
    [0o077, 0o700],
  ])('under umask %o has mode %o, and so have those above it', async (mask, mode) => {
    const folder = await temporaryFolder();
    const before = process.umask(mask);
    onTestFinished(() => void process.umask(before));
    await writeFileAtomically(join(folder, 'a', 'b', 'report.html'), ['x']);
    for (const made of ['a', 'a/b']) expect((await stat(join(folder, made))).mode & 0o777).toBe(mode);
    expect((await stat(join(folder, 'a', 'b', 'report.html'))).mode & 0o022).toBe(0);
  });

  it('may be there already, or be made by others at the same moment', async () => {
    const folder = await temporaryFolder();
    for (let round = 0; round < 20; round += 1) {
      const made = join(folder, String(round), 'a', 'b');
      await Promise.all(Array.from({ length: 5 }, () => makeFolder(made)));
      expect(await readdir(join(made, '..'))).toEqual(['b']);
    }
  });

  it('can not be made everywhere, which is told at once', async () => {
    await expect(makeFolder('/proc/mfa-drift/reports')).rejects.toThrow('ENOENT');
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(makeFolder(join(file, 'below', 'it'))).rejects.toThrow('ENOTDIR');
  });
});
