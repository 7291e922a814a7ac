import type { Command } from 'commander';
import { remediationFormats } from '../../report/plan/format-names.ts';
import {
  addConnectionFlags,
  addOutputFlags,
  addPolicyFlags,
  fewFormatsOption,
  type ConnectionFlags,
  type OutputFlags,
  type PolicyFlags,
} from './flags.ts';
import { addSettingFlags } from './setting-flags.ts';

/** How plans, applications and rollbacks are reported. */
export interface RemediationReportFlags extends Pick<OutputFlags, 'color'> {
  readonly report?: readonly string[];
  readonly redact: boolean;
}

/** Of the commands that change something by themselves. */
export interface ChangeFlags extends PolicyFlags, ConnectionFlags, RemediationReportFlags, OutputFlags {
  readonly journal?: string;
  /** Where the exceptions are written that hold what was undone. */
  readonly hold?: string;
  readonly yes: boolean;
}

/** Of a plan, beside the flags of an audit; `--report` has formats of its own. */
export function addPlanReportFlags(command: Command): Command {
  return command.addOption(fewFormatsOption(remediationFormats)).option('--no-redact', noRedact);
}

const noRedact = 'do not mask external ids in reports made to be read or shared';

/** Flags of the commands that carry changes out, beside those of their own. */
export function addChangeFlags(command: Command): Command {
  return addOutputFlags(addSettingFlags(addConnectionFlags(addPolicyFlags(command)), 'endpoint'))
    .addOption(fewFormatsOption(remediationFormats))
    .option('--no-redact', noRedact)
    .option('--yes', 'do not ask; needed where there is no terminal', false);
}
