/**
 * `node types.mjs`: writes the declarations of the library into dist/types, those that its entry reaches and no others. By the
 * compiler itself, since tools that bundle declarations need an API that this compiler does not have.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const all = mkdtempSync(join(tmpdir(), 'mfa-drift-types-'));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/library', '--outDir', all], {
  stdio: 'inherit',
});
rmSync('dist/types', { recursive: true, force: true });
const left = [join(all, 'library/index.d.ts')];
const seen = new Set(left);
for (const file of left) {
  const text = readFileSync(file, 'utf8');
  for (const [, path] of text.matchAll(/'(\.[^']*)\.ts'/g)) {
    const next = resolve(dirname(file), `${path}.d.ts`);
    if (!seen.has(next)) left.push(next);
    seen.add(next);
  }
  const target = join('dist/types', file.slice(all.length));
  cpSync(file, target);
  writeFileSync(target, text.replaceAll(/'(\.[^']*)\.ts'/g, "'$1.js'"));
}
rmSync(all, { recursive: true });
