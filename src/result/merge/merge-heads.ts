import type { ResultHead, RunInfo, RunReference } from '../../domain/result/result.ts';
import { completeResult, type OpenHead } from '../complete.ts';
import { sumSummaries } from './sum-summaries.ts';

/** The head of the whole: counts are sums, times span all shards, and a shard that is missing makes it incomplete. */
export function mergeHeads(first: ResultHead, others: readonly ResultHead[], missing: number): ResultHead {
  const heads = [first, ...others];
  const runs = heads.map(({ run }) => run);
  const callers = new Set(runs.map(({ callerArn }) => callerArn));
  const whole: OpenHead = {
    ...first,
    summary: sumSummaries(
      heads.map(({ summary }) => summary),
      missing,
    ),
    run: {
      ...first.run,
      id: idOfAll(runs.map(({ id }) => id)),
      startedAt: earliest(runs),
      finishedAt: runs.map(({ finishedAt }) => finishedAt).reduce((one, other) => (one > other ? one : other)),
      callerArn: callers.size === 1 ? first.run.callerArn : null,
      shard: null,
      interrupted: runs.some(({ interrupted }) => interrupted),
      endpointOverridden: runs.some(({ endpointOverridden }) => endpointOverridden),
      endpoints: [...new Set(runs.flatMap(({ endpoints }) => endpoints))].sort(),
      clocks: runs.every(({ clocks }) => clocks === 'both') ? 'both' : 'own',
      from: sourceOf(runs),
    },
  };
  const ending = { shards: runs.map(({ exitCode }) => exitCode), missing };
  return completeResult(whole, ending, ...heads.map(({ warnings }) => warnings));
}

/** What was judged anew, as if it had been merged before. */
function sourceOf(runs: readonly RunInfo[]): RunReference | null {
  const sources = runs.flatMap(({ from }) => from ?? []);
  const [first] = sources;
  if (first === undefined) return null;
  return { ...first, runId: idOfAll(sources.map(({ runId }) => runId)), startedAt: earliest(sources) };
}

function idOfAll(runIds: readonly string[]): string {
  return runIds.toSorted().join('+');
}

function earliest(runs: readonly { readonly startedAt: string }[]): string {
  return runs.map(({ startedAt }) => startedAt).reduce((one, other) => (one < other ? one : other));
}
