import type { Complaint } from '../errors.ts';
import { SourceComplaintsError } from '../yaml/source-complaints.ts';
import { parseYaml, type Path, type YamlDocument } from '../yaml/document.ts';
import { readText } from '../yaml/read-text.ts';
import type { CompiledSchema } from '../yaml/built-schemas.ts';
import { validate } from '../yaml/validate.ts';

/** A mistake that no JSON Schema sees. */
export interface Mistake {
  /** Member names and indices from the document's root down. */
  readonly path: Path;
  readonly message: string;
  /** The nearest correct word. */
  readonly hint: string | null;
}

/** The one document of a YAML file. Throws `ComplaintsError` with every mistake and its place. */
export function readDocument<T>(
  file: string,
  schema: CompiledSchema<T>,
  mistakesIn: (value: T) => readonly Mistake[] = () => [],
): T {
  const read = readText(file);
  if ('complaint' in read) throw new SourceComplaintsError([read.complaint], new Map());
  const refuse = (complaints: readonly Complaint[]) =>
    new SourceComplaintsError(complaints, new Map([[file, read.text]]));
  const { documents, complaints } = parseYaml(file, read.text);
  if (complaints.length > 0) throw refuse(complaints);
  const [document, second] = documents;
  if (document === undefined || second !== undefined) throw refuse([oneOnly(file, second)]);
  const validated = validate(schema, document);
  if ('complaints' in validated) throw refuse(validated.complaints);
  const mistakes = mistakesIn(validated.value);
  if (mistakes.length > 0) throw refuse(mistakes.map((mistake) => placed(mistake, document)));
  return validated.value;
}

function oneOnly(file: string, second: YamlDocument | undefined): Complaint {
  const spot = second?.valueSpot([]) ?? { line: null, column: null, width: 0 };
  return { file, ...spot, message: 'holds more than one document', hint: 'write one document a file' };
}

function placed({ path, message, hint }: Mistake, document: YamlDocument): Complaint {
  return { file: document.file, ...document.valueSpot(path), message, hint };
}
