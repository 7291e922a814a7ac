/**
 * Makes what the compiler left ready to run: the program's own modules note what they reach, scripts and styles are inlined and
 * schemas compiled as for the bundle. In the files, and not by hooks while they are loaded: those live in another thread, which
 * every `import()` of a module that is there already would ask, and a command has dozens of them.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type * as CompiledSchemas from '../../compiled-schemas.mjs';
import type * as InlineText from '../../inline-text.mjs';
import { instrument, mark } from './instrument.ts';

const build = resolve(import.meta.dirname, '../..');
/** The compiler leaves scripts where they are. */
const root = resolve(build, '../..');
const { compiledEnding, compiledModule }: typeof CompiledSchemas = await import(join(root, 'compiled-schemas.mjs'));
const { inlinedEnding, inlinedModule }: typeof InlineText = await import(join(root, 'inline-text.mjs'));

/** What an import of that ending gives is made of the source: the compiler follows no such import. */
const made: Readonly<Record<string, (file: string) => Promise<string>>> = {
  [compiledEnding]: compiledModule,
  [inlinedEnding]: inlinedModule,
};
/** Made modules have another dot in their names. */
const counted = /^(?:src\/|test\/fuzz\/toy)[^.]*\.js$/;
let places = 0;

const files = (await readdir(build, { recursive: true })).filter((name) => name.endsWith('.js')).toSorted();
for (const name of files) {
  const code = await withMadeModules(await readFile(join(build, name), 'utf8'), dirname(name));
  await writeFile(join(build, name), counted.test(name) ? noting(code, dirname(name)) : code);
}

/** What an import of an ending gives lies beside, in a file that Node takes for a script. */
async function withMadeModules(code: string, folder: string): Promise<string> {
  let text = code;
  for (const [, source = '', ending = ''] of code.matchAll(/'(\.[^']*)(\?\w+)'/g)) {
    const make = made[ending];
    if (make === undefined) continue;
    const beside = `${source}.${ending.slice(1)}.js`;
    await writeFile(join(build, folder, beside), await make(join(root, folder, source)));
    text = text.replaceAll(`'${source}${ending}'`, `'${beside}'`);
  }
  return text;
}

/** In front, in the same line: the places that a stack names stay as they are. */
function noting(code: string, folder: string): string {
  const marked = instrument(code, places);
  places += marked.places;
  return `import { reached as ${mark} } from './${relative(folder, 'test/fuzz/marks.js')}'; ${marked.code}`;
}
