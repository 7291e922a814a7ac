import type { Command } from 'commander';
import { addReportFlags, colorOption, maxAgeOption, type ReportFlags, type ReportRenderFlags } from './flags.ts';
import { closingHelp } from './help.ts';
import type { Choose } from './dispatch.ts';

export function defineReport(command: Command, choose: Choose): void {
  addReportFlags(command)
    .option('--verify <folder>', 'check instead that an evidence pack is as it was written')
    .addOption(colorOption())
    .addOption(maxAgeOption('how far apart the shards of one run may have started'))
    .addHelpText(
      'after',
      closingHelp(
        [
          'mfa-drift report result.json',
          'mfa-drift report result.json --report ndjson=result.ndjson',
          'mfa-drift report shard-1.json shard-2.json --report json=result.json',
          'mfa-drift report result.json --redact --report json=to-share.json',
          'mfa-drift report --verify evidence',
        ],
        'the saved one, 1 when a result could not be read; --verify: 0 as written, 1 not',
      ),
    )
    .action((results: readonly string[]) =>
      choose(async (shell) =>
        (await import('../report.ts')).report(
          results,
          command.opts<ReportRenderFlags & ReportFlags & { verify?: string }>(),
          shell,
        ),
      ),
    );
}
