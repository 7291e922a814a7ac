import type { ResultHead, RunInfo } from '../../domain/result/result.ts';
import { sumSummaries } from './sum-summaries.ts';
import type { Warning } from '../../domain/result/warning.ts';

/** The head of the whole: counts are sums, times span all shards, and a shard that is missing makes it incomplete. */
export function mergeHeads(first: ResultHead, others: readonly ResultHead[], missing: number): ResultHead {
  const heads = [first, ...others];
  const runs = heads.map(({ run }) => run);
  const callers = new Set(runs.map(({ callerArn }) => callerArn));
  return {
    ...first,
    complete: missing === 0 && heads.every(({ complete }) => complete),
    summary: sumSummaries(
      heads.map(({ summary }) => summary),
      missing,
    ),
    warnings: distinctWarnings(heads),
    run: {
      ...first.run,
      id: runs
        .map(({ id }) => id)
        .sort()
        .join('+'),
      startedAt: runs.map(({ startedAt }) => startedAt).reduce((one, other) => (one < other ? one : other)),
      finishedAt: runs.map(({ finishedAt }) => finishedAt).reduce((one, other) => (one > other ? one : other)),
      callerArn: callers.size === 1 ? first.run.callerArn : null,
      shard: null,
      interrupted: runs.some(({ interrupted }) => interrupted),
      endpointOverridden: runs.some(({ endpointOverridden }) => endpointOverridden),
      endpoints: [...new Set(runs.flatMap(({ endpoints }) => endpoints))].sort(),
      clocks: runs.every(({ clocks }) => clocks === 'both') ? 'both' : 'own',
      exitCode: mergedExitCode(runs, missing),
    },
  };
}

/** 4 outranks 3, and 3 outranks 2; what an interrupted shard did not read was not read. */
function mergedExitCode(runs: readonly RunInfo[], missing: number): number {
  const codes = runs.map(({ exitCode }) => exitCode);
  if (codes.includes(4)) return 4;
  if (missing > 0 || codes.some((code) => code === 3 || code > 4)) return 3;
  return Math.max(...codes);
}

function distinctWarnings(heads: readonly ResultHead[]): readonly Warning[] {
  const byText = new Map<string, Warning>();
  for (const { warnings } of heads) for (const warning of warnings) byText.set(JSON.stringify(warning), warning);
  return [...byText.values()];
}
