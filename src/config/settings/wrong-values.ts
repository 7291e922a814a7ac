/** Values of the configuration file that only AWS could tell to be wrong: the same error, with the same place. */
import { isJsonObject, type JsonValue } from '../../domain/json.ts';
import type { Complaint } from '../../errors.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import { parseYaml, type Path, type YamlDocument } from '../../yaml/document.ts';
import { readText } from '../../yaml/read-text.ts';

/**
 * The error for texts that stand anywhere under a top-level key of the file, such as an unknown region under `regions`;
 * `null` where the file does not hold one of them, since a flag or a variable brought it.
 */
export function wrongValues(
  file: string,
  key: string,
  texts: readonly string[],
  message: (text: string) => string,
  hint: string,
): SourceComplaintsError | null {
  const read = readText(file);
  if ('complaint' in read) return null;
  const [document] = parseYaml(file, read.text).documents;
  if (document === undefined || !isJsonObject(document.value)) return null;
  const paths = [...textsBelow(document.value[key] ?? null, [key])];
  const complaints = texts.map((text) => complaintAt(document, paths, text, message(text), hint));
  const found = complaints.filter((complaint) => complaint !== null);
  return found.length === texts.length ? new SourceComplaintsError(found, new Map([[file, read.text]])) : null;
}

function complaintAt(
  document: YamlDocument,
  paths: readonly (readonly [text: string, path: Path])[],
  text: string,
  message: string,
  hint: string,
): Complaint | null {
  const path = paths.find(([one]) => one === text)?.[1];
  return path === undefined ? null : { file: document.file, ...document.valueSpot(path), message, hint };
}

function* textsBelow(value: JsonValue, path: Path): Generator<readonly [string, Path]> {
  if (typeof value === 'string') yield [value, path];
  if (typeof value !== 'object' || value === null) return;
  const entries: readonly (readonly [string | number, JsonValue])[] = isJsonObject(value)
    ? Object.entries(value)
    : [...value.entries()];
  for (const [step, inner] of entries) yield* textsBelow(inner, [...path, step]);
}
