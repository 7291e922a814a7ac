import { Option, type Command } from 'commander';
import type { EndpointFlags } from '../change/endpoint-consent.ts';
import { remediationFormats } from '../../report/plan/format-names.ts';
import {
  addConnectionFlags,
  addOutputFlags,
  addPolicyFlags,
  type ConnectionFlags,
  type OutputFlags,
  type PolicyFlags,
} from './flags.ts';
import { collect, wholeNumber } from './flag-values.ts';

/** How much may be changed, and what beyond the policies' own permissions. */
export interface LimitFlags {
  readonly allow?: readonly string[];
  readonly maxChanges?: number;
  readonly maxChangesPercent?: number;
  readonly maxUsers?: number;
  readonly includeManaged?: boolean;
}

/** How plans, applications and rollbacks are reported. */
export interface DeedReportFlags extends Pick<OutputFlags, 'color'> {
  readonly report?: readonly string[];
  readonly redact: boolean;
}

/** Of the commands that change something by themselves. */
export interface DeedFlags extends PolicyFlags, ConnectionFlags, DeedReportFlags, EndpointFlags, OutputFlags {
  readonly journal?: string;
  readonly yes: boolean;
}

export function addLimitFlags(command: Command): Command {
  return command
    .option('--allow <risk>', 'allow changes of this risk too: disruptive, weakening (repeatable)', collect)
    .option(
      '--max-changes <n>',
      'change nothing where more pools would change (replaces the percentage)',
      wholeNumber(0),
    )
    .option(
      '--max-changes-percent <n>',
      'change nothing where more of the pools read would change',
      wholeNumber(0, 100),
    )
    .option('--max-users <n>', 'refuse all disruptive changes where together they touch more users', wholeNumber(0))
    .option('--include-managed', 'change pools too whose tags say that they are managed as code');
}

/** Of a plan, beside the flags of an audit; `--report` has formats of its own. */
export function addPlanReportFlags(command: Command): Command {
  return command.addOption(reportOption()).option('--no-redact', noRedact);
}

const noRedact = 'do not mask external ids in reports made to be read or shared';

export function addEndpointFlag(command: Command): Command {
  return command.option(
    '--allow-endpoint <host>',
    'change pools through this host, which an override names in place of AWS (repeatable)',
    collect,
  );
}

/** Flags of the commands that carry changes out, beside those of their own. */
export function addDeedFlags(command: Command): Command {
  return addOutputFlags(addEndpointFlag(addConnectionFlags(addPolicyFlags(command))))
    .addOption(reportOption())
    .option('--no-redact', noRedact)
    .option('--yes', 'do not ask; needed where there is no terminal', false);
}

function reportOption(): Option {
  return new Option(
    '--report <format[=file]>',
    `${remediationFormats.join(', ')}; without a file on standard output (repeatable; default: table)`,
  ).argParser(collect);
}
