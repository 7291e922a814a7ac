/** What compiling a part of a document needs: where it stands, and where to complain. */
import type { SourcePlace } from '../../domain/model/source-place.ts';
import type { Complaint } from '../../errors.ts';
import type { Path, YamlDocument } from '../../yaml/document.ts';

export interface Compiling {
  readonly document: YamlDocument;
  readonly complaints: Complaint[];
}

export function placeAt({ document }: Compiling, path: Path): SourcePlace {
  const { line, column } = document.keySpot(path);
  return { file: document.file, line, column };
}

export function complainAtKey(
  { document, complaints }: Compiling,
  path: Path,
  message: string,
  hint: string | null,
): void {
  complaints.push({ file: document.file, ...document.keySpot(path), message, hint });
}

export function complainAtValue(
  { document, complaints }: Compiling,
  path: Path,
  message: string,
  hint: string | null,
): void {
  complaints.push({ file: document.file, ...document.valueSpot(path), message, hint });
}
