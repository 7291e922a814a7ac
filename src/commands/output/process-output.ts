/** A stream of the process as commands write to it. */
import { describeSystemError } from '../../system-error.ts';
import { UserError } from '../../errors.ts';
import type { Output } from './shell.ts';

/**
 * Opened when it is first used: each stream takes Node a millisecond, and `--help` needs but one. A reader that went away
 * ends the writing quietly; a stream that takes nothing more (a full disk) is told to whoever writes, again and again.
 *
 * @param name as a sentence begins with it: `Standard output`
 * @param columnsWithoutTerminal asked where it is no terminal
 */
export function processOutput(
  name: string,
  open: () => NodeJS.WriteStream,
  columnsWithoutTerminal: () => number,
): Output {
  let opened: NodeJS.WriteStream | null = null;
  let failure: NodeJS.ErrnoException | null = null;
  const stream = (): NodeJS.WriteStream =>
    (opened ??= open().on('error', (error: NodeJS.ErrnoException) => void (failure ??= error)));

  function write(text: string): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      const taken = (error?: NodeJS.ErrnoException | null): void => {
        failure ??= error ?? null;
        if (failure === null || failure.code === 'EPIPE') resolve();
        else
          reject(new UserError(`${name} could not be written: ${describeSystemError(failure)}.`, { cause: failure }));
      };
      if (failure === null) stream().write(text, taken);
      else taken();
    });
    // Who draws progress does not wait for it, and must not end the process.
    written.catch(() => undefined);
    return written;
  }

  return {
    get isTerminal() {
      return stream().isTTY;
    },
    get columns() {
      return stream().isTTY ? stream().columns : columnsWithoutTerminal();
    },
    write,
  };
}
