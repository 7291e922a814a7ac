import { Option, type Command } from 'commander';
import type { init, InitFlags } from '../../init.ts';
import { floors, scopes } from '../../init/answers.ts';
import { runnerNames } from '../../init/runners.ts';
import type { Choose } from '../dispatch.ts';
import { addConnectionFlags, addLogFlags } from '../flags.ts';
import { closingHelp } from '../help.ts';

export function defineInit(command: Command, choose: Choose): void {
  command
    .addOption(new Option('--runner <name>', 'where it will run every night').choices(runnerNames))
    .addOption(new Option('--scope <which>', "which accounts: the organization's, or the caller's own").choices(scopes))
    .option('--role <name>', 'the role to assume in each account (default: MfaDriftAudit)')
    .option('--external-id <id>', 'the external id that this role wants, if it wants one')
    .addOption(new Option('--mfa <floor>', 'what pools with users must have: a second factor').choices(floors))
    .option('--folder <folder>', 'where to write', '.')
    .option('--no-look', 'ask AWS nothing');
  addLogFlags(addConnectionFlags(command))
    .addHelpText(
      'after',
      closingHelp<typeof init>(
        [
          'mfa-drift init',
          'mfa-drift init --runner github --profile audit',
          'mfa-drift init --runner none --role OurAudit --external-id 111122223333-audit',
          'mfa-drift init --runner gitlab --scope organization --mfa required --no-look',
        ],
        { 0: 'written', 1: 'not, and nothing was written' },
      ),
    )
    .action(() => choose(async (shell) => (await import('../../init.ts')).init(command.opts<InitFlags>(), shell)));
}
