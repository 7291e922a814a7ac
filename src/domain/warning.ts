/** Making a warning with its place. */
import type { Warning } from './result.ts';
import type { SourcePlace } from './source-place.ts';

/** What has no file or no line of its own has an empty name or line 0. */
export function warningAt({ file, line }: SourcePlace, code: string, message: string): Warning {
  return { code, message, file: file === '' ? null : file, line: line === 0 ? null : line };
}
