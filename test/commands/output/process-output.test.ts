import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { processOutput } from '../../../src/commands/output/process-output.ts';

/** A stream that takes some texts, and then fails as the system says it. */
function failingAfter(taken: number, code: string) {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      if (texts.length < taken) {
        texts.push(String(chunk));
        done();
      } else done(Object.assign(new Error(`${code}: write`), { code, syscall: 'write' }));
    },
  });
  const output = processOutput(
    'Standard output',
    () => stream as unknown as NodeJS.WriteStream,
    () => 72,
  );
  return { output, texts };
}

describe('a stream of the process', () => {
  it('that takes nothing more is a sentence, each time that something is written', async () => {
    const { output, texts } = failingAfter(1, 'ENOSPC');
    await output.write('one');
    const says = 'Standard output could not be written: no space is left on the disk.';
    await expect(output.write('two')).rejects.toThrow(says);
    await expect(output.write('three')).rejects.toThrow(says);
    expect(texts).toEqual(['one']);
  });

  it('whose reader went away ends the writing quietly', async () => {
    const { output, texts } = failingAfter(1, 'EPIPE');
    await output.write('one');
    await output.write('two');
    await output.write('three');
    expect(texts).toEqual(['one']);
  });

  it('that is no terminal is as wide as it is told', () => {
    expect(failingAfter(0, 'EPIPE').output.columns).toBe(72);
  });
});
