import { dayMs } from '../../../domain/model/day.ts';
import type { ExceptionRecord, ResultHead } from '../../../domain/result/result.ts';
import { counted } from '../../../number-format.ts';
import { visible } from '../../../escape/visible.ts';
import type { Overview } from '../../views/overview.ts';
import type { Excuse, Excuses } from './excuses.ts';
import { joined, shortened, wrapped } from './layout.ts';
import { placeWithAccounts } from './not-read-section.ts';
import type { TablePage } from './page.ts';
import type { PoolRows } from './drift/pool-rows.ts';

const soonDays = 30;
const shownExceptions = 10;

/** What exceptions excuse, by whom and until when; and apart from it what they only hold, which drifts on. */
export function* exceptedSection(
  { run, summary }: ResultHead,
  excuses: Excuses,
  overview: Overview,
  rows: PoolRows,
  page: TablePage,
): Generator<string> {
  const { excused, held } = excuses.poolCounts();
  const found = excuses.found();
  const accepted =
    summary.gaps.accepted === 0 ? '' : `${counted(summary.gaps.accepted, 'place')} not read and accepted`;
  const counts = [excused === 0 ? '' : counted(excused, 'pool'), accepted].filter((count) => count !== '');
  const draw = { overview, rows, page, now: run.finishedAt };
  yield* section(
    `EXCEPTED  ${counts.join(' · ')}`,
    found.filter(({ exception }) => !exception.hold),
    draw,
  );
  const words = `${counted(held, 'pool')} ${held === 1 ? 'drifts and is' : 'drift and are'} not fixed`;
  yield* section(
    `HELD  ${words}`,
    found.filter(({ exception }) => exception.hold),
    draw,
  );
}

/** The exceptions that the section names, whose end needs no warning beside it. */
export function namedExceptions(excuses: Excuses): readonly ExceptionRecord[] {
  const found = excuses.found().map(({ exception }) => exception);
  return [false, true].flatMap((hold) =>
    found.filter((exception) => exception.hold === hold).slice(0, shownExceptions),
  );
}

interface Drawing {
  readonly overview: Overview;
  readonly rows: PoolRows;
  readonly page: TablePage;
  readonly now: string;
}

function* section(heading: string, excuses: readonly Excuse[], draw: Drawing): Generator<string> {
  if (excuses.length === 0) return;
  yield '';
  yield heading;
  for (const excuse of excuses.slice(0, shownExceptions)) yield* excuseLines(excuse, draw);
  const left = excuses.length - shownExceptions;
  if (left > 0) yield `  … ${counted(left, 'more exception')}; all of them: --report html=drift.html`;
}

function* excuseLines({ exception, pools, poolCount, gaps }: Excuse, draw: Drawing): Generator<string> {
  const { columns } = draw.page;
  const { ticket, owner, file, line, reason } = exception;
  const facts = [
    endInWords(exception, draw.now),
    ...(ticket === null ? [] : [visible(ticket)]),
    visible(owner),
    `${visible(file)}:${line}`,
  ];
  yield* joined(facts, columns - 4).map((text, index) => `${index === 0 ? '  ' : '    '}${text}`);
  yield `    ${shortened(visible(reason), columns - 4)}`;
  for (const { pool, policies } of pools) {
    yield* draw.rows.lines(pool, [policies.map((policy) => visible(policy ?? 'no policy')).join(', ')]);
  }
  if (poolCount > pools.length) yield `    … ${counted(poolCount - pools.length, 'more pool')}`;
  for (const group of gaps) {
    const place = `${placeWithAccounts(group, draw.overview.accountNames)}  ${group.code}`;
    yield* wrapped(place, columns - 6).map((text, index) => `${index === 0 ? '    ' : '      '}${text}`);
  }
}

/** `until 2026-11-30, in 12 days`, seen from the end of the run; it holds through its last day. */
function endInWords({ expires }: ExceptionRecord, now: string): string {
  const day = expires.slice(0, 10);
  const days = Math.floor((Date.parse(day) + dayMs - Date.parse(now)) / dayMs);
  if (days > soonDays) return `until ${visible(day)}`;
  return `until ${visible(day)}, ${days < 1 ? 'today' : `in ${counted(days, 'day')}`}`;
}
