/** The files that a run goes by, as somebody wrote them. */

/** A file that a run went by. */
export interface PolicyFileRecord {
  readonly file: string;
  readonly sha256: string;
  /** Names of the policies in the file; empty for exceptions and configuration. */
  readonly names: readonly string[];
  readonly text: string;
}

/** Where something stands in a file that somebody wrote; line and column from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
