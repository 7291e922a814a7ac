import { Option, type Command } from 'commander';
import { settingTable } from '../../../domain/settings/table.ts';
import { formatNames } from '../../../report/registry.ts';
import { collect, suggest } from '../flag-values.ts';
import { addRenderingFlags, colorOption, maxAgeOption } from '../flags.ts';
import type { report, SavedReportFlags } from '../../report.ts';
import { closingHelp } from '../help.ts';
import type { Choose } from '../dispatch.ts';

/** Where no configuration is read, the flag is one like any other. */
const { reports } = settingTable;

export function defineReport(command: Command, choose: Choose): void {
  const option = suggest(new Option(reports.flag.flag, reports.flag.help), formatNames).argParser(collect);
  addRenderingFlags(command.addOption(option))
    .option('--verify <folder>', 'check instead that an evidence pack is as it was written')
    .addOption(colorOption())
    .addOption(maxAgeOption('how far apart the shards of one run may have started'))
    .addHelpText(
      'after',
      closingHelp<typeof report>(
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
        (await import('../../report.ts')).report(results, command.opts<SavedReportFlags>(), shell),
      ),
    );
}
