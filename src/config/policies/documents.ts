/** Reads YAML files of ours and sorts their documents by kind. */
import { isJsonObject } from '../../domain/model/json.ts';
import type { Complaint } from '../../errors.ts';
import { parseYaml, type YamlDocument } from '../../yaml/document.ts';
import { suggest } from '../../yaml/nearest.ts';
import { readText } from '../../yaml/read-text.ts';

const kinds = ['Policy', 'Exceptions', 'PolicyTest', 'Config'] as const;
export type Kind = (typeof kinds)[number];

export interface KindDocument {
  readonly kind: Kind;
  readonly document: YamlDocument;
}

/** What was read, for complaints and for the record of the run. */
export interface ReadDocuments {
  readonly documents: readonly KindDocument[];
  readonly sources: ReadonlyMap<string, string>;
  readonly complaints: readonly Complaint[];
}

export function readDocuments(files: readonly string[]): ReadDocuments {
  const texts = new Map<string, string>();
  const unread: Complaint[] = [];
  for (const file of files) {
    const read = readText(file);
    if ('complaint' in read) unread.push(read.complaint);
    else texts.set(file, read.text);
  }
  const reading = documentsIn(texts);
  return { ...reading, complaints: [...unread, ...reading.complaints] };
}

/** The documents of texts by the names of their files. */
export function documentsIn(sources: ReadonlyMap<string, string>): ReadDocuments {
  const documents: KindDocument[] = [];
  const complaints: Complaint[] = [];
  for (const [file, text] of sources) {
    const parsed = parseYaml(file, text);
    for (const each of parsed.complaints) complaints.push(each);
    for (const document of parsed.documents) {
      const kind = kindOf(document, complaints);
      if (kind !== null) documents.push({ kind, document });
    }
  }
  return { documents, sources, complaints };
}

function kindOf(document: YamlDocument, complaints: Complaint[]): Kind | null {
  const { file, value } = document;
  const found = isJsonObject(value) ? value['kind'] : undefined;
  const kind = kinds.find((one) => one === found);
  if (kind !== undefined) return kind;
  const message =
    typeof found === 'string' ? `${JSON.stringify(found)} is not a kind of document` : 'the document names no kind';
  const hint =
    typeof found === 'string' ? suggest(found, kinds) : `begin with apiVersion: mfa-drift/v1 and kind: Policy`;
  complaints.push({ file, ...document.valueSpot(found === undefined ? [] : ['kind']), message, hint });
  return null;
}
