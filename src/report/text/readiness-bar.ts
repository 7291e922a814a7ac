/** A share drawn in characters, with its interval and the share that is waited for. */
import type { Share } from '../../domain/readiness/measurement.ts';

/** `0 %` to `100 %` in steps of two and a half. */
const steps = 40;

/** `··········├─●─┤····┃··`: the interval, the share in it, and where the change waits. */
export function readinessBar({ share, low, high }: Share, waitsFor: number): string {
  const [from, at, to, line] = [low, share, high, waitsFor].map((each) => Math.round(each * steps));
  const cells = Array.from({ length: steps + 1 }, (_, step) => {
    if (step === at) return '●';
    if (step === line) return '┃';
    if (step === from) return '├';
    if (step === to) return '┤';
    return step > (from ?? 0) && step < (to ?? 0) ? '─' : '·';
  });
  return cells.join('');
}

/** The bar of now and below it the baseline's, on one scale. */
export function readinessBars(
  now: { readonly share: Share; readonly waitsFor: number },
  earlier: Share | null,
): readonly string[] {
  const bars = [`now       0 % ${readinessBar(now.share, now.waitsFor)} 100 %`];
  if (earlier !== null) bars.push(`baseline  0 % ${readinessBar(earlier, now.waitsFor)} 100 %`);
  return bars;
}
