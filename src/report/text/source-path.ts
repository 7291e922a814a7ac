/** Where a file of the result lies for whoever has the repository and not this machine. */
import { isAbsolute, relative, resolve, sep } from 'node:path';

export interface SourceRoots {
  /** Absolute; a result's files count from it. */
  readonly folder: string;
  /** Absolute; code hosts count from it: the repository's root, or the folder where there is none. */
  readonly root: string;
}

export type SourcePath =
  /** From the root, with `/` between its parts, and never beginning with `./`, `../` or `/`. */
  | { readonly inside: string }
  /** Absolute: a file that is not in the repository. */
  | { readonly outside: string };

export function sourcePath(file: string, { folder, root }: SourceRoots): SourcePath {
  const absolute = resolve(folder, file);
  const path = relative(root, absolute);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) || path === '';
  return isOutside ? { outside: absolute } : { inside: path.split(sep).join('/') };
}
