/**
 * Whether the text of an answer stops before its end, though the connection said that it was whole. It is told from an
 * answer of another kind, such as a proxy's HTML page, which asking again would not change.
 */
export function isCutShort(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return !isJson(trimmed);
  const root = /^(?:<\?xml[^>]*>\s*)?<(\w+)/.exec(trimmed)?.[1];
  return root !== undefined && root.toLowerCase() !== 'html' && !trimmed.endsWith(`</${root}>`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
