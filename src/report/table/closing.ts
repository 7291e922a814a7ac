import { skipReasons, type SkipReason } from '../../domain/observation.ts';
import type { ResultHead } from '../../domain/result.ts';
import { counted, duration, wholeNumber } from '../../words.ts';
import { visible } from '../escape/visible.ts';
import type { Overview } from '../overview.ts';
import { readPools } from '../verdict.ts';
import { wrapped } from './layout.ts';
import type { Page } from './page.ts';

const shownWarnings = 10;

export function* warningLines({ warnings }: ResultHead, page: Page): Generator<string> {
  if (warnings.length === 0) return;
  yield '';
  yield `WARNINGS  ${wholeNumber(warnings.length)}`;
  for (const { file, line, message } of warnings.slice(0, shownWarnings)) {
    const place = file === null ? '' : `${visible(file)}${line === null ? '' : `:${line}`}  `;
    const lines = wrapped(`${place}${visible(message)}`, page.columns - 4);
    yield* lines.map((text, index) => `${index === 0 ? '  ' : '    '}${text}`);
  }
  const left = warnings.length - shownWarnings;
  if (left > 0) yield `  … ${counted(left, 'more')}; all of them: --report json=result.json`;
}

const skipWords: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  suspended: ['account suspended', 'accounts suspended'],
  'pending-closure': ['account closing', 'accounts closing'],
  closed: ['account closed', 'accounts closed'],
  'pending-activation': ['account not active yet', 'accounts not active yet'],
  'region-not-enabled': ['region not enabled', 'regions not enabled'],
  'left-out': ['account left out', 'accounts left out'],
  'pool-deleted': ['pool deleted meanwhile', 'pools deleted meanwhile'],
};

/** What was covered and what it cost, with the whole of every number. */
export function* coverageLines(head: ResultHead, { skips }: Overview, page: Page): Generator<string> {
  const { pools, accounts, api } = head.summary;
  const facts = [
    `${wholeNumber(readPools(head))} of ${counted(pools.total, 'pool')} read`,
    `${wholeNumber(accounts.audited)} of ${counted(accounts.listed, 'account')} wholly read`,
    ...skipReasons.flatMap((reason) => {
      const count = skips.get(reason);
      return count === undefined ? [] : [counted(count, ...skipWords[reason])];
    }),
    duration(Date.parse(head.run.finishedAt) - Date.parse(head.run.startedAt)),
    `${counted(api.calls, 'call')}, ${wholeNumber(api.throttled)} throttled`,
  ];
  yield '';
  yield* joined(facts, page.columns);
}

/** Facts with dots between them, in as many lines as they need; none is broken. */
function joined(facts: readonly string[], columns: number): readonly string[] {
  const unbroken = facts.map((fact) => fact.replaceAll(' ', '\u00A0'));
  return wrapped(unbroken.join('\u00A0· '), columns).map((line) => line.replaceAll('\u00A0', ' '));
}
