import { Option, type Command } from 'commander';
import {
  addAuditFlags,
  addConnectionFlags,
  addDocumentFlags,
  addLogFlags,
  addNarrowingFlags,
  addOutputFlags,
  addPlaceFlags,
  addPolicyFlags,
  addReportFlags,
  addSandboxFlags,
  colorOption,
  type AuditFlags,
  type SandboxFlags,
} from '../flags.ts';
import { toMilliseconds, wholeNumber } from '../flag-values.ts';
import { enrolments } from '../../../domain/model/enrolment.ts';
import type { RemediateFlags } from '../../audit-remediate.ts';
import type { ExitCode } from '../../../domain/result/exit-code.ts';
import { UserError } from '../../../errors.ts';
import { closingHelp, everyExit } from '../help.ts';
import { addSettingFlag, addSettingFlags } from '../setting-flags.ts';
import type { Choose } from '../dispatch.ts';
import type { demo, DemoFlags } from '../../demo.ts';
import type { doctor, DoctorFlags } from '../../doctor.ts';
import type { readiness, ReadinessFlags } from '../../readiness.ts';
import type { Shell } from '../../output/shell.ts';
import type { sandbox } from '../../sandbox.ts';
import type { show, ShowFlags } from '../../show.ts';

export function defineAudit(command: Command, choose: Choose): void {
  const reading = addAuditFlags(addConnectionFlags(addPolicyFlags(command)));
  const reporting = addOutputFlags(addReportFlags(addSettingFlags(reading, 'limits')));
  addSettingFlags(addSettingFlags(reporting, 'endpoint'), 'deliver')
    .option('--deliveries <folder>', 'what remembers what was delivered (default: .mfa-drift/deliveries)')
    .option('--from <result>', 'judge what a saved result has, offline: no AWS call, no credentials')
    .option('--history <folder>', 'add the night to a history in Parquet (docs/history.md)')
    .option('--remediate', 'also fix drift, where a policy has remediation mode auto', false)
    .option('--journal <file>', 'what was fixed, to go on and to undo (default: mfa-drift.journal-RUN.ndjson)')
    .addHelpText(
      'after',
      closingHelp<typeof runAudit>(
        [
          'mfa-drift audit',
          'mfa-drift audit --account 111122223333 --region eu-west-1',
          'mfa-drift audit --report table --report json=out/result.json --fail-on high',
          'mfa-drift audit --baseline last.json --fail-on-new --report json=last.json',
          'mfa-drift audit --from last.json --report markdown=comment.md',
          'mfa-drift audit --remediate --report html=drift.html',
        ],
        everyExit(),
      ),
    )
    .action(() => choose((shell) => runAudit(command.optsWithGlobals<RemediatingFlags>(), shell)));
}

type RemediatingFlags = AuditFlags & RemediateFlags & { readonly from?: string };

/** Without AWS nothing of AWS is loaded either. */
async function runAudit({ from, ...flags }: RemediatingFlags, shell: Shell): Promise<ExitCode> {
  if (from === undefined) return (await import('../../audit.ts')).audit(flags, shell);
  if (flags.remediate === true) throw new UserError('--remediate changes live pools, and --from reads a saved result.');
  if (flags.history !== undefined)
    throw new UserError('--history keeps what a run has read, and --from judges anew what another had.');
  return (await import('../../audit-from-saved.ts')).replay({ ...flags, from }, shell);
}

export function defineShow(command: Command, choose: Choose): void {
  addSettingFlag(addDocumentFlags(addLogFlags(addConnectionFlags(addPolicyFlags(addPlaceFlags(command))))), 'blame')
    .option('--from <result>', 'look in a saved result instead of AWS')
    .option('--baseline <result>', 'a saved result: say too what it has measured of the readiness of its users')
    .option('--no-redact', 'do not mask the external id of its SMS role')
    .addOption(colorOption())
    .addHelpText(
      'after',
      closingHelp<typeof show>(
        [
          'mfa-drift show arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123',
          'mfa-drift show eu-west-1_AbCdEf123 --account 111122223333 --region eu-west-1',
          'mfa-drift show eu-west-1_AbCdEf123 --account 111122223333 --region eu-west-1 --baseline last.json',
          'mfa-drift show eu-west-1_AbCdEf123 --from result.json --policies draft.yaml --report json',
        ],
        { 0: 'shown, whatever the verdict', 1: 'not' },
      ),
    )
    .action((pool: string) =>
      choose(async (shell) => (await import('../../show.ts')).show(pool, command.opts<ShowFlags>(), shell)),
    );
}

