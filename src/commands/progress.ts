import { duration, wholeNumber } from '../words.ts';
import type { Output } from './shell.ts';

/** How far a run is. Totals are `null` until they are known. */
export interface Progress {
  readonly accountsDone: number;
  readonly accountsTotal: number | null;
  readonly unitsDone: number;
  readonly unitsTotal: number | null;
  readonly pools: number;
  readonly calls: number;
  readonly throttled: number;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const redrawMs = 100;
const lineMs = 60_000;
const clearLine = '\r\u001b[2K';

/**
 * Draws progress on a terminal ten times a second; elsewhere a line a minute says how far it is. Returns what ends it
 * and clears what it drew.
 */
export function showProgress(read: () => Progress, output: Output): () => Promise<void> {
  const startedAt = Date.now();
  let drawn = 0;
  const timer = setInterval(
    () => {
      const text = progressLine(read(), Date.now() - startedAt);
      if (!output.isTerminal) return void output.write(`${text}\n`);
      const frame = frames[drawn++ % frames.length];
      void output.write(`${clearLine}${frame} ${text.slice(0, output.columns - 3)}`);
    },
    output.isTerminal ? redrawMs : lineMs,
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    if (drawn > 0) await output.write(clearLine);
  };
}

/** `accounts 212/500 · units 3,410/8,500 · pools 1,204 · 186 calls/s · 3 throttled · 1m 40s left` */
export function progressLine(progress: Progress, elapsedMs: number): string {
  const left = timeLeftMs(progress, elapsedMs);
  return [
    `accounts ${ofTotal(progress.accountsDone, progress.accountsTotal)}`,
    `units ${ofTotal(progress.unitsDone, progress.unitsTotal)}`,
    `pools ${wholeNumber(progress.pools)}`,
    `${wholeNumber(Math.round(progress.calls / Math.max(elapsedMs / 1000, 1)))} calls/s`,
    ...(progress.throttled > 0 ? [`${wholeNumber(progress.throttled)} throttled`] : []),
    ...(left === null ? [] : [`${duration(left)} left`]),
  ].join(' · ');
}

function ofTotal(done: number, total: number | null): string {
  return total === null ? wholeNumber(done) : `${wholeNumber(done)}/${wholeNumber(total)}`;
}

/** As long as the rest takes at the pace of the units that are done; not said before a twentieth of them is. */
function timeLeftMs({ unitsDone, unitsTotal }: Progress, elapsedMs: number): number | null {
  if (unitsTotal === null || unitsDone * 20 < unitsTotal || unitsDone === 0) return null;
  return (elapsedMs / unitsDone) * (unitsTotal - unitsDone);
}
