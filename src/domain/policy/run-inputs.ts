import type { PolicyFileRecord } from '../model/source-files.ts';
import type { Settings } from '../settings.ts';
import type { PolicySet } from './policy.ts';

/** What a run goes by, loaded and checked. */
export interface RunInputs {
  readonly settings: Settings;
  readonly set: PolicySet;
  /** The configuration first, where there is one, then policies and exceptions: texts as they were, save secrets. */
  readonly files: readonly PolicyFileRecord[];
  /** What the files count from: a path from the root of the repository; empty: that root. */
  readonly sourceFolder: string;
}
