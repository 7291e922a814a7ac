/** YAML text → values with the place of every part, or complaints. No code is run, and aliases can't explode. */
import { isMap, isScalar, LineCounter, parseAllDocuments, visit, type Document, type Scalar, type YAMLMap } from 'yaml';
import type { JsonValue } from '../domain/model/json.ts';
import type { Complaint } from '../errors.ts';
import { spotOf, spotAt, spotBetween, sourceAt, type Path, type Spot, type Source } from './spots.ts';
import { templateValue } from './template-values.ts';
import { aliasComplaint, fileComplaint, syntaxComplaints } from './yaml-errors.ts';

export interface YamlDocument {
  readonly file: string;
  readonly value: JsonValue;
  /** Of the value at a path, or of the nearest thing above it that is there. */
  valueSpot(path: Path): Spot;
  /** Of the key in a map, or the entry in a list. */
  keySpot(path: Path): Spot;
  /** A scalar as it is written, before YAML read it as a number or a truth value; `null` for anything else. */
  written(path: Path): string | null;
}

export interface Parsed {
  readonly documents: readonly YamlDocument[];
  readonly complaints: readonly Complaint[];
}

/** A list of aliases of lists of aliases is refused; nobody writes this many by hand. */
const maxAliasCount = 100;

/** Half of a character, as `"\\ud800"` writes it: no text in UTF-8 holds one, and no digest is made of it. */
const halfCharacter = /\p{Surrogate}/u;

/** How a kind of file reads YAML. */
interface Dialect {
  /** Whether a tag (`!Ref`) says something here. */
  readonly hasTags: boolean;
  readonly valueOf: (document: Document) => JsonValue;
}

// YAML core values are JSON values once non-finite numbers are ruled out; toJS returns them untyped.
const ours: Dialect = { hasTags: false, valueOf: (document) => document.toJS({ maxAliasCount }) };
const cloudFormation: Dialect = {
  hasTags: true,
  valueOf: (document) => {
    // Refuses what would grow beyond all bounds.
    document.toJS({ maxAliasCount });
    return templateValue(document);
  },
};

/** Every document of the file that is not empty; a document with complaints is left out. */
export function parseYaml(file: string, text: string): Parsed {
  return parse(file, text, ours);
}

/** A CloudFormation template, in YAML or JSON, with short forms in their long ones. */
export function parseTemplate(file: string, text: string): Parsed {
  return parse(file, text, cloudFormation);
}

function parse(file: string, text: string, dialect: Dialect): Parsed {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // `!!binary` and others would bring values that JSON does not have.
    resolveKnownTags: false,
    logLevel: 'silent',
    // Compares each key with all before it; `problemsOf` looks for them in one go.
    uniqueKeys: false,
  });
  const source: Source = { file, text, lines };
  const found = 'empty' in parsed ? [] : parsed.filter((document) => !isEmpty(document));
  if (found.length === 0) return { documents: [], complaints: [fileComplaint(file, 'is empty')] };
  const documents: YamlDocument[] = [];
  const complaints: Complaint[] = [];
  for (const document of found) {
    const problems = problemsOf(document, source, dialect);
    for (const each of problems) complaints.push(each);
    if (problems.length === 0) addDocument(document, source, documents, complaints, dialect);
  }
  return { documents, complaints };
}

function isEmpty({ contents, errors }: Document): boolean {
  return errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null));
}

/** Aliases that lead nowhere, keys that are there twice, what is not YAML, and numbers that JSON does not have. */
function problemsOf(document: Document, source: Source, { hasTags }: Dialect): readonly Complaint[] {
  const problems: Complaint[] = [];
  const anchors = new Set<string>();
  const remember = ({ anchor }: { readonly anchor?: string }): void =>
    void (anchor !== undefined && anchors.add(anchor));
  visit(document, {
    Collection: (_key, collection) => {
      remember(collection);
      if (!isMap(collection)) return;
      for (const each of repeatedKeys(collection, source)) problems.push(each);
      for (const each of mergeKeys(collection, source)) problems.push(each);
    },
    Alias: (_key, alias) => {
      // A star alone is refused as syntax already.
      if (alias.source !== '' && !anchors.has(alias.source))
        problems.push(aliasComplaint(alias.source, spotOf(alias, source), source));
    },
    Scalar: (_key, scalar) => {
      remember(scalar);
      const problem = scalarProblem(scalar);
      if (problem !== null) problems.push({ file: source.file, ...spotOf(scalar, source), ...problem });
    },
  });
  if (!hasTags) problems.push(...versionComplaints(document, source));
  return [...syntaxComplaints(hasTags ? { errors: document.errors, warnings: [] } : document, source), ...problems];
}

function scalarProblem({ value, source }: Scalar): Pick<Complaint, 'message' | 'hint'> | null {
  if (typeof value === 'number' && !Number.isFinite(value))
    return { message: `${source ?? 'this'} is not a number that can be used here`, hint: null };
  if (typeof value === 'string' && halfCharacter.test(value))
    return { message: 'this text holds half of a character', hint: 'write the character itself, not its two halves' };
  return null;
}

/** CloudFormation takes none either (user guide, "CloudFormation template format"). */
function mergeKeys({ items }: YAMLMap, source: Source): readonly Complaint[] {
  const message = 'a merge key (`<<`) is not read here';
  const hint = 'write out the keys that it would bring';
  return items.flatMap(({ key }) =>
    isScalar(key) && key.value === '<<' ? [{ file: source.file, ...spotOf(key, source), message, hint }] : [],
  );
}

/** To YAML 1.1 `ON` is a truth value, `010` is eight and `2026-12-31` a date. */
function versionComplaints({ directives, contents }: Document, source: Source): readonly Complaint[] {
  if (directives?.yaml.version !== '1.1') return [];
  const at = source.text.lastIndexOf('%YAML', contents?.range?.[0] ?? 0);
  const message = 'YAML 1.1 is not read here: it takes ON, NO and 010 for other values';
  const hint = 'take this line away';
  return [{ file: source.file, ...spotBetween(at, at + '%YAML 1.1'.length, source), message, hint }];
}

function repeatedKeys({ items }: YAMLMap, { file, ...source }: Source): readonly Complaint[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ file, ...spotOf(key, { file, ...source }), message: `${name} stands here a second time`, hint: null }];
  });
}

function addDocument(
  document: Document,
  source: Source,
  documents: YamlDocument[],
  complaints: Complaint[],
  { valueOf }: Dialect,
): void {
  try {
    const value = valueOf(document);
    const { file } = source;
    documents.push({
      file,
      value,
      valueSpot: (path) => spotAt(document, path, 'value', source),
      keySpot: (path) => spotAt(document, path, 'key', source),
      written: (path) => sourceAt(document, path),
    });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = 'holds aliases that multiply: it would grow beyond all bounds';
    complaints.push({ ...fileComplaint(source.file, message), hint: 'write the lists out instead of repeating them' });
  }
}

export type { Path, Spot };
