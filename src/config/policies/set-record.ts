/** What a result keeps of a policy set: its files as they were, and the digest of what they say. */
import { sha256 } from '../../domain/model/sha256.ts';
import canonicalize from 'canonicalize';
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { KindDocument, ReadDocuments } from './documents.ts';
import type { PolicyFileRecord } from '../../domain/model/source-files.ts';

/** By file name; `names` are those of the policies in it. */
export function fileRecords(
  { documents, sources }: ReadDocuments,
  policies: readonly Policy[],
): readonly PolicyFileRecord[] {
  const names = new Map<string, string[]>();
  for (const { document } of documents.filter(isPartOfSet)) names.set(document.file, []);
  for (const { location, name } of policies) names.get(location.file)?.push(name);
  return [...names.keys()].sort().map((file) => {
    const text = sources.get(file) ?? '';
    return { file, sha256: sha256(text), names: names.get(file) ?? [], text };
  });
}

/** Over the values alone, in an order of their own (RFC 8785): the same rules give the same digest, however they are filed. */
export function setDigest(documents: readonly KindDocument[]): string {
  const values = documents.filter(isPartOfSet).flatMap(({ kind, document }) => valuesIn(kind, document.value));
  return sha256(
    values
      .map((value) => canonicalize(value) ?? '')
      .sort()
      .join('\n'),
  );
}

function valuesIn(kind: string, value: JsonValue): readonly JsonValue[] {
  const exceptions = isJsonObject(value) ? value['exceptions'] : undefined;
  return kind === 'Exceptions' && Array.isArray(exceptions) ? exceptions : [value];
}

function isPartOfSet({ kind }: KindDocument): boolean {
  return kind === 'Policy' || kind === 'Exceptions';
}
