/** A disk that takes no more, played inside the test's process. */
import { open, type FileHandle } from 'node:fs/promises';
import { vi } from 'vitest';
import type { Output } from '../../src/commands/output/shell.ts';
import { UserError } from '../../src/errors.ts';

const full = () =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });

/** A stream that takes nothing from the first such text on. */
export function failing(output: Output, from: RegExp, what: string): Output {
  let isFull = false;
  return {
    isTerminal: output.isTerminal,
    columns: output.columns,
    write(text) {
      isFull ||= from.test(text);
      const reason = `${what} could not be written: no space is left on the disk.`;
      return isFull ? Promise.reject(new UserError(reason)) : output.write(text);
    },
  };
}

/** Every journal that is written in this process takes so many lines, and then no more; until `vi.restoreAllMocks()`. */
export async function journalThatTakes(lines: number): Promise<void> {
  const handle = await open(import.meta.filename, 'r');
  await handle.close();
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  let taken = 0;
  vi.spyOn(prototype, 'appendFile').mockImplementation(function (this: FileHandle, ...args) {
    if (!String(args[0]).startsWith('{"at":')) return this.writeFile(...args);
    return taken++ < lines ? this.writeFile(...args) : Promise.reject(full());
  });
}
