/** A file that a run went by. */
export interface PolicyFileRecord {
  readonly file: string;
  readonly sha256: string;
  /** Names of the policies in the file; empty for exceptions and configuration. */
  readonly names: readonly string[];
  readonly text: string;
}
