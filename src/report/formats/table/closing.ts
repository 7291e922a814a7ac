import type { ExceptionRecord, ResultHead } from '../../../domain/result/result.ts';
import { counted, duration, wholeNumber } from '../../../number-format.ts';
import { visible } from '../../../escape/visible.ts';
import type { Overview } from '../../views/overview.ts';
import { readPools } from '../../views/verdict.ts';
import { skipsInWords } from '../../text/skip-words.ts';
import { joined, wrapped } from './layout.ts';
import type { TablePage } from './page.ts';
import type { Warning } from '../../../domain/result/warning.ts';

const shownWarnings = 10;

/** @param told exceptions whose end the page names already */
export function* warningLines(head: ResultHead, told: readonly ExceptionRecord[], page: TablePage): Generator<string> {
  const warnings = head.warnings.filter((warning) => !isTold(warning, told));
  if (warnings.length === 0) return;
  yield '';
  yield `WARNINGS  ${wholeNumber(warnings.length)}`;
  for (const { file, line, message } of warnings.slice(0, shownWarnings)) {
    const place = file === null ? '' : `${visible(file)}${line === null ? '' : `:${line}`}  `;
    const lines = wrapped(`${place}${visible(message)}`, page.columns - 4);
    yield* lines.map((text, index) => `${index === 0 ? '  ' : '    '}${text}`);
  }
  const left = warnings.length - shownWarnings;
  if (left > 0) yield `  … ${wholeNumber(left)} more; all of them: --report json=result.json`;
}

function isTold({ code, file, line }: Warning, told: readonly ExceptionRecord[]): boolean {
  return code === 'exception-expiring' && told.some((exception) => exception.file === file && exception.line === line);
}

/** What was covered and what it cost, with the whole of every number. */
export function* coverageLines(
  head: ResultHead,
  { skips }: Overview,
  page: TablePage,
  pools = `${wholeNumber(readPools(head))} of ${counted(head.summary.pools.total, 'pool')} read`,
): Generator<string> {
  const { accounts, api } = head.summary;
  const facts = [
    pools,
    `${wholeNumber(accounts.audited)} of ${counted(accounts.listed, 'account')} wholly read`,
    ...skipsInWords(skips),
    duration(Date.parse(head.run.finishedAt) - Date.parse(head.run.startedAt)),
    `${counted(api.calls, 'call')}, ${wholeNumber(api.throttled)} throttled`,
  ];
  yield '';
  yield* joined(facts, page.columns);
}
