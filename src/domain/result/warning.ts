/** What a run says beside its verdicts: a closed list of codes, and the making of a warning with its place. */
import type { SourcePlace } from '../model/source-place.ts';

export const warningCodes = [
  'allow-satisfied-by-off',
  'baseline-missing',
  'baseline-partial',
  'clock-alone',
  'clock-off',
  'conflict',
  'exception-expired',
  'exception-expiring',
  'exception-idle',
  'exception-path-unknown',
  'exception-untrusted',
  'exception-unused',
  'exclude-untrusted',
  'place-unknown',
  'policy-unused',
  'remediation-off',
  'remediation-stopped',
  'selector-unused',
  'self-contradiction',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** What has no file or no line of its own has an empty name or line 0. */
export function warningAt({ file, line }: SourcePlace, code: WarningCode, message: string): Warning {
  return { code, message, file: file === '' ? null : file, line: line === 0 ? null : line };
}
