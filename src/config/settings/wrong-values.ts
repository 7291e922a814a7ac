/** Texts of configuration and policies that only AWS could tell to be wrong: the error, with their places. */
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Complaint, UnknownTextError, UserError } from '../../errors.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import { parseYaml, type Path, type YamlDocument } from '../../yaml/document.ts';
import { readText } from '../../yaml/read-text.ts';

/**
 * The same error with the location of each text in the files; the error as it is where a text stands in none of them,
 * since a flag or a variable brought it.
 */
export function withLocations(error: UnknownTextError, files: readonly string[]): UserError {
  const sources = new Map<string, string>();
  const complaints: Complaint[] = [];
  for (const file of files) {
    const read = readText(file);
    if ('complaint' in read) continue;
    sources.set(file, read.text);
    for (const document of parseYaml(file, read.text).documents)
      for (const each of complaintsIn(document, error)) complaints.push(each);
  }
  const isLocated = (text: string): boolean =>
    complaints.some(({ message }) => message.startsWith(JSON.stringify(text)));
  return error.texts.every(isLocated) ? new SourceComplaintsError(complaints, sources) : error;
}

function complaintsIn(document: YamlDocument, { texts, sentence, hint }: UnknownTextError): readonly Complaint[] {
  return [...textsBelow(document.value, [])]
    .filter(([text]) => texts.includes(text))
    .map(([text, path]) => ({
      file: document.file,
      ...document.valueSpot(path),
      message: `${JSON.stringify(text)} ${sentence}`,
      hint,
    }));
}

function* textsBelow(value: JsonValue, path: Path): Generator<readonly [string, Path]> {
  if (typeof value === 'string') yield [value, path];
  if (typeof value !== 'object' || value === null) return;
  const entries: readonly (readonly [string | number, JsonValue])[] = isJsonObject(value)
    ? Object.entries(value)
    : [...value.entries()];
  for (const [step, inner] of entries) yield* textsBelow(inner, [...path, step]);
}
