/** Globs on names: `*` is any run of characters (`/` too), `?` is one; all else, brackets and braces too, is literal. */
import { RE2JS } from 're2js';

export type Matcher = (value: string) => boolean;

/** Case-sensitive, on the whole value, in time linear to it. */
export function compileGlob(glob: string): Matcher {
  if (!/[*?]/.test(glob)) return (value) => value === glob;
  const pattern = glob.replaceAll(/[^*?]+|\*+|\?/g, (part) => {
    if (part.startsWith('*')) return '.*';
    return part === '?' ? '.' : RE2JS.quote(part);
  });
  const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
  return (value) => compiled.matches(value);
}

/** Whether a glob matches every value there is, known or not. */
export function matchesEverything(glob: string): boolean {
  return /^\*+$/.test(glob);
}
