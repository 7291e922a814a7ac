import { createHash } from 'node:crypto';

/** Of the text in UTF-8; 64 hexadecimal characters. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
