/** What an audit would be able to read, and how to mend what it would not. */
import type { Result } from '../domain/result.ts';
import { counted, wholeNumber } from '../words.ts';
import { inChunks } from './chunks.ts';
import { visible } from '../escape/visible.ts';
import type { PageOptions } from './format.ts';
import { collectOverview } from './overview.ts';
import { masked } from './redact.ts';
import { coverageLines } from './table/closing.ts';
import { namedAccounts, notReadSection } from './table/not-read-section.ts';
import { newPage, type Page } from './table/page.ts';

const limits = { unsettledPools: 0, accountsPerGap: namedAccounts };

export function doctorReport(result: Result, options: PageOptions): AsyncIterable<string> {
  return inChunks(lines(result, options));
}

async function* lines(whole: Result, options: PageOptions): AsyncGenerator<string> {
  const result = masked(whole, options.masking);
  const page = newPage(options);
  const overview = await collectOverview(result, limits);
  for (const line of answers(result, page)) yield `${line}\n`;
  for (const line of notReadSection(overview, result.head.summary.gaps.open, page)) yield `${line}\n`;
  for (const line of coverageLines(result.head, overview, page)) yield `${line}\n`;
}

function answers({ head: { run, summary } }: Result, { paint }: Page): readonly string[] {
  const { listed, skipped, audited } = summary.accounts;
  const tried = listed - skipped;
  const roles = `${wholeNumber(audited)} of ${counted(tried, 'account')} can be read wholly`;
  return [
    `${paint.good('ok')}    credentials    ${visible(run.callerArn ?? '')}`,
    run.organizationId === null
      ? `${paint.unknown('none')}  organization   the caller's account is in none, or may not ask`
      : `${paint.good('ok')}    organization   ${visible(run.organizationId)}, ${counted(listed, 'account')}`,
    `${audited === tried ? `${paint.good('ok')}  ` : paint.bad('FAIL')}  roles          ${roles}`,
    summary.gaps.open === 0
      ? `${paint.good('ok')}    permissions    every region was listed, and its first pool read and described`
      : `${paint.bad('FAIL')}  permissions    ${counted(summary.gaps.open, 'place')} can't be read; below is why and what to do`,
  ];
}
