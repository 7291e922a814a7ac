import { Option, type Command } from 'commander';
import type { apply, ApplyFlags } from '../../apply.ts';
import {
  addAuditFlags,
  addConnectionFlags,
  addOutputFlags,
  addPolicyFlags,
  colorOption,
  maxAgeOption,
} from '../flags.ts';
import { closingHelp } from '../help.ts';
import type { journal, JournalFlags } from '../../journal.ts';
import type { plan, PlanFlags } from '../../plan.ts';
import { patchChoices } from '../../../report/plan/patch/choices.ts';
import type { Choose } from '../dispatch.ts';
import { addChangeFlags, addPlanReportFlags } from '../remediation-flags.ts';
import { addSettingFlag, addSettingFlags } from '../setting-flags.ts';
import type { rollback, RollbackFlags } from '../../rollback.ts';

export function definePlan(command: Command, choose: Choose): void {
  addOutputFlags(
    addPlanReportFlags(addSettingFlags(addAuditFlags(addConnectionFlags(addPolicyFlags(command))), 'limits')),
  )
    .option('--out <file>', 'where the plan is written', 'mfa-drift.plan.json')
    .option(
      '--baseline <result>',
      'a saved result: the pools that it knows to be managed as code are left to who manages them',
    )
    .addOption(
      new Option(
        '--patch <tool>',
        'show each change in the text of the tool that manages the pool; auto: the one that its tags or events name',
      ).choices(patchChoices),
    )
    .addHelpText(
      'after',
      closingHelp<typeof plan>(
        [
          'mfa-drift plan',
          'mfa-drift plan --account 111122223333 --report markdown=plan.md',
          'mfa-drift plan --patch auto --report markdown=plan.md',
          'mfa-drift plan --allow disruptive --max-users 5000 --out staff.plan.json',
        ],
        {
          0: 'nothing to change',
          1: 'could not run',
          2: 'there is a change or a refusal',
          3: 'not everything was read',
        },
      ),
    )
    .action(() => choose(async (shell) => (await import('../../plan.ts')).plan(command.opts<PlanFlags>(), shell)));
}

export function defineApply(command: Command, choose: Choose): void {
  addSettingFlags(addChangeFlags(command), 'limits')
    .option('--digest <sha256>', 'apply only the plan with this digest: the one that was approved')
    .option('--journal <file>', 'what was done, to go on and to undo (default: mfa-drift.journal-DIGEST.ndjson)')
    .option(
      '--hold <file>',
      "of a rollback's plan: write the exceptions there that keep the next run from changing it again",
    )
    .addOption(maxAgeOption('how old a plan may be'))
    .addHelpText(
      'after',
      closingHelp<typeof apply>(
        [
          'mfa-drift apply mfa-drift.plan.json',
          'mfa-drift apply mfa-drift.plan.json --digest sha256:9be1… --yes',
          'mfa-drift apply staff.plan.json --allow disruptive --max-users 5000',
        ],
        {
          0: 'done',
          1: 'could not run or declined: nothing was changed',
          4: 'something that was approved is left out or failed',
        },
      ),
    )
    .action((file: string) =>
      choose(async (shell) => (await import('../../apply.ts')).apply(file, command.opts<ApplyFlags>(), shell)),
    );
}

export function defineRollback(command: Command, choose: Choose): void {
  addSettingFlag(addChangeFlags(command), 'remediation.maxChanges')
    .option('--out <file>', 'only write the plan of the rollback there, for mfa-drift apply, and change nothing')
    .option('--journal <file>', 'what the rollback does (default: beside the journal, ending in .rollback.ndjson)')
    .option('--journal-digest <sha256>', 'undo only the journal with this digest: permission where nobody is asked')
    .option('--hold <file>', 'write the exceptions there that keep the next run from changing the pools again')
    .addHelpText(
      'after',
      closingHelp<typeof rollback>(
        [
          'mfa-drift rollback mfa-drift.journal-9be1c0ffee42.ndjson',
          'mfa-drift rollback mfa-drift.journal-9be1c0ffee42.ndjson --journal-digest sha256:4d2a… --yes --hold policies/hold.yaml',
          'mfa-drift rollback mfa-drift.journal-9be1c0ffee42.ndjson --out rollback.plan.json',
        ],
        {
          0: 'undone',
          1: 'could not run or declined: nothing was changed',
          2: 'with --out: there is a change or a refusal',
          3: 'with --out: not every pool was read',
          4: 'something could not be undone',
        },
      ),
    )
    .action((file: string) =>
      choose(async (shell) => (await import('../../rollback.ts')).rollback(file, command.opts<RollbackFlags>(), shell)),
    );
}

export function defineJournal(command: Command, choose: Choose): void {
  command
    .option('--redact', 'write a copy of it to standard output that may be handed on: external ids are masked')
    .addOption(colorOption())
    .addHelpText(
      'after',
      closingHelp<typeof journal>(
        [
          'mfa-drift journal mfa-drift.journal-9be1c0ffee42.ndjson',
          'mfa-drift journal mfa-drift.journal-9be1c0ffee42.ndjson | tail -n 1',
          'mfa-drift journal out/night.ndjson --redact > share/night.ndjson',
        ],
        { 0: 'shown', 1: 'not: it is none, or it was damaged' },
      ),
    )
    .action((file: string) =>
      choose(async (shell) => (await import('../../journal.ts')).journal(file, command.opts<JournalFlags>(), shell)),
    );
}
