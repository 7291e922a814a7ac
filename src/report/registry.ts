import type { Result } from '../domain/result/result.ts';
import type { Format, FormatOptions } from './format.ts';

/** Every format by its name on the command line. A new one is a file of its own, and a line here. */
export const formats = {
  table: shareable(async () => (await import('./formats/table/table.ts')).table),
  json: loaded(async () => (await import('./formats/json.ts')).json),
  ndjson: loaded(async () => (await import('./formats/ndjson.ts')).ndjson),
  csv: shareable(async () => (await import('./formats/csv.ts')).csv),
  junit: shareable(async () => (await import('./formats/junit/junit.ts')).junit),
  sarif: shareable(async () => (await import('./formats/sarif/sarif.ts')).sarif),
  github: shareable(async () => (await import('./formats/github.ts')).github),
  'github-summary': shareable(async () => (await import('./formats/markdown/markdown.ts')).githubSummary),
  markdown: shareable(async () => (await import('./formats/markdown/markdown.ts')).markdown),
  html: shareable(async () => (await import('./formats/html/html.ts')).html),
  ocsf: shareable(async () => (await import('./formats/ocsf/ocsf.ts')).ocsf),
  asff: shareable(async () => (await import('./formats/asff/asff.ts')).asff),
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** Loaded when it draws: whoever asks for one format, or for the names alone, waits for no other. */
function loaded(load: () => Promise<Format>): Format {
  return async function* (result: Result, options: FormatOptions) {
    yield* (await load())(result, options);
  };
}

/** A format made to be read or shared: it masks what is asked to be masked. json and ndjson keep all. */
function shareable(load: () => Promise<Format>): Format {
  return loaded(async () => {
    const [format, { masked }] = await Promise.all([load(), import('../result/redact.ts')]);
    return (result, options) => format(masked(result, options.masking), options);
  });
}
