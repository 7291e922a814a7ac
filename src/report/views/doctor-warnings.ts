import { clockWarningsIn } from '../../domain/result/clock-warnings.ts';
import type { Warning } from '../../domain/result/warning.ts';

/** What a run says of its clocks, and of what it could not ask beside the pools. */
export function doctorWarningsIn(warnings: readonly Warning[]): readonly Warning[] {
  return [...clockWarningsIn(warnings), ...warnings.filter(({ code }) => code === 'fact-unread')];
}
