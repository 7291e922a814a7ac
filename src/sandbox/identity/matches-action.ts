/** IAM's wildcards: `*` any run, `?` one character. */

/** Actions are compared without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern === '*' || compiled(pattern, 'i').test(action);
}

export function matchesResource(pattern: string, arn: string): boolean {
  return pattern === '*' || compiled(pattern, '').test(arn);
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string, flags: 'i' | ''): RegExp {
  const key = `${flags} ${pattern}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, flags);
  patterns.set(key, made);
  return made;
}
