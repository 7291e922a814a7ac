/** The text of a body that was read whole; empty for anything else. */
export function bodyText(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') : '';
}
