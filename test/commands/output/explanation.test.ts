import { expect, test } from 'vitest';
import { explanationOf } from '../../../src/commands/output/explanation.ts';

const { signal } = new AbortController();

test.each(['EMFILE', 'ENFILE'])(
  '%s, which any part of the program can meet, is a sentence and no bug',
  async (code) => {
    const error = Object.assign(new Error(`${code}: too many open files, open 'x'`), { code, syscall: 'open' });
    expect(await explanationOf(error, signal)).toEqual({
      exitCode: 1,
      text: 'too many files are open: allow more (ulimit -n), or a lower limits.concurrency\n',
    });
  },
);

test('another error of the system, where nobody expected one, is a bug with its stack', async () => {
  const error = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
  expect((await explanationOf(error, signal)).text).toMatch(/^This is a bug in mfa-drift.*\nError: EIO/);
});
