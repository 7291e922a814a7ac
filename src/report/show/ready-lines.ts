/** What `show` knows of the users of a pool, how old that is, and what measures it. */
import type { ReadinessRecord } from '../../domain/readiness/record.ts';
import type { AwaitedReadiness } from '../../domain/remediation/plan/awaited-readiness.ts';
import { lineOf } from '../../domain/remediation/request/requested-changes.ts';
import type { PoolRecord } from '../../domain/result/result.ts';
import { visible } from '../../escape/visible.ts';
import { whole } from '../formats/table/layout.ts';
import { age, percent } from '../../number-format.ts';
import { readinessBar, readinessBars } from '../text/readiness-bar.ts';
import { commandLine } from '../text/shell-words.ts';
import { readinessLines } from '../text/readiness-words.ts';

/** With the command that measures what the change waits for. */
export interface Awaited extends AwaitedReadiness {
  readonly command: readonly string[];
  /** The saved result in which a measurement was looked for; `null`: in none. */
  readonly lookedIn: string | null;
}

export interface SeenReadiness {
  /** `null`: no change waits for the users. */
  readonly awaited: Awaited | null;
  readonly now: Date;
}

/** `show` itself asks no user: that takes requests from a quota that applications share. */
export function readyLines(record: PoolRecord, { awaited, now }: SeenReadiness): readonly string[] {
  const lines = [...knownLines(record, now), ...(awaited === null ? [] : awaitedLines(awaited, record))];
  return lines.length === 0 ? [] : ['', 'ready', ...lines.map((line) => `  ${line}`)];
}

/** What was measured, beside the baseline's; or the baseline's alone, of a pool that was read just now. */
function knownLines({ readiness, earlierReadiness }: PoolRecord, now: Date): readonly string[] {
  if (readiness !== null) {
    const { shares, waitsFor } = readiness;
    const earlier = earlierReadiness?.shares['as-written'] ?? null;
    return [...datedLines(readiness, now), ...readinessBars({ share: shares['as-written'], waitsFor }, earlier)];
  }
  if (earlierReadiness === null) return [];
  const { shares, waitsFor } = earlierReadiness;
  return [...datedLines(earlierReadiness, now), `baseline  0 % ${readinessBar(shares['as-written'], waitsFor)} 100 %`];
}

function datedLines(readiness: ReadinessRecord, now: Date): readonly string[] {
  const [first = '', ...rest] = readinessLines(readiness);
  return [`${first}, ${age(Math.max(0, now.getTime() - Date.parse(readiness.measuredAt)))} ago`, ...rest];
}

function awaitedLines(awaited: Awaited, record: PoolRecord): readonly string[] {
  const isKnown = record.readiness !== null || record.earlierReadiness !== null;
  const names = [...new Set(awaited.lines.map((line) => visible(lineOf(line))))].join(' and ');
  const waits = `${names} ${awaited.lines.length === 1 ? 'waits' : 'wait'} for ${percent(awaited.waitsFor)} of its users`;
  return [
    ...(isKnown
      ? []
      : [`not measured${awaited.lookedIn === null ? '' : ` in ${visible(awaited.lookedIn)}`}: ${waits}`]),
    'show lists no users, since that costs quota; measure them now:',
    `  ${whole(commandLine(awaited.command))}`,
  ];
}
