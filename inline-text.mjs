/**
 * `import { text } from './page.css?text'` gives a file as text; of a script (`.ts?text`) what a browser or a thread runs, with all
 * that it imports. For the bundle, the tests and the fuzzer alike, so that what is tried is what is shipped.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

export const inlinedEnding = '?text';
/** In front of an id: no other plugin takes the file for a script or a style sheet of this program. */
const mark = '\0text:';

export function inlineText() {
  return {
    name: 'inline-text',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(inlinedEnding) || importer === undefined) return null;
      const file = resolve(dirname(importer), source.slice(0, -inlinedEnding.length));
      // As seen from here: where a program was built is nobody's business, and the same sources make the same bytes.
      return `${mark}${relative(import.meta.dirname, file)}${mark}`;
    },
    async load(id) {
      if (!id.startsWith(mark)) return null;
      const file = join(import.meta.dirname, id.slice(mark.length, -mark.length));
      this.addWatchFile(file);
      return { code: await inlinedModule(file), moduleType: 'js' };
    },
  };
}

/** The module that exports `text`. */
export async function inlinedModule(file) {
  const text = file.endsWith('.ts') ? await scriptOf(file) : await readFile(file, 'utf8');
  return `export const text = ${JSON.stringify(text)};`;
}

/** As strict and as readable as it was written; it shares no name with the page. */
async function scriptOf(file) {
  const bundle = await rolldown({
    input: file,
    platform: 'browser',
    // The image is built without them; types say nothing of what runs.
    tsconfig: false,
    transform: { target: 'es2022' },
    experimental: { attachDebugInfo: 'none' },
  });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return `\n${output[0].code.replaceAll(/^\t+/gm, (tabs) => '  '.repeat(tabs.length))}`;
}
