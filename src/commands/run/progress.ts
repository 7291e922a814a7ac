import type { ReadingProgress } from '../../reading/progress/reading-progress.ts';
import { timeLeftMs, type Recent } from '../../reading/progress/time-left.ts';
import { duration, wholeNumber } from '../../number-format.ts';
import type { Output } from '../output/shell.ts';
import type { ApiCounts } from '../../pacing/api-counts.ts';

export type Progress = ReadingProgress & Readonly<ApiCounts>;

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const redrawMs = 100;
const lineMs = 60_000;
const clearLine = '\r\u001b[2K';

/**
 * Draws progress on a terminal ten times a second; elsewhere a line a minute says how far it is. Returns what ends it
 * and clears what it drew.
 */
export function showProgress(read: () => Progress, output: Output): () => Promise<void> {
  const pulse = new Pulse();
  pulse.note(performance.now(), read());
  return showLine((columns) => {
    const progress = read();
    pulse.note(performance.now(), progress);
    return fitted(progressParts(progress, pulse.recent()), columns);
  }, output);
}

/** The same for any line; `read` is told how many columns there are. */
export function showLine(read: (columns: number) => string, output: Output): () => Promise<void> {
  let drawn = 0;
  const timer = setInterval(
    () => {
      if (!output.isTerminal) return void output.write(`${read(Infinity)}\n`);
      const frame = frames[drawn++ % frames.length];
      void output.write(`${clearLine}${frame} ${read(output.columns - 3)}`);
    },
    output.isTerminal ? redrawMs : lineMs,
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    if (drawn === 0) return;
    drawn = 0;
    await output.write(clearLine);
  };
}

const windowMs = 10_000;
/** Less than this says nothing of the seconds to come. */
const shortestMs = 3_000;

interface Beat extends Readonly<ApiCounts> {
  readonly atMs: number;
}

/** What the last seconds were like, from counts that are noted now and then. */
export class Pulse {
  private readonly beats: Beat[] = [];

  note(atMs: number, { calls, throttled, retried }: Readonly<ApiCounts>): void {
    this.beats.push({ atMs, calls, throttled, retried });
    while ((this.beats[1]?.atMs ?? atMs) <= atMs - windowMs) this.beats.shift();
  }

  recent(): Recent {
    const [first, last] = [this.beats[0], this.beats.at(-1)];
    if (first === undefined || last === undefined) return { callsPerSecond: 0, isCalm: false };
    const ms = last.atMs - first.atMs;
    const isCalm = first.throttled === last.throttled && first.retried === last.retried && ms >= shortestMs;
    return { callsPerSecond: ms === 0 ? 0 : (1000 * (last.calls - first.calls)) / ms, isCalm };
  }
}

/** Shorter than this, the end is near enough to need no number. */
const shortestLeftMs = 10_000;

/** `accounts 212/500`, `units 3,410/8,500`, `pools 1,204`, `186 calls/s`, `3 throttled`, `1m 40s left` */
export function progressParts(progress: Progress, recent: Recent): readonly string[] {
  const left = timeLeftMs(progress, recent);
  return [
    `accounts ${ofTotal(progress.accountsDone, progress.accountsTotal)}`,
    `units ${ofTotal(progress.unitsDone, progress.unitsTotal)}`,
    `pools ${wholeNumber(progress.pools)}`,
    `${wholeNumber(Math.round(recent.callsPerSecond))} calls/s`,
    ...(progress.throttled > 0 ? [`${wholeNumber(progress.throttled)} throttled`] : []),
    ...(left === null || left < shortestLeftMs ? [] : [`${duration(inSteps(left))} left`]),
  ];
}

/** No closer than it is known. */
function inSteps(ms: number): number {
  const step = ms < 120_000 ? 5_000 : 30_000;
  return Math.ceil(ms / step) * step;
}

function ofTotal(done: number, total: number | null): string {
  return total === null ? wholeNumber(done) : `${wholeNumber(done)}/${wholeNumber(total)}`;
}

/** As many of the parts as there is room for, without those in the middle first: how far it is, and how long it takes. */
function fitted(parts: readonly string[], columns: number): string {
  const kept = [...parts];
  while (kept.length > 1 && kept.join(' · ').length > columns) kept.splice(Math.floor(kept.length / 2), 1);
  return kept.join(' · ').slice(0, columns);
}
