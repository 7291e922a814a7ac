/** What is wrong with a text before it is even YAML, in words that lead out of it. */
import type { Document, YAMLError } from 'yaml';
import type { Complaint } from '../errors.ts';
import { mask } from '../domain/policy/advice/masked-fields.ts';
import { withoutExternalIds } from './external-ids.ts';
import { lineAt, spotBetween, type Source, type Spot } from './spots.ts';

export function fileComplaint(file: string, message: string): Complaint {
  return { file, line: null, column: null, message, hint: null, width: 0 };
}

/** Of the errors that follow from one another only the first; warnings, which are about tags, all. */
export function syntaxComplaints(
  { errors, warnings }: Pick<Document, 'errors' | 'warnings'>,
  source: Source,
): readonly Complaint[] {
  const [first] = errors;
  if (first === undefined) return warnings.map((warning) => syntaxComplaint(warning, source));
  const deeper = lineOfKeyBelow(errors, source);
  return [deeper === null ? syntaxComplaint(first, source) : indentComplaint(deeper, source)];
}

/** A line that is indented below a value goes on with it; where it holds a key, that value would be one. */
function lineOfKeyBelow([first, second]: readonly YAMLError[], { lines }: Source): number | null {
  const spanning = second !== undefined && second.pos[0] === first?.pos[0] ? second : first;
  if (spanning?.code !== 'MULTILINE_IMPLICIT_KEY') return null;
  return lines.linePos(spanning.pos[1]).line;
}

function indentComplaint(line: number, source: Source): Complaint {
  const text = lineAt(line, source);
  const [indent = '', key = ''] = /^(\s*)((?:[^:]|:(?=\S))*)/.exec(text)?.slice(1) ?? [];
  const message = `${key.trim()} is indented deeper than the line above it, which holds a value already`;
  const hint = 'indent it like its neighbours, or take the value above it away';
  return { file: source.file, line, column: indent.length + 1, width: Math.max(1, key.length), message, hint };
}

function syntaxComplaint(error: YAMLError, source: Source): Complaint {
  const spot = spotBetween(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1), source);
  const line = shownLine(spot, source);
  return { file: source.file, ...spot, message: sentenceOf(error, line, spot), hint: hintOf(error, line) };
}

const sentences: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab can not indent in YAML; use spaces',
  BLOCK_AS_IMPLICIT_KEY: 'a second `:` on one line is not YAML',
  NON_STRING_KEY: 'a key must be plain text',
  BAD_ALIAS: '`*` alone begins an alias in YAML',
  BAD_DQ_ESCAPE: 'is not an escape that YAML knows between double quotes',
  TAG_RESOLVE_FAILED: 'YAML tags (`!…`) are not used here',
  RESOURCE_EXHAUSTION: 'lists or maps lie deeper in one another here than can be read',
};

function sentenceOf(error: YAMLError, line: string, spot: Spot): string {
  if (error.code === 'BAD_DQ_ESCAPE')
    return `\`${line.slice(spot.column - 1, spot.column + 1)}\` ${sentences.BAD_DQ_ESCAPE}`;
  if (error.code === 'BAD_SCALAR_START')
    return `a value can not begin with \`${line.charAt(spot.column - 1)}\` in YAML`;
  return sentences[error.code] ?? `this is not YAML: ${lowerFirst(error.message)}`;
}

/** What YAML takes for its own: `${…}` opens a map inside `{ }` or `[ ]`, `*` is an alias, `@` and `%` are reserved. */
function hintOf(error: YAMLError, line: string): string | null {
  if (/\$\{[^}]*\}/.test(line) && error.code === 'UNEXPECTED_TOKEN') return 'quote the value that holds ${…}';
  if (error.code === 'BAD_ALIAS') return 'quote the glob: "*"';
  if (error.code === 'BAD_SCALAR_START') return 'quote the value';
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') return 'quote the value, or put the inner map on lines of its own';
  if (error.code === 'TAG_RESOLVE_FAILED') return 'quote the value if it is meant as text';
  if (error.code === 'BAD_DQ_ESCAPE') return 'write the backslash twice, or use single quotes';
  return null;
}

function shownLine({ line }: Spot, source: Source): string {
  return withoutExternalIds(lineAt(line, source));
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
