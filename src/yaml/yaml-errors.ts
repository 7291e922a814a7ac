/** What is wrong with a text before it is even YAML, in words that lead out of it. */
import type { Document, LineCounter, YAMLError } from 'yaml';
import type { Complaint } from '../errors.ts';
import { mask } from '../domain/masked-fields.ts';
import { withoutExternalIds } from './external-ids.ts';
import { spotBetween, type Spot } from './spots.ts';

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

export function fileComplaint(file: string, message: string): Complaint {
  return { file, line: null, column: null, message, hint: null, width: 0 };
}

/** Of the errors that follow from one another only the first; of repeated keys every one. */
export function syntaxComplaints(document: Document, source: Source): readonly Complaint[] {
  const all: readonly YAMLError[] = [...document.errors, ...document.warnings];
  const repeated = all.filter(({ code }) => code === 'DUPLICATE_KEY');
  const first = all.find(({ code }) => code !== 'DUPLICATE_KEY');
  return [...repeated, ...(first === undefined ? [] : [first])].map((error) => syntaxComplaint(error, source));
}

function syntaxComplaint(error: YAMLError, source: Source): Complaint {
  const spot = spotBetween(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1), source);
  const line = shownLine(spot, source);
  return {
    file: source.file,
    ...widened(error, spot, line),
    message: sentenceOf(error, line, spot),
    hint: hintOf(error, line, spot),
  };
}

const sentences: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab can not indent in YAML; use spaces',
  BLOCK_AS_IMPLICIT_KEY: 'a second `:` on one line is not YAML',
  NON_STRING_KEY: 'a key must be plain text',
  BAD_ALIAS: '`*` alone begins an alias in YAML',
  BAD_DQ_ESCAPE: 'is not an escape that YAML knows between double quotes',
};

function sentenceOf(error: YAMLError, line: string, spot: Spot): string {
  if (error.code === 'DUPLICATE_KEY') return `${keyAt(line, spot)} stands here a second time`;
  if (error.code === 'TAG_RESOLVE_FAILED') return 'YAML tags (`!…`) are not used here';
  if (error.code === 'BAD_DQ_ESCAPE')
    return `\`${line.slice(spot.column - 1, spot.column + 1)}\` ${sentences.BAD_DQ_ESCAPE}`;
  if (error.code === 'BAD_SCALAR_START')
    return `a value can not begin with \`${line.charAt(spot.column - 1)}\` in YAML`;
  return sentences[error.code] ?? `this is not YAML: ${lowerFirst(error.message)}`;
}

/** What YAML takes for its own: `${…}` opens a map inside `{ }` or `[ ]`, `*` is an alias, `@` and `%` are reserved. */
function hintOf(error: YAMLError, line: string, spot: Spot): string | null {
  if (/\$\{[^}]*\}/.test(line) && error.code === 'UNEXPECTED_TOKEN') return 'quote the value that holds ${…}';
  if (error.code === 'BAD_ALIAS') return 'quote the glob: "*"';
  if (error.code === 'BAD_SCALAR_START') return 'quote the value';
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') return 'quote the value, or put the inner map on lines of its own';
  if (error.code === 'TAG_RESOLVE_FAILED')
    return `quote the value if \`${line.slice(spot.column - 1)}\` is meant as text`;
  if (error.code === 'BAD_DQ_ESCAPE') return 'write the backslash twice, or use single quotes';
  return null;
}

function widened(error: YAMLError, spot: Spot, line: string): Spot {
  return error.code === 'DUPLICATE_KEY' ? { ...spot, width: Math.max(1, keyAt(line, spot).length) } : spot;
}

function keyAt(line: string, { column }: Spot): string {
  return /^(?:"[^"]*"|'[^']*'|[^:\s]+)/.exec(line.slice(column - 1))?.[0] ?? 'this key';
}

function shownLine({ line }: Spot, { text }: Source): string {
  return withoutExternalIds(text.split(/\r?\n/)[line - 1] ?? '');
}

/** `[*-prod]` is an alias to YAML; in these files it is nearly always a glob. */
export function aliasComplaint(alias: string, spot: Spot, source: Source): Complaint {
  const { file } = source;
  const name = shownLine(spot, source).includes(alias) ? alias : mask;
  const message = `YAML takes *${name} for an alias, and nothing has the anchor &${name}`;
  return { file, ...spot, message, hint: `quote the glob: "*${name}"` };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
