/** The reports of plans, applications and rollbacks. */
import { remediationFormats, type RemediationFormat } from '../../report/plan/format-names.ts';
import type { RemediationReportFlags } from '../line/remediation-flags.ts';
import { parseFormatOutputs, requireWritableOutputs, type FormatOutput } from './format-outputs.ts';

/** Throws UserError for a format that does not exist, or a second report on standard output. */
export function parseRemediationReports({
  report = ['table'],
}: RemediationReportFlags): readonly FormatOutput<RemediationFormat>[] {
  return parseFormatOutputs(report, remediationFormats);
}

/** Before anything is changed: what can't be written at the end is an error now. */
export function requireWritableReports(flags: RemediationReportFlags): Promise<void> {
  return requireWritableOutputs(parseRemediationReports(flags));
}
