/**
 * `node bundle.mjs [FOLDER]`: compiles the program into a folder, `dist` unless another is named. One chunk for each
 * command instead of hundreds of small modules, since loading those was most of its start-up. Packages stay outside,
 * where lock files and scanners see them; only the argument parser, which every start needs, comes along.
 */
import { readFileSync } from 'node:fs';
import { build } from 'rolldown';

const [folder = 'dist'] = process.argv.slice(2);
const { dependencies, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const outside = Object.keys(dependencies).filter((name) => !/^(commander$|@aws-sdk|@smithy|undici)/.test(name));

await build({
  input: 'src/cli.ts',
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  transform: { target: `node${engines.node.replace('>=', '')}` },
  external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: folder, cleanDir: true, sourcemap: true, chunkFileNames: 'chunks/[name]-[hash].js' },
});
