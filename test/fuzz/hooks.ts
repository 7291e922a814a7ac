/**
 * How modules are loaded in the fuzzer: the program's own are instrumented, the page's script and style, which the bundle
 * inlines, are empty texts, and schemas are compiled as the bundle compiles them. Runs beside the program, in the thread that loads.
 */
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compiledEnding, compiledModule } from '../../compiled-schemas.mjs';
import { instrument } from './instrument.ts';

const inlined = '?text';
const counted = /\/build\/fuzz\/(?:src|test\/fuzz\/toy)/;
let places = 0;

export const resolve: ResolveHook = (name, context, next) =>
  name.endsWith(inlined) || name.endsWith(compiledEnding)
    ? { url: new URL(name, context.parentURL).href, shortCircuit: true }
    : next(name, context);

export const load: LoadHook = async (url, context, next) => {
  if (url.endsWith(inlined)) return { format: 'module', source: 'export const text = "";', shortCircuit: true };
  if (url.endsWith(compiledEnding)) {
    const source = await compiledModule(fileURLToPath(url.slice(0, -compiledEnding.length)));
    return { format: 'module', source, shortCircuit: true };
  }
  const loaded = await next(url, context);
  if (!counted.test(url) || loaded.source === undefined || loaded.source === null) return loaded;
  const made = instrument(Buffer.from(loaded.source as Uint8Array).toString('utf8'), places);
  places += made.places;
  return { ...loaded, source: made.code };
};