export function defineReadiness(command: Command, choose: Choose): void {
  addDocumentFlags(addOutputFlags(addConnectionFlags(addPlaceFlags(command))))
    .option('--config <file>', 'configuration (default: mfa-drift.yaml or .yml, where it exists)')
    .option(
      '--policies [path]',
      'measure every pool that policies would turn ON, or whose factors they would take away; these, or the configured ones',
    )
    .option(
      '--allow-billed-reads',
      'where AdminGetUserAuthFactors is denied, use AdminGetUser, which counts each user as active for the bill',
      false,
    )
    .addOption(new Option('--enrolment <who>', 'who enrols users without a factor').choices(enrolments))
    .option(
      '--max-reads <n>',
      'read the factors of at most so many users (default: 500; a pool below 2,000 whole)',
      wholeNumber(1),
    )
    .option(
      '--max-time <duration>',
      'list all users where that takes no longer (default: where there are up to 200,000)',
      toMilliseconds,
    )
    .addHelpText(
      'after',
      closingHelp<typeof readiness>(
        [
          'mfa-drift readiness arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123',
          'mfa-drift readiness eu-west-1_AbCdEf123 --account 111122223333 --region eu-west-1 --enrolment managed-login',
          'mfa-drift readiness --policies --report table --report json=readiness.json',
        ],
        { 0: 'every pool was measured', 1: 'could not run', 3: 'not every pool was measured, or read' },
      ),
    )
    .action((pools: readonly string[]) =>
      choose(async (shell) =>
        (await import('../../readiness.ts')).readiness(pools, command.opts<ReadinessFlags>(), shell),
      ),
    );
}

export function defineDoctor(command: Command, choose: Choose): void {
  addNarrowingFlags(addPolicyFlags(command), 'check').option(
    '--no-redact',
    "do not mask other accounts' ids where standard output is no terminal",
  );
  addDocumentFlags(addOutputFlags(addConnectionFlags(command)))
    .addHelpText(
      'after',
      closingHelp<typeof doctor>(
        [
          'mfa-drift doctor',
          'mfa-drift doctor --account 111122223333',
          'mfa-drift doctor --profile audit --region eu-west-1',
          'mfa-drift doctor --report table --report json=doctor.json',
        ],
        {
          0: 'everything that the configuration and the policies ask for is allowed',
          1: 'could not run',
          3: 'it is not',
        },
      ),
    )
    .action(() =>
      choose(async (shell) => (await import('../../doctor.ts')).doctor(command.opts<DoctorFlags>(), shell)),
    );
}

export function defineDemo(command: Command, choose: Choose): void {
  addOutputFlags(addReportFlags(addSandboxFlags(addPolicyFlags(command))))
    .addHelpText(
      'after',
      closingHelp<typeof demo>(
        [
          'mfa-drift demo',
          'mfa-drift demo --report json=demo.json',
          'mfa-drift demo --seed 7 --accounts 50 --pools 400',
        ],
        "the audit's; the shipped fleet holds drift and places that can't be read, so 3",
      ),
    )
    .action(() => choose(async (shell) => (await import('../../demo.ts')).demo(command.opts<DemoFlags>(), shell)));
}

export function defineSandbox(command: Command, choose: Choose): void {
  addSandboxFlags(command)
    .addHelpText(
      'after',
      closingHelp<typeof sandbox>(
        [
          'mfa-drift sandbox -- aws organizations list-accounts',
          'mfa-drift sandbox --fleet my-fleet.yaml --faults faults.yaml -- bash',
          'mfa-drift sandbox --seed 7 --accounts 100 --pools 2000 --port 4599',
        ],
        {
          0: 'when it is stopped',
          1: "when it could not start; with a command, the command's own, or 128 and the number of the signal that ended it",
        },
      ),
    )
    .action((words: readonly string[]) =>
      choose(async (shell) => {
        const flags = command.opts<SandboxFlags>();
        const [program, ...args] = words;
        if (program === undefined) return (await import('../../sandbox.ts')).sandbox(flags, shell);
        return (await import('../../sandbox-command.ts')).runInSandbox(flags, { program, args }, shell);
      }),
    );
}
