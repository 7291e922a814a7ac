/** Tells the log when a quota's pace changes: a rise is slow, so that it is told in steps of a tenth of the full pace. */
import type { Log } from '../log.ts';

/** Told the pace after each answer, in requests a second. */
export type PaceLog = (perSecond: number) => void;

export function paceLog(quota: string, fullPerSecond: number, log: Log): PaceLog {
  let told = fullPerSecond;
  const tenths = (perSecond: number): number => Math.round((10 * perSecond) / fullPerSecond);
  return (perSecond) => {
    if (tenths(perSecond) === tenths(told)) return;
    log.debug('pace changes', { quota, from: rounded(told), perSecond: rounded(perSecond) });
    told = perSecond;
  };
}

function rounded(perSecond: number): number {
  return Math.round(perSecond * 100) / 100;
}
