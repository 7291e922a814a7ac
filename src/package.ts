/** This package as it is installed: found by its own name, since the compiled program lies elsewhere than its sources. */
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const manifest: unknown = require('mfa-drift/package.json');

/** This program's version, as its package says. */
export const version: string =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';

/** A file of this package; seen from the working directory where it lies below that, as a reader would name it. */
export function packageFile(path: string): string {
  const file = join(dirname(require.resolve('mfa-drift/package.json')), path);
  const fromHere = relative('', file);
  return fromHere.startsWith('..') ? file : fromHere;
}
