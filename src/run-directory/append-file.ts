import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';

/** A file that only grows, a line at a time. Lines that are appended together go to the disk in one write. */
export interface AppendFile {
  /** Resolves when the system has taken the lines, so that the caller writes no faster than the disk. */
  append(lines: string | Buffer): Promise<void>;
  close(): Promise<void>;
}

export function openAppendFile(file: string): AppendFile {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  const closed = finished(stream);
  closed.catch(() => undefined);
  return {
    append: (lines) =>
      new Promise((resolve, reject) => {
        stream.write(lines, (error) => (error ? reject(cannotSave(file, error)) : resolve()));
      }),
    async close() {
      stream.end();
      await closed.catch((error: unknown) => {
        throw cannotSave(file, error);
      });
    },
  };
}

/** Does something to a saved file. Throws UserError where the system refuses. */
export async function saving<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cannotSave(file, error);
  }
}

function cannotSave(file: string, cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  return new UserError(
    `${file} could not be written: ${describeSystemError(cause)}. ` +
      'What was saved before is kept; make room and go on with --resume, or name another folder with --run-dir.',
    { cause },
  );
}
