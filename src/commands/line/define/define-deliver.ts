import { Option, type Command } from 'commander';
import { targetForms } from '../../../deliver/targets.ts';
import type { deliver, DeliverFlags } from '../../deliver.ts';
import type { Choose } from '../dispatch.ts';
import { collect } from '../flag-values.ts';
import { addConnectionFlags, maxAgeOption } from '../flags.ts';
import { addSettingFlags } from '../setting-flags.ts';
import { closingHelp } from '../help.ts';

export function defineDeliver(command: Command, choose: Choose): void {
  addSettingFlags(addConnectionFlags(command), 'endpoint')
    .addOption(
      new Option('--to <target>', 'where to (repeatable; default: deliver in the configuration)').argParser(collect),
    )
    .option('--baseline <result>', 'the night before: only what is new since is told')
    .option('--history <folder>', 's3 takes the nights of this history along (default: this night alone)')
    .option('--config <file>', 'configuration (default: mfa-drift.yaml or .yml, where it exists)')
    .option('--deliveries <folder>', 'what remembers what was delivered (default: .mfa-drift/deliveries)')
    .addOption(maxAgeOption('how far apart the shards of one run may have started'))
    .addHelpText(
      'after',
      `\nTargets:\n${targetsHelp()}\n${closingHelp<typeof deliver>(
        [
          'mfa-drift deliver tonight.json --baseline last.json --to slack',
          'mfa-drift deliver tonight.json --baseline last.json --to slack:SLACK_PLATFORM_TEAM',
          'mfa-drift deliver tonight.json --to securityhub:111122223333/eu-west-1 --to s3://acme-evidence/mfa',
        ],
        { 0: 'delivered everywhere', 1: 'could not run', 4: 'something was not delivered' },
      )}`,
    )
    .action((results: readonly string[]) =>
      choose(async (shell) => (await import('../../deliver.ts')).deliver(results, command.opts<DeliverFlags>(), shell)),
    );
}

function targetsHelp(): string {
  const forms = Object.values(targetForms);
  const width = Math.max(...forms.map(({ form }) => form.length));
  return forms.map(({ form, what }) => `  ${form.padEnd(width)}  ${what}`).join('\n');
}
