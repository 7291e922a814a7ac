/**
 * `node bundle.mjs [FOLDER]`: compiles the program into a folder, `dist` unless another is named: one chunk for each
 * command, with the packages that it uses, since loading hundreds of small modules was most of its start-up. The licences
 * of those packages come along.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { inlineText } from './inline-text.mjs';

const [folder = 'dist'] = process.argv.slice(2);
const { engines } = manifestIn('.');

const { output } = await build({
  input: 'src/cli.ts',
  platform: 'node',
  plugins: [inlineText()],
  resolve: { mainFields: ['module', 'main'] },
  transform: { target: `node${engines.node.replace('>=', '')}` },
  output: { dir: folder, cleanDir: true, sourcemap: true, chunkFileNames: 'chunks/[name]-[hash].js' },
});

const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
const packages = modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? null);
const notices = [...new Set(packages)].filter((path) => path !== null).map(notice);
writeFileSync(join(folder, 'third-party-licenses.txt'), notices.sort().join(`\n${'-'.repeat(80)}\n`));

function notice(path) {
  const { name, version, license } = manifestIn(path);
  const texts = readdirSync(path).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  return [`${name} ${version} (${license})\n`, ...texts.map((file) => readFileSync(join(path, file), 'utf8'))].join(
    '\n',
  );
}

function manifestIn(path) {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
}
