import { asff } from './formats/asff/asff.ts';
import { csv } from './formats/csv.ts';
import type { Format } from './format.ts';
import type { FormatName } from './format-names.ts';
import { github } from './formats/github.ts';
import { html } from './formats/html/html.ts';
import { json } from './formats/json.ts';
import { junit } from './formats/junit/junit.ts';
import { githubSummary, markdown } from './formats/markdown/markdown.ts';
import { ndjson } from './formats/ndjson.ts';
import { ocsf } from './formats/ocsf/ocsf.ts';
import { masked } from '../result/redact.ts';
import { sarif } from './formats/sarif/sarif.ts';
import { table } from './formats/table/table.ts';

/** Every format by its name on the command line. A new one is a file of its own, its name in `format-names.ts` and a line here. */
export const formats: Readonly<Record<FormatName, Format>> = {
  table: shareable(table),
  json,
  ndjson,
  csv: shareable(csv),
  junit: shareable(junit),
  sarif: shareable(sarif),
  github: shareable(github),
  'github-summary': shareable(githubSummary),
  markdown: shareable(markdown),
  html: shareable(html),
  ocsf: shareable(ocsf),
  asff: shareable(asff),
};

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** A format made to be read or shared: it masks what is asked to be masked. json and ndjson keep all. */
function shareable(format: Format): Format {
  return (result, options) => format(masked(result, options.masking), options);
}
