import type { Command } from 'commander';
import { addPolicyFlags, type PolicyFlags } from './flags.ts';
import { closingHelp } from './help.ts';
import type { Choose } from './program.ts';

export function definePolicy(program: Command, choose: Choose): void {
  const policy = program.command('policy').description('Check policies offline.');
  const check = policy
    .command('check')
    .description('Validate policies, exceptions and configuration, offline; every error at once.');
  addPolicyFlags(check)
    .addHelpText(
      'after',
      closingHelp(
        [
          'mfa-drift policy check',
          'mfa-drift policy check --policies policies --policies more/admin.yaml',
          'mfa-drift policy check --config staging.yaml',
        ],
        '0 valid (warnings do not count), 1 not',
      ),
    )
    .action(() =>
      choose(async (shell) => (await import('./policy-check.ts')).policyCheck(check.opts<PolicyFlags>(), shell)),
    );
}
