/** The text of a body that was read whole; empty for anything else. */
export function bodyText(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') : '';
}

/** What a text is that should have been an answer of a service, for a sentence. */
export function kindOfText(text: string): string {
  switch (text.trimStart().slice(0, 1)) {
    case '<':
      return 'HTML or XML';
    case '{':
      return "JSON that is neither the answer nor one of the service's errors";
    case '':
      return 'nothing that can be read';
    default:
      return 'neither JSON nor XML';
  }
}
