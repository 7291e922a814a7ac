/** The text of a body that was read whole; empty for anything else. */
export function bodyText(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') : '';
}

/** What a text is that should have been an answer of a service, for a sentence. */
export function kindOfText(text: string): string {
  const start = text.trimStart().slice(0, 1);
  if (start === '<') return 'HTML or XML';
  return start === '{' ? "JSON that is neither the answer nor one of the service's errors" : 'no JSON';
}
