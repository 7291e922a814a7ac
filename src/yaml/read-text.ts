/** Reading a text file that somebody wrote, with a complaint where that fails. */
import type { Complaint } from '../errors.ts';
import { isUtf16, readRegularFile } from '../regular-file.ts';

/** Far more than anybody writes by hand; it keeps a wrong path from filling the memory. */
const maxBytes = 10_000_000;

export type TextFile = { readonly text: string } | { readonly complaint: Complaint };

/** A byte order mark is taken off. */
export function readText(file: string): TextFile {
  const read = readRegularFile(file, maxBytes);
  if ('reason' in read) return about(file, read.reason);
  if (isUtf16(read.bytes)) return about(file, 'is text in UTF-16', 'save it in UTF-8');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(read.bytes) };
  } catch {
    return about(file, 'is not text in UTF-8', 'save it in UTF-8');
  }
}

function about(file: string, message: string, hint: string | null = null): TextFile {
  return { complaint: { file, line: null, column: null, message, hint, width: 0 } };
}
