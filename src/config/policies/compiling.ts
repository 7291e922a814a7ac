/** What compiling a part of a document needs: where it stands, and where to complain. */
import type { SourceLocation } from '../../domain/model/source-files.ts';
import type { Complaint } from '../../errors.ts';
import type { Path, YamlDocument } from '../../yaml/document.ts';
import type { PoolRead } from '../../domain/model/api/reads.ts';

export interface Compiling {
  readonly document: YamlDocument;
  readonly complaints: Complaint[];
}

export interface ExpectContext extends Compiling {
  /** False in `match`, where nothing is filled in. */
  readonly allowsVariables: boolean;
  /** Whether a fix may write what this part asks for; not under `UserPool`, not in `anyOf`, not in `match`. */
  readonly isFixable: boolean;
  /** Whether an `oneOf` of several needs `set`: not where the mode is `never`. */
  readonly needsFixValue: boolean;
}

/** Where a map stands: in the document, in the answer, and in findings. */
export interface Position {
  readonly at: Path;
  /** Of the field's name, which findings point at; `at` may lie deeper, inside `ifPresent`. */
  readonly field: Path;
  readonly source: PoolRead;
  readonly members: readonly string[];
  /** As findings show it; empty at the top of `expect`. */
  readonly path: string;
}

export function locationAt({ document }: Compiling, path: Path): SourceLocation {
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
