/**
 * `import { validate } from './file-checks.ts?compiled'` gives the schemas of that module as functions, written down by ajv:
 * compiling them at every start took longer than all else. The module exports `ajv`, which holds the schemas, and
 * `schemas`, their ids by name. For the bundle, the tests and the fuzzer alike, so that what is tried is what is shipped.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const standaloneCode = createRequire(import.meta.url)('ajv/dist/standalone').default;

export const compiledEnding = '?compiled';
/** In front of an id: no other plugin takes the file for what it is without the ending. */
const mark = '\0compiled:';

export function compiledSchemas() {
  return {
    name: 'compiled-schemas',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(compiledEnding) || importer === undefined) return null;
      const file = resolve(dirname(importer), source.slice(0, -compiledEnding.length));
      // As seen from here: where a program was built is nobody's business, and the same sources make the same bytes.
      return `${mark}${relative(import.meta.dirname, file)}${mark}`;
    },
    async load(id) {
      if (!id.startsWith(mark)) return null;
      return {
        code: await compiledModule(join(import.meta.dirname, id.slice(mark.length, -mark.length))),
        moduleType: 'js',
      };
    },
  };
}

/** The module that exports `validate`: ajv's functions by the names of the schemas. */
export async function compiledModule(file) {
  // ajv writes down what the same ajv has compiled.
  const bundle = await rolldown({ input: file, platform: 'node', tsconfig: false, external: /^ajv\// });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  // Below node_modules, so that ajv is found.
  const cache = join(import.meta.dirname, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'mfa-drift-schemas-'));
  try {
    await writeFile(join(folder, 'schemas.mjs'), output[0].code);
    const { ajv, schemas } = await import(pathToFileURL(join(folder, 'schemas.mjs')).href);
    return asModule(standaloneCode(ajv, schemas), Object.keys(schemas));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What ajv writes asks for its helpers by `require`, also in a module. */
function asModule(code, names) {
  const helpers = [];
  const body = code.replaceAll(/require\(("ajv\/dist\/runtime\/\w+)"\)\.default/g, (_, path) => {
    helpers.push(`import helper${helpers.length} from ${path}.js";`);
    return `functionOf(helper${helpers.length - 1})`;
  });
  if (body.includes('require(')) throw new Error('The compiled schemas ask for something that is no helper of ajv.');
  return `${helpers.join('\n')}
const functionOf = (helper) => helper.default ?? helper;
${body}
export const validate = { ${names.join(', ')} };
`;
}
