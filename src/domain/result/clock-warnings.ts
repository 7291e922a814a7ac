/** What a run says of its clocks. */
import { dayMs } from '../model/day.ts';
import type { Warning } from './warning.ts';

/** AWS itself refuses a signature that is further off (SigV4, "Elements of an AWS API request signature"). */
const tolerableMs = 5 * 60_000;

/** `aheadMs`: how far AWS's clock is ahead of this machine's; `null`: its time was not to be had. */
export function clockWarnings(aheadMs: number | null): readonly Warning[] {
  if (aheadMs === null) return [warning('clock-alone', alone)];
  if (Math.abs(aheadMs) <= tolerableMs) return [];
  const off = `${roughly(Math.abs(aheadMs))} ${aheadMs > 0 ? 'behind' : 'ahead of'}`;
  return [warning('clock-off', `this machine's clock is ${off} AWS's: set it. ${both}`)];
}

const both =
  "Times are AWS's here; an exception counts only where both clocks say that it does, and plans and readings age by the later of the two.";
const alone =
  "AWS's time could not be had from an answer that can be believed (over TLS, or from this machine): exceptions end, and plans and readings age, by this machine's clock alone.";

function warning(code: ClockCode, message: string): Warning {
  return { code, message, file: null, line: null };
}

export const clockCodes = ['clock-off', 'clock-alone'] as const;
type ClockCode = (typeof clockCodes)[number];

export interface ClockWarning extends Warning {
  readonly code: ClockCode;
}

/** They put a whole run in doubt, so that no format leaves them out. */
export function clockWarningsIn(warnings: readonly Warning[]): readonly ClockWarning[] {
  return warnings.flatMap((each) => {
    const code = clockCodes.find((one) => one === each.code);
    return code === undefined ? [] : [{ ...each, code }];
  });
}

/** `90 days`, `3 hours`, `7 minutes`: to the nearest of the largest unit that there is one of. */
function roughly(ms: number): string {
  const [unit, unitMs] = units.find(([, each]) => ms >= each) ?? ['minute', 60_000];
  const count = Math.round(ms / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const units = [
  ['day', dayMs],
  ['hour', 3_600_000],
] as const;
