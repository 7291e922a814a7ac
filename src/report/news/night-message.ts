/** The seven-in-the-morning summary: what a night says that the last one did not, short enough for a channel. */
import { isNews, type News } from '../../domain/news/news.ts';
import { resolvedReasons, type ResolvedReason, type Result, type ResultHead } from '../../domain/result/result.ts';
import { severities, type Severity } from '../../domain/model/severity.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { newGapGroups, placesInWords } from '../views/gap-groups.ts';
import { placeInWords } from '../views/gap-places.ts';
import { narrowings } from '../views/verdict.ts';
import { exceptionLine, line, newLine, resolvedLine, selectorLine, worseLine } from './news-lines.ts';
import { newShortlist } from './shortlist.ts';

export interface NewsSection {
  /** Our own words and a number. */
  readonly heading: string;
  /** Worst first. Names of others stand in them. */
  readonly lines: readonly string[];
  /** How many more there are. */
  readonly leftOut: number;
}

export interface NightMessage {
  readonly runId: string;
  /** Whether there is anything that last night did not say. */
  readonly hasNews: boolean;
  /** Our own words and numbers alone, as headings are. */
  readonly title: string;
  /** Where the whole stands tonight; what narrowed the run may name its places. */
  readonly facts: readonly string[];
  readonly sections: readonly NewsSection[];
}

/** How many lines of a section are kept at most. */
const mostLines = 10;

/**
 * Reads the news once and keeps a bounded part of it.
 *
 * @param lastNight with which the news compares; `null`: with nothing, or with what the result was compared with itself
 */
export async function nightMessage(
  { head }: Result,
  lastNight: Result | null,
  news: AsyncIterable<News>,
): Promise<NightMessage> {
  const parts = newParts();
  let hasNews = false;
  for await (const item of news) {
    parts.add(item);
    hasNews ||= isNews(item);
  }
  const sections = parts.sections();
  return { runId: head.run.id, hasNews, title: titleOf(parts.counts()), facts: factsOf(head, lastNight), sections };
}

type Counts = Readonly<Record<News['kind'], number>>;

interface Parts {
  add(item: News): void;
  counts(): Counts;
  sections(): readonly NewsSection[];
}

function newParts(): Parts {
  const counts: Record<News['kind'], number> = {
    new: 0,
    worse: 0,
    resolved: 0,
    unreadable: 0,
    readable: 0,
    'exception-ends': 0,
    'selector-empty': 0,
  };
  const [fresh, worse, resolved] = [bySeverity(), bySeverity(), bySeverity()];
  const [readable, ending, empty] = [bySeverity(), bySeverity(), bySeverity()];
  const reasons = new Map<ResolvedReason, number>();
  const gaps = newGapGroups();
  return {
    counts: () => counts,
    add(item) {
      counts[item.kind] += 1;
      switch (item.kind) {
        case 'new':
          return fresh.add(item.finding.severity, () => newLine(item));
        case 'worse':
          return worse.add(item.finding.severity, () => worseLine(item));
        case 'resolved':
          reasons.set(item.finding.reason, (reasons.get(item.finding.reason) ?? 0) + 1);
          return resolved.add(item.finding.severity, () => resolvedLine(item));
        case 'unreadable':
          return gaps.add(item.gap);
        case 'readable':
          return readable.add('info', () => line(placeInWords(item.gap)));
        case 'exception-ends':
          return ending.add('info', () => exceptionLine(item));
        case 'selector-empty':
          return empty.add('info', () => selectorLine(item));
      }
    },
    sections: () =>
      [
        section(`New: ${counted(counts.new, 'finding')}`, fresh.kept(), counts.new),
        section(`Worse: ${counted(counts.worse, 'finding')}`, worse.kept(), counts.worse),
        gapSection(counts.unreadable, gaps.groups()),
        section(`Policies that select no pool any more`, empty.kept(), counts['selector-empty']),
        section('Exceptions that end within 14 days', ending.kept(), counts['exception-ends']),
        section(resolvedHeading(counts.resolved, reasons), resolved.kept(), counts.resolved),
        section(`Read again: ${counted(counts.readable, 'place')}`, readable.kept(), counts.readable),
      ].filter(({ lines }) => lines.length > 0),
  };
}

