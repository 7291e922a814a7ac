/** A result compared with a baseline: findings say how they stand, and what the baseline had and this one has not. */
import { completeResult, type Ending } from './complete.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compare } from '../domain/baseline/compare.ts';
import type {
  EarlierFinding,
  PoolRecord,
  ResolvedFinding,
  Result,
  ResultHead,
  RunInfo,
  RunReference,
  Summary,
} from '../domain/result/result.ts';
import { newPoolCounts } from '../domain/result/pool-counts.ts';
import { UserError } from '../errors.ts';
import { openLineFile } from './ndjson-file.ts';
import type { Warning } from '../domain/result/warning.ts';

export interface Baseline {
  /** As the user named it. */
  readonly file: string;
  /** `null`: it is not there yet. */
  readonly result: Result | null;
}

/**
 * Writes the compared pools to `folder`, which must stay as long as the result that this resolves with is read.
 *
 * @param exit how the exit code is made anew, now that findings are told apart; `null`: it stays as it is
 * @throws UserError where the baseline is another organization's.
 */
export async function compareResult(
  result: Result,
  { file, result: baseline }: Baseline,
  folder: string,
  exit: { readonly exitZero: boolean } | null,
): Promise<Result> {
  if (baseline !== null) requireSameOrganization(result.head, baseline.head, file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pools = openLineFile<PoolRecord>(join(folder, 'pools.ndjson'));
  const resolved = openLineFile<ResolvedFinding>(join(folder, 'resolved.ndjson'));
  const unseen = openLineFile<EarlierFinding>(join(folder, 'unseen.ndjson'));
  const changes = { new: 0, persisting: 0, resolved: 0, unseen: 0 };
  const counts = newPoolCounts(result.head.run);
  for await (const { kind, record } of compare(result, baseline)) {
    switch (kind) {
      case 'pool':
        countDrift(record, changes);
        counts.add(record);
        await pools.write(record);
        break;
      case 'resolved':
        changes.resolved += 1;
        await resolved.write(record);
        break;
      case 'unseen':
        if (record.status === 'drift') changes.unseen += 1;
        await unseen.write(record);
        break;
    }
  }
  for (const each of [pools, resolved, unseen]) await each.close();
  const drift = exit === null ? result.head.summary.drift : counts.summary().drift;
  return {
    ...result,
    head: comparedHead(result.head, { file, result: baseline }, { ...result.head.summary, drift, changes }, exit),
    resolved: () => resolved.records(),
    unseen: () => unseen.records(),
    pools: () => pools.records(),
  };
}

type Changes = { -readonly [Name in keyof NonNullable<Summary['changes']>]: number };

function countDrift({ findings }: PoolRecord, changes: Changes): void {
  for (const { status, change } of findings) if (status === 'drift' && change !== null) changes[change] += 1;
}

function comparedHead(
  head: ResultHead,
  { file, result: baseline }: Baseline,
  summary: Summary,
  exit: { readonly exitZero: boolean } | null,
): ResultHead {
  const run = { ...head.run, baseline: baseline === null ? null : referenceTo(baseline.head) };
  return completeResult(
    { ...head, run, summary },
    exit === null ? { saved: head.run.exitCode } : endingAgain(head.run, exit),
    head.warnings,
    warningsAbout(head, baseline?.head ?? null, file),
  );
}

export function referenceTo({ run }: ResultHead): RunReference {
  return { runId: run.id, startedAt: run.startedAt, policySetSha256: run.policySetSha256 };
}

/** An interrupted run keeps the code that says so, and 4 outranks what findings make. */
function endingAgain({ interrupted, exitCode }: RunInfo, { exitZero }: { readonly exitZero: boolean }): Ending {
  return interrupted ? { saved: exitCode } : { signal: null, changesFailed: exitCode === 4, exitZero };
}

function warningsAbout(head: ResultHead, baseline: ResultHead | null, file: string): readonly Warning[] {
  if (baseline === null) {
    const message = `${file} is not there yet: every finding counts as new. Save this result there for the next run.`;
    return [{ code: 'baseline-missing', message, file, line: null }];
  }
  const { run } = baseline;
  if (run.id === head.run.from?.runId) return [];
  const parts = [
    run.interrupted ? 'was interrupted' : '',
    run.shard === null || isDeepStrictEqual(run.shard, head.run.shard)
      ? ''
      : `is shard ${run.shard.index} of ${run.shard.count}`,
    Object.keys(run.scope.filters).length === 0 || isDeepStrictEqual(run.scope.filters, head.run.scope.filters)
      ? ''
      : 'was narrowed by flags',
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const message = `The baseline ${parts.join(' and ')}: what it did not read counts as new.`;
  return [{ code: 'baseline-partial', message, file, line: null }];
}

/** @throws UserError where the baseline is another organization's. */
export function requireSameOrganization(head: ResultHead, baseline: ResultHead, file: string): void {
  const [here, there] = [head.run.organizationId, baseline.run.organizationId];
  if (here === there || here === null || there === null) return;
  throw new UserError(`--baseline ${file} is a result of organization ${there}; this one is of ${here}.`);
}
