import { severities, type ResultHead } from '../../domain/result.ts';
import { counted, duration, wholeNumber } from '../../words.ts';
import { visible } from '../escape/visible.ts';
import type { Overview } from '../overview.ts';
import type { Page } from './page.ts';

/** The answer, in one line; then whatever narrows what it speaks of. */
export function* headline(head: ResultHead, overview: Overview, page: Page): Generator<string> {
  yield* verdict(head, overview, page);
  const { run } = head;
  if (run.interrupted) yield 'interrupted: this is what was read until then';
  if (run.shard !== null) {
    yield `shard ${run.shard.index} of ${run.shard.count}: it speaks only for its own accounts`;
  }
  if (Object.keys(run.scope.filters).length > 0)
    yield `narrowed by flags: ${visible(JSON.stringify(run.scope.filters))}`;
  if (run.endpointOverridden) yield 'the endpoint was overridden: these answers may not be from AWS';
}

function* verdict(head: ResultHead, { driftingPools }: Overview, page: Page): Generator<string> {
  if (driftingPools > 0) yield* driftLines(head, driftingPools, page);
  else if (head.complete) yield `${page.paint.good('OK')}  ${allHolds(head)} · ${tookInWords(head)}`;
  else {
    const read = counted(readPools(head), 'pool');
    yield `${page.paint.unknown('NOT ALL READ')}  no drift in the ${read} that could be read · ${tookInWords(head)}`;
  }
}

function* driftLines({ run, summary }: ResultHead, driftingPools: number, { columns, paint }: Page): Generator<string> {
  const answer = `${wholeNumber(driftingPools)} of ${counted(summary.pools.total, 'pool')} · findings:`;
  const counts = severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => ({ severity, text: `${wholeNumber(summary.findings[severity])} ${severity}` }));
  const stamp = `policy set ${run.policySetSha256.slice(0, 4)}…  ${run.finishedAt.slice(11, 16)} UTC`;
  const plain = ['DRIFT ', answer, counts.map(({ text }) => text).join('  ')].join(' ');
  const room = columns - plain.length - stamp.length;
  const painted = counts.map(({ severity, text }) => paint.severity(severity, text)).join('  ');
  const line = `${paint.bad('DRIFT')}  ${answer} ${painted}`;
  yield* room < 2 ? [line, `       ${stamp}`] : [`${line}${' '.repeat(room)}${stamp}`];
}

function allHolds({ run, summary }: ResultHead): string {
  const { pools, accounts } = summary;
  const whole = accounts.audited === accounts.listed ? '' : `${wholeNumber(accounts.audited)} of `;
  const where = `in ${whole}${counted(accounts.listed, 'account')}`;
  if (pools.total === 0) return `there is no user pool ${where}`;
  const policies = run.policies.reduce((total, { names }) => total + names.length, 0);
  const unmatched = pools.uncovered === 0 ? '' : ` · ${wholeNumber(pools.uncovered)} matched by no policy`;
  const hold = `${pools.total === 1 ? 'holds' : 'hold'} ${counted(policies, 'policy', 'policies')}${unmatched}`;
  return `${wholeNumber(pools.compliant)} of ${counted(pools.total, 'pool')} ${where} ${hold}`;
}

function tookInWords({ run }: ResultHead): string {
  return duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}

export function readPools({ summary }: ResultHead): number {
  return summary.pools.total - summary.pools.unreadable;
}
