/** The answer of a whole run. Never a false all clear: without drift, but not wholly read, it is not OK. */
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import { type ResultHead } from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { severities } from '../../domain/model/severity.ts';

export type RunVerdict = 'OK' | 'DRIFT' | 'NOT ALL READ';

/** Drift that does not count, by `--fail-on` and `--fail-on-new`, makes no DRIFT; the sentence beside it tells of it. */
export function verdictOf({ complete, summary }: ResultHead): RunVerdict {
  if (summary.drift.failing > 0) return 'DRIFT';
  return complete ? 'OK' : 'NOT ALL READ';
}

/** The sentence behind the verdict, with the whole of every number. */
export function verdictInWords(head: ResultHead): string {
  const { drift, pools } = head.summary;
  switch (verdictOf(head)) {
    case 'DRIFT': {
      const others = drift.pools - drift.failing;
      const beside = others === 0 ? '' : `, and ${wholeNumber(others)} ${uncountedInWords(head)}`;
      return `${wholeNumber(drift.failing)} of ${counted(pools.total, 'pool')}${beside} · findings: ${findingCounts(head)}`;
    }
    case 'NOT ALL READ': {
      const where = `in the ${counted(readPools(head), 'pool')} that could be read`;
      return drift.pools === 0 ? `no drift ${where}` : `${nothingCounts(head)} ${where} · ${uncountedPools(head)}`;
    }
    case 'OK':
      return drift.pools === 0 ? allHolds(head) : `${nothingCounts(head)} · ${uncountedPools(head)}`;
  }
}

/** How a pool stands whose drift does not count: `below low only`, `as before or below low`. */
export function uncountedInWords({ run: { failOn, failOnNew } }: ResultHead): string {
  if (!failOnNew) return `below ${failOn} only`;
  return failOn === 'info' ? 'as before' : `as before or below ${failOn}`;
}

function nothingCounts({ run: { failOn, failOnNew } }: ResultHead): string {
  return `${failOnNew ? 'nothing new' : 'nothing'} at or above ${failOn}`;
}

function uncountedPools(head: ResultHead): string {
  const { drift, pools } = head.summary;
  const drifts = `of ${counted(pools.total, 'pool')} ${drift.pools === 1 ? 'drifts' : 'drift'}`;
  return `${wholeNumber(drift.pools)} ${drifts} ${uncountedInWords(head)}: ${findingCounts(head)}`;
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
  const unmatched = pools.uncovered === 0 ? '' : ` · ${wholeNumber(pools.uncovered)} matched by no policy`;
  const hold = `${pools.total === 1 ? 'holds' : 'hold'} ${counted(run.policySet.length, 'policy', 'policies')}${unmatched}`;
  return `${wholeNumber(pools.compliant)} of ${counted(pools.total, 'pool')} ${where} ${hold}`;
}

export function readPools({ summary }: ResultHead): number {
  return summary.pools.total - summary.pools.unreadable;
}

/** What narrows what a result speaks of; a reader must not take it for the whole organization's. */
export function narrowings({ run, redacted }: ResultHead): readonly string[] {
  const { shard, interrupted, endpointOverridden, clocks, scope, from } = run;
  return [
    interrupted ? 'interrupted: this is what was read until then' : '',
    shard === null ? '' : `shard ${shard.index} of ${shard.count}: it speaks only for its own accounts`,
    narrowedInWords(scope.filters),
    from === null
      ? ''
      : `judged from what was read ${from.startedAt.slice(0, 10)} ${from.startedAt.slice(11, 16)} UTC (run ${from.runId})`,
    clocks === 'own' ? "exceptions judged by this machine's clock alone" : '',
    redacted ? 'a redacted copy: some values are masked' : '',
    endpointOverridden ? 'the endpoint was overridden: these answers may not be from AWS' : '',
  ].filter((narrowing) => narrowing !== '');
}

/** As they were typed: `narrowed by flags: --account 111122223333 · --region eu-west-1`. */
function narrowedInWords(filters: JsonObject): string {
  const flags = Object.entries(filters).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map(
      (value: JsonValue) => `--${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  );
  return flags.length === 0 ? '' : `narrowed by flags: ${flags.join(' · ')}`;
}
