/** Reading a file that was named: a device has no end, and a pipe may never begin. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { isSystemError } from './system-error.ts';

/** `reason` goes on a sentence that begins with the file: `is a pipe, not a file`. */
export type ReadFile = { readonly bytes: Buffer } | { readonly reason: string; readonly isMissing: boolean };

/** Most files fit: a megabyte for each policy of hundreds kept the collector busy. */
const firstRoomBytes = 1 << 16;

/** The whole of a regular file, if it is no larger. */
export function readRegularFile(file: string, maxBytes: number): ReadFile {
  try {
    // Without waiting for whoever may write into a pipe one day.
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const kind = kindOf(fstatSync(descriptor));
      return kind === null ? readUpTo(descriptor, maxBytes) : refused(`is ${kind}, not a file`);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { reason: reasonOf(error), isMissing: error.code === 'ENOENT' };
  }
}

/** Whether text begins as the programs of Windows write it; of a text that begins with a letter one byte of two is empty. */
export function isUtf16([first, second]: Uint8Array): boolean {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked || (first === 0) !== (second === 0);
}

/** What it is instead of a regular file; `null` for one. */
export function kindOf(found: Pick<Stats, 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket'>): string | null {
  if (found.isFile()) return null;
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

/** A file of the system may say that it has no size, and another may grow while it is read: the room grows with what is there. */
function readUpTo(descriptor: number, maxBytes: number): ReadFile {
  let room = Buffer.allocUnsafe(firstRoomBytes);
  for (let size = 0; ;) {
    const read = readSync(descriptor, room, size, room.length - size, null);
    if (read === 0) return { bytes: room.subarray(0, size) };
    size += read;
    if (size > maxBytes) return refused(`is larger than ${maxBytes / 1_000_000} MB`);
    if (size === room.length) room = Buffer.concat([room], size * 2);
  }
}

function refused(reason: string): ReadFile {
  return { reason, isMissing: false };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENOTDIR: 'does not exist: a part of its path is a file',
  ELOOP: 'is a link that leads back to itself',
  ENXIO: 'is a socket, not a file',
};

function reasonOf(error: NodeJS.ErrnoException): string {
  return reasons[error.code ?? ''] ?? `may not be read: ${error.message}`;
}
