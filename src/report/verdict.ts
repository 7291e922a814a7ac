/** The answer of a whole run. Never a false all clear: without drift, but not wholly read, it is not OK. */
import { severities, type ResultHead } from '../domain/result.ts';
import { counted, wholeNumber } from '../words.ts';

export type Verdict = 'OK' | 'DRIFT' | 'NOT ALL READ';

/** @param driftingPools how many pools have a finding of status drift, whatever else they are */
export function verdictOf({ complete }: ResultHead, driftingPools: number): Verdict {
  if (driftingPools > 0) return 'DRIFT';
  return complete ? 'OK' : 'NOT ALL READ';
}

/** The sentence behind the verdict, with the whole of every number. */
export function verdictInWords(head: ResultHead, driftingPools: number): string {
  switch (verdictOf(head, driftingPools)) {
    case 'DRIFT':
      return `${wholeNumber(driftingPools)} of ${counted(head.summary.pools.total, 'pool')} · findings: ${findingCounts(head)}`;
    case 'NOT ALL READ':
      return `no drift in the ${counted(readPools(head), 'pool')} that could be read`;
    case 'OK':
      return allHolds(head);
  }
}

function findingCounts({ summary }: ResultHead): string {
  return severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => `${wholeNumber(summary.findings[severity])} ${severity}`)
    .join('  ');
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

export function readPools({ summary }: ResultHead): number {
  return summary.pools.total - summary.pools.unreadable;
}

/** What narrows what a result speaks of; a reader must not take it for the whole organization's. */
export function narrowings({ run, redacted }: ResultHead): readonly string[] {
  const { shard, interrupted, endpointOverridden, scope, from } = run;
  return [
    interrupted ? 'interrupted: this is what was read until then' : '',
    shard === null ? '' : `shard ${shard.index} of ${shard.count}: it speaks only for its own accounts`,
    Object.keys(scope.filters).length === 0 ? '' : `narrowed by flags: ${JSON.stringify(scope.filters)}`,
    from === null
      ? ''
      : `judged from what was read ${from.startedAt.slice(0, 10)} ${from.startedAt.slice(11, 16)} UTC (run ${from.runId})`,
    redacted ? 'a redacted copy: some values are masked' : '',
    endpointOverridden ? 'the endpoint was overridden: these answers may not be from AWS' : '',
  ].filter((narrowing) => narrowing !== '');
}
