/** Reading a text file that somebody wrote, with a complaint where that fails. */
import { readFileSync, statSync } from 'node:fs';
import type { Complaint } from '../errors.ts';

/** Far more than anybody writes by hand; it keeps a wrong path from filling the memory. */
const maxBytes = 10_000_000;

export type TextFile = { readonly text: string } | { readonly complaint: Complaint };

/** A byte order mark is taken off. */
export function readText(file: string): TextFile {
  try {
    const { size } = statSync(file);
    if (size > maxBytes) return about(file, `is larger than ${maxBytes / 1_000_000} MB`);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) };
  } catch (error) {
    return about(file, reasonOf(error));
  }
}

function about(file: string, reason: string): TextFile {
  return { complaint: { file, line: null, column: null, message: reason, hint: null, width: 0 } };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory, not a file',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENOTDIR: 'does not exist: a part of its path is a file',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not text in UTF-8',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? `may not be read: ${error.message}`;
}
