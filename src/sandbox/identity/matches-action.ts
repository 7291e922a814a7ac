/** IAM's wildcards: `*` any run, `?` one character; actions are compared without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  return compiled(pattern).test(action);
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 'i');
  patterns.set(pattern, made);
  return made;
}
