/** Exceptions: what they cover, and until when. */
import { dayMs } from '../model/day.ts';
import { compareTexts } from '../model/order.ts';
import type { PolicyException } from './policy.ts';
import type { ExceptionRecord } from '../result/result.ts';

/** An exception holds through the day that it names, UTC. */
export function isExpired({ expires }: Pick<PolicyException, 'expires'>, now: Date): boolean {
  return now.getTime() >= endOf(expires);
}

/** Whole days from `now` until it ends, rounded up; zero or less: it has ended. */
export function daysLeft({ expires }: Pick<PolicyException, 'expires'>, now: Date): number {
  return Math.ceil((endOf(expires) - now.getTime()) / dayMs);
}

function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + dayMs;
}

export function exceptionRecord(exception: PolicyException, now: Date): ExceptionRecord {
  const { reason, owner, ticket, expires, hold, location } = exception;
  return {
    reason,
    owner,
    ticket,
    expires,
    hold,
    expired: isExpired(exception, now),
    file: location.file,
    line: location.line,
  };
}

/** Whether an exception for drift speaks of a finding, apart from its selector; `policy` is `null` for `uncovered`. */
export function covers(exception: PolicyException, policy: string | null, path: string): boolean {
  if (exception.gaps !== null) return false;
  if (exception.policies !== null && (policy === null || !exception.policies.includes(policy))) return false;
  return exception.paths === null || exception.paths.some((covered) => isWithin(path, covered));
}

/** Whether a path is another one or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}

/** Of several exceptions the one that counts: one that excuses, then one that holds, then an expired one; the longest. */
export function strongest(exceptions: readonly PolicyException[], now: Date): PolicyException | null {
  const rank = (exception: PolicyException): number => {
    if (isExpired(exception, now)) return 2;
    return exception.hold ? 1 : 0;
  };
  const sorted = [...exceptions].sort((a, b) => rank(a) - rank(b) || compareTexts(b.expires, a.expires));
  return sorted[0] ?? null;
}
