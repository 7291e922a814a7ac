/**
 * `node bundle.mjs [FOLDER]`: compiles the program into a folder, `dist` unless another is named, with the packages that it
 * uses, since loading hundreds of small modules was most of its start-up. The licences of those packages come along, and
 * their list (CycloneDX 1.6) for scanners: whoever installs the program installs nothing else.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { chunkGroups, knowChunks } from './chunks.mjs';
import { compiledSchemas } from './compiled-schemas.mjs';
import { inlineText } from './inline-text.mjs';

const [folder = 'dist'] = process.argv.slice(2);
const program = manifestIn('.');
/** SPDX ids that may be compiled into a program under Apache-2.0; of MPL-2.0 the files stay as they are, and are published at npm. */
const allowed = new Set(['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0']);

const { output } = await build({
  input: { cli: 'src/cli.ts', library: 'src/library/index.ts', help: 'src/commands/line/help-pages.ts' },
  platform: 'node',
  // The image is built without them; types say nothing of what runs.
  tsconfig: false,
  plugins: [inlineText(), compiledSchemas(), knowChunks()],
  resolve: {
    mainFields: ['module', 'main'],
    // The same sources, as modules: what is CommonJS is wrapped, and each wrapped file is compiled twice.
    alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
  },
  transform: { target: `node${program.engines.node.replace('>=', '')}` },
  output: {
    dir: folder,
    cleanDir: true,
    sourcemap: true,
    // Node keeps a text in one byte a character only where all of them are ASCII.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
    // Less to compile at every start; names and lines stay, for whoever reads a stack.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: chunkGroups },
  },
});

// What the help says is known by now: loading every flag of a command only to list them takes longer than Node's own start.
const help = resolve(folder, 'help.js');
const { pages } = await import(pathToFileURL(help).href);
writeFileSync(help, `export const pages = ${inAscii(JSON.stringify(pages, null, 1))};\n`);
rmSync(`${help}.map`);

function inAscii(json) {
  return json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
const found = modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? null);
const packages = [...new Set(found)].filter((path) => path !== null);
writeFileSync(
  join(folder, 'third-party-licenses.txt'),
  packages
    .map(notice)
    .sort()
    .join(`\n${'-'.repeat(80)}\n`),
);
writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill(packages.map(manifestIn)), null, 1)}\n`);

function notice(path) {
  const { name, version, license } = manifestIn(path);
  if (!allowed.has(license)) throw new Error(`${name} is under ${license}, which bundle.mjs does not allow.`);
  const files = readdirSync(path).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(path, file), 'utf8'));
  return [`${name} ${version} (${license})\n`, ...(texts.length > 0 ? texts : [textOf(name, license)])].join('\n');
}

/** Some packages name their licence and bring no text of it; that of this program is in its own file. */
function textOf(name, license) {
  if (license !== program.license) throw new Error(`${name} brings no text of its licence, ${license}.`);
  return `The package brings no text of the licence that it names. It is:\n\n${readFileSync('LICENSE', 'utf8')}`;
}

/** Without a time or a serial number, so that the same sources make the same bytes. */
function bill(manifests) {
  const components = manifests.map((manifest) => component('library', manifest));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', program) },
    components: components.sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
}

function component(type, { name, version, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type, 'bom-ref': purl, name, version, purl, licenses: [{ license: { id: license } }] };
}

function manifestIn(path) {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
}
