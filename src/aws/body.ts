/** Bodies of answers: read whole and in time, and kept as bytes. */
import type { Readable } from 'node:stream';
import { MalformedAnswer } from './malformed-answer.ts';

/**
 * Reads a body to its end. The handler's own time-outs end with the headers, so this one ends a body that stalls or
 * trickles. Throws MalformedAnswer for a body that breaks off, and TimeoutError.
 */
export function readBody(body: Readable, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => body.destroy(tooSlow(timeoutMs)), timeoutMs);
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
    });
    body.once('end', () => {
      clearTimeout(timer);
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    body.once('error', (error) => {
      clearTimeout(timer);
      reject(error.name === 'TimeoutError' ? error : brokenOff(length, error));
    });
  });
}

/** The text of a body that was read; empty for anything else. */
export function bodyText(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') : '';
}

function tooSlow(timeoutMs: number): Error {
  return Object.assign(new Error(`the answer was not whole after ${timeoutMs} ms`), { name: 'TimeoutError' });
}

function brokenOff(length: number, cause: Error): MalformedAnswer {
  return new MalformedAnswer(`the answer broke off after ${length} bytes`, { isDamaged: true, cause });
}
