import { createHash } from 'node:crypto';

/** Of bytes, or of a text in UTF-8; 64 hexadecimal characters. */
export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}
