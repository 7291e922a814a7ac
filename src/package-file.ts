/** This package as it is installed: found by its own name, since the compiled program lies elsewhere than its sources. */
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** A file of this package; seen from the working directory where it lies below that, as a reader would name it. */
export function packageFile(path: string): string {
  const manifest = createRequire(import.meta.url).resolve('mfa-drift/package.json');
  const file = join(dirname(manifest), path);
  const fromHere = relative('', file);
  return fromHere.startsWith('..') ? file : fromHere;
}
