import { daysLeft } from '../policy/exceptions.ts';
import type { ExceptionRecord, Gap, PoolRecord, Result } from '../result/result.ts';
import type { News } from './news.ts';

type ExceptionNews = Extract<News, { readonly kind: 'exception-ends' }>;

/** Days before its last one from which an exception is told of, and those on which that is news. */
export const soonDays = 14;
const newsOn = [soonDays, 1];

export interface ExceptionCollector {
  pool(pool: PoolRecord): void;
  gap(gap: Gap): void;
  /** The first to end first. */
  ending(): readonly ExceptionNews[];
}

/** Of the exceptions that have an effect tonight those that end soon. */
export function exceptionNews(tonight: Result, lastNight: Result | null): ExceptionCollector {
  const inForce = new Map<string, ExceptionRecord>();
  const add = (exception: ExceptionRecord | null): void => {
    if (exception !== null && !exception.expired) inForce.set(exceptionKey(exception), exception);
  };
  const now = new Date(tonight.head.run.startedAt);
  const then = nightBefore(tonight, lastNight);
  return {
    pool(pool) {
      for (const { exception } of pool.findings) add(exception);
    },
    gap: (gap) => add(gap.accepted),
    ending() {
      const ends = [...inForce.values()].map((exception) => ending(exception, now, then));
      return ends.filter(({ days }) => days <= soonDays).sort((one, other) => one.days - other.days);
    },
  };
}

/** `null`: this is the first night. */
function nightBefore(tonight: Result, lastNight: Result | null): Date | null {
  const before = lastNight?.head.run ?? tonight.head.run.baseline;
  return before === null ? null : new Date(before.startedAt);
}

function ending(exception: ExceptionRecord, now: Date, then: Date | null): ExceptionNews {
  const days = daysUntil(exception, now);
  const before = then === null ? Number.POSITIVE_INFINITY : daysUntil(exception, then);
  return { kind: 'exception-ends', exception, days, isNews: newsOn.some((mark) => days <= mark && before > mark) };
}

/** 0 on the last day that it holds. */
function daysUntil(exception: ExceptionRecord, day: Date): number {
  return daysLeft(exception, day) - 1;
}

/** The same for the same exception in another file or on another line. */
function exceptionKey({ owner, reason, ticket, expires, hold }: ExceptionRecord): string {
  return JSON.stringify([owner, reason, ticket, expires, hold]);
}
