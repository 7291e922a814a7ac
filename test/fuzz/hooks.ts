/**
 * How modules are loaded in the fuzzer: the program's own are instrumented, scripts and styles are inlined and schemas compiled
 * as for the bundle. Runs beside the program, in the thread that loads.
 */
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as CompiledSchemas from '../../compiled-schemas.mjs';
import type * as InlineText from '../../inline-text.mjs';
import { instrument } from './instrument.ts';

/** The compiler leaves scripts where they are: at the root of the repository, four folders above what it made of this file. */
const root = new URL('../../../../', import.meta.url);
const { compiledEnding, compiledModule }: typeof CompiledSchemas = await import(
  new URL('compiled-schemas.mjs', root).href
);
const { inlinedEnding, inlinedModule }: typeof InlineText = await import(new URL('inline-text.mjs', root).href);

const counted = /\/build\/fuzz\/(?:src|test\/fuzz\/toy)/;
let places = 0;

/** What an import of that ending gives is made of the source: the compiler follows no such import. */
const made: Readonly<Record<string, (file: string) => Promise<string>>> = {
  [compiledEnding]: compiledModule,
  [inlinedEnding]: inlinedModule,
};
const endingOf = (name: string): string | undefined => Object.keys(made).find((ending) => name.endsWith(ending));

export const resolve: ResolveHook = (name, context, next) =>
  endingOf(name) === undefined
    ? next(name, context)
    : { url: new URL(name, context.parentURL).href, shortCircuit: true };

export const load: LoadHook = async (url, context, next) => {
  const ending = endingOf(url);
  if (ending !== undefined) {
    const file = fileURLToPath(url.slice(0, -ending.length)).replace('/build/fuzz/', '/');
    return { format: 'module', source: (await made[ending]?.(file)) ?? '', shortCircuit: true };
  }
  const loaded = await next(url, context);
  if (!counted.test(url) || loaded.source === undefined || loaded.source === null) return loaded;
  const marked = instrument(Buffer.from(loaded.source as Uint8Array).toString('utf8'), places);
  places += marked.places;
  return { ...loaded, source: marked.code };
};
