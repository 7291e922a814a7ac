import type { Command } from 'commander';
import type {
  historyAdd,
  historyEvidence,
  historyPrune,
  historyReport,
  historyVerify,
  HistoryFlags,
  HistoryReportFlags,
  PruneFlags,
} from '../../history.ts';
import { wholeNumber, toDate } from '../flag-values.ts';
import { closingHelp } from '../help.ts';
import type { Choose } from '../dispatch.ts';

export function defineHistory(history: Command, choose: Choose): void {
  const add = ofHistory(history.command('add'))
    .argument('<result...>', 'saved results (json or ndjson), each a night; shards are merged by report first')
    .description('Add the night of each saved result; one that is there already stays as it is.')
    .addHelpText(
      'after',
      closingHelp<typeof historyAdd>(['mfa-drift history add result.json --history history'], {
        0: 'added, or there already',
        1: 'not',
      }),
    );
  add.action((files: readonly string[]) =>
    choose(async (shell) => (await import('../../history.ts')).historyAdd(files, add.opts<HistoryFlags>(), shell)),
  );
  const verify = ofHistory(history.command('verify'))
    .description('Check that every night is whole and as it was written.')
    .addHelpText(
      'after',
      closingHelp<typeof historyVerify>(['mfa-drift history verify --history history'], { 0: 'as written', 1: 'not' }),
    );
  verify.action(() =>
    choose(async (shell) => (await import('../../history.ts')).historyVerify(verify.opts<HistoryFlags>(), shell)),
  );
  const report = ofSpan(history.command('report'), '<file>', 'write the page there')
    .description('Draw a span of nights as one page: verdicts, what opened and was resolved, time to fix, exceptions.')
    .addHelpText(
      'after',
      closingHelp<typeof historyReport>(
        [
          'mfa-drift history report --history history --out history.html',
          'mfa-drift history report --history history --from 2026-03-01 --to 2026-03-31 --out march.html',
        ],
        { 0: 'written', 1: 'not' },
      ),
    );
  report.action(() =>
    choose(async (shell) => (await import('../../history.ts')).historyReport(report.opts<HistoryReportFlags>(), shell)),
  );
  const evidence = ofSpan(history.command('evidence'), '<folder>', 'a new folder')
    .description(
      'Write what an auditor asks of a period: of every pool and policy, the nights on which it was checked and held.',
    )
    .addHelpText(
      'after',
      closingHelp<typeof historyEvidence>(
        ['mfa-drift history evidence --history history --from 2026-03-01 --to 2026-03-31 --out march'],
        { 0: 'written', 1: 'not' },
      ),
    );
  evidence.action(() =>
    choose(async (shell) =>
      (await import('../../history.ts')).historyEvidence(evidence.opts<HistoryReportFlags>(), shell),
    ),
  );
  const prune = ofHistory(history.command('prune'))
    .description('Remove the nights before a date, and what interrupted additions have left.')
    .option('--before <date>', 'YYYY-MM-DD; the night of that date stays', toDate)
    .option('--keep <days>', 'nights of so many days before today stay', wholeNumber(1))
    .addHelpText(
      'after',
      closingHelp<typeof historyPrune>(
        [
          'mfa-drift history prune --history history --keep 400',
          'mfa-drift history prune --history history --before 2026-01-01',
        ],
        { 0: 'removed', 1: 'not' },
      ),
    );
  prune.action(() =>
    choose(async (shell) => (await import('../../history.ts')).historyPrune(prune.opts<PruneFlags>(), shell)),
  );
}

function ofHistory(command: Command): Command {
  return command.requiredOption('--history <folder>', 'the history');
}

/** Of the nights between two dates, both included, written somewhere. */
function ofSpan(command: Command, target: '<file>' | '<folder>', where: string): Command {
  return ofHistory(command)
    .requiredOption(`--out ${target}`, where)
    .option('--from <date>', 'YYYY-MM-DD, the first night (default: the first there is)', toDate)
    .option('--to <date>', 'YYYY-MM-DD, the last night (default: the last there is)', toDate);
}