function bySeverity() {
  return newShortlist<Severity, string>(severities, mostLines);
}

function section(heading: string, lines: readonly string[], count: number): NewsSection {
  return { heading, lines, leftOut: count - lines.length };
}

function gapSection(count: number, groups: ReturnType<ReturnType<typeof newGapGroups>['groups']>): NewsSection {
  const shown = groups.slice(0, mostLines);
  const lines = shown.map((group) => {
    const [only] = group.accountIds;
    const where = group.accountIds.size === 1 ? `${placesInWords(group)} ${only ?? ''}` : placesInWords(group);
    return line(`${where}: ${group.reason}. ${group.remedy}`);
  });
  const left = groups.slice(mostLines).reduce((sum, group) => sum + group.count, 0);
  return { heading: `Newly unreadable: ${counted(count, 'place')}`, lines, leftOut: left };
}

const reasonWords: Readonly<Record<ResolvedReason, string>> = {
  fixed: 'fixed',
  'pool-gone': 'with a pool that is gone',
  'account-left': 'of an account that left',
  'policy-changed': 'that no policy asks for any more',
  excepted: 'excused by an exception',
};

function resolvedHeading(count: number, reasons: ReadonlyMap<ResolvedReason, number>): string {
  const parts = resolvedReasons.flatMap((reason) => {
    const found = reasons.get(reason);
    return found === undefined ? [] : [`${wholeNumber(found)} ${reasonWords[reason]}`];
  });
  return `Resolved: ${counted(count, 'finding')} (${parts.join(', ')})`;
}

function titleOf(counts: Counts): string {
  const parts = [
    counts.new === 0 ? '' : counted(counts.new, 'finding is new', 'findings are new'),
    counts.worse === 0 ? '' : counted(counts.worse, 'finding is worse', 'findings are worse'),
    counts.unreadable === 0 ? '' : `${counted(counts.unreadable, 'place')} newly unreadable`,
    counts['selector-empty'] === 0 ? '' : `${counted(counts['selector-empty'], 'policy', 'policies')} without a pool`,
    counts.resolved === 0 ? '' : counted(counts.resolved, 'finding is resolved', 'findings are resolved'),
    counts.readable === 0 ? '' : `${counted(counts.readable, 'place')} read again`,
  ].filter((part) => part !== '');
  const ends = counts['exception-ends'];
  const quiet = ends === 0 ? 'nothing is new' : counted(ends, 'exception ends soon', 'exceptions end soon');
  return `mfa-drift: ${parts.length === 0 ? quiet : parts.join(', ')}`;
}

function factsOf(head: ResultHead, lastNight: Result | null): readonly string[] {
  const { run, summary, complete } = head;
  const { pools, drift, gaps, accounts } = summary;
  const night = `${run.startedAt.slice(0, 10)} ${run.startedAt.slice(11, 16)} UTC`;
  return [
    `${wholeNumber(drift.pools)} of ${counted(pools.total, 'pool')} in ${counted(accounts.listed, 'account')} ${drift.pools === 1 ? 'drifts' : 'drift'}`,
    complete ? 'everything in scope was read' : `not everything was read: ${counted(gaps.open, 'place')} missing`,
    `run of ${night}, exit ${run.exitCode}`,
    comparedWith(run, lastNight?.head.run.startedAt ?? null),
    ...narrowings(head).map(line),
  ];
}

function comparedWith({ baseline }: ResultHead['run'], lastNight: string | null): string {
  if (lastNight !== null) return `compared with the night of ${lastNight.slice(0, 10)}`;
  return baseline === null
    ? 'compared with no earlier night, so that everything counts as new'
    : `compared with the night of ${baseline.startedAt.slice(0, 10)}, findings alone`;
}
