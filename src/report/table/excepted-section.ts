import type { ExceptionRecord, ResultHead } from '../../domain/result.ts';
import { counted } from '../../words.ts';
import { visible } from '../escape/visible.ts';
import type { Overview } from '../overview.ts';
import { wrapped } from './layout.ts';
import type { Page } from './page.ts';

const dayMs = 24 * 60 * 60 * 1000;
const soonDays = 30;
const shown = 5;

/** What exceptions excuse, and which of them end soon. */
export function* exceptedSection({ run, summary }: ResultHead, overview: Overview, page: Page): Generator<string> {
  const { excepted } = summary.pools;
  const { accepted } = summary.gaps;
  if (excepted === 0 && accepted === 0) return;
  const counts = [
    excepted === 0 ? '' : counted(excepted, 'pool'),
    accepted === 0 ? '' : `${counted(accepted, 'place')} not read and accepted`,
  ];
  yield '';
  yield `EXCEPTED  ${counts.filter((count) => count !== '').join(' · ')}`;
  const ending = overview.exceptions
    .map((exception) => ({ exception, days: daysLeft(exception, run.finishedAt) }))
    .filter(({ days }) => days <= soonDays)
    .sort((one, other) => one.days - other.days);
  for (const { exception, days } of ending.slice(0, shown)) {
    yield* wrapped(endingInWords(exception, days), page.columns - 4).map((line) => `    ${line}`);
  }
  if (ending.length > shown) yield `    … ${counted(ending.length - shown, 'more')} within ${soonDays} days`;
}

/** Days until the end of its last day, seen from the end of the run. */
function daysLeft({ expires }: ExceptionRecord, now: string): number {
  return Math.floor((Date.parse(expires.slice(0, 10)) + dayMs - Date.parse(now)) / dayMs);
}

function endingInWords({ expires, ticket, owner, file, line }: ExceptionRecord, days: number): string {
  const when = days < 1 ? 'today' : `in ${counted(days, 'day')}, on ${visible(expires.slice(0, 10))}`;
  const who = [ticket, owner].flatMap((each) => (each === null ? [] : [visible(each)])).join(', ');
  return `ends ${when} (${who})  ${visible(file)}:${line}`;
}
