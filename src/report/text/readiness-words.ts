/** What a change was told of its users, in a sentence. */
import { isReady, type ReadinessRecord } from '../../domain/readiness/record.ts';
import { counted, percent, percents } from '../../number-format.ts';

/** `97.4 % (95 %: 96.1 % to 98.3 %) of 12,480 local users could still sign in; ON waits for 98.0 %` */
export function readinessInWords(readiness: ReadinessRecord): string {
  const { shares, population, waitsFor, lockedOutAtMost } = readiness;
  const users = `${percents(shares['as-written'])} of ${counted(population, 'local user')} could still sign in`;
  if (!isReady(readiness)) return `${users}; what is wanted waits for ${percent(waitsFor)}`;
  return `${users}, and ${counted(lockedOutAtMost, 'user')} at most could not; ${percent(waitsFor)} were asked for`;
}

/** The other reading of the guide, where it makes a difference; else ''. */
export function lenientInWords({ shares }: Pick<ReadinessRecord, 'shares'>): string {
  const lenient = percents(shares.lenient);
  if (lenient === percents(shares['as-written'])) return '';
  return `${lenient} if a user whose only attribute recovers the account may enrol TOTP`;
}

/** Both, each a sentence without its end. */
export function readinessLines(readiness: ReadinessRecord | null): readonly string[] {
  if (readiness === null) return [];
  const lenient = lenientInWords(readiness);
  const measured = `measured ${readiness.measuredAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [`${readinessInWords(readiness)}; ${measured}`, ...(lenient === '' ? [] : [lenient])];
}
