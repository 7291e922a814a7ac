import { isDeepStrictEqual } from 'node:util';
import { byPlace } from '../../domain/model/order.ts';
import type { Gap, Result, RunInfo } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';
import { duration } from '../../number-format.ts';
import { mergeHeads } from './merge-heads.ts';
import { byId, mergeSorted } from './merge-sorted.ts';
import type { SavedResult } from '../saved/open.ts';

type Shard = NonNullable<RunInfo['shard']>;

/**
 * The shards of one run as one result; a single result is returned as it is, and still says which shard it is. A shard
 * that is missing is a gap.
 *
 * @param maxAgeMs how far apart the shards may have started
 * @throws UserError for results that are not shards of one run, or repeat one.
 */
export function mergeResults(given: readonly SavedResult[], maxAgeMs: number): Result {
  const results = inOrderOfShards(given);
  const [first, ...others] = results;
  if (first === undefined) throw new UserError('There is no result to read.');
  if (others.length === 0) return first;
  for (const other of others) {
    checkSameRun(first, other);
    checkSameRedaction(first, other);
  }
  checkNoneRepeated(results);
  checkAges(results, maxAgeMs);
  const missing = missingShards(results, shardOf(first).count);
  return {
    head: mergeHeads(
      first.head,
      others.map(({ head }) => head),
      missing.length,
    ),
    accounts: () =>
      mergeSorted(
        results.map((result) => result.accounts()),
        byId,
      ),
    units: () =>
      mergeSorted(
        results.map((result) => result.units()),
        byPlace,
      ),
    gaps: () => mergeSorted([streamOf(missing), ...results.map((result) => result.gaps())], byPlace),
    skipped: () =>
      mergeSorted(
        results.map((result) => result.skipped()),
        byPlace,
      ),
    resolved: () =>
      mergeSorted(
        results.map((result) => result.resolved()),
        byPlace,
      ),
    unseen: () =>
      mergeSorted(
        results.map((result) => result.unseen()),
        byPlace,
      ),
    pools: () =>
      mergeSorted(
        results.map((result) => result.pools()),
        byPlace,
      ),
  };
}

async function* streamOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

function shardOf({ file, head }: SavedResult): Shard {
  if (head.run.shard !== null) return head.run.shard;
  throw new UserError(`${file} is a whole result, not a shard: only the shards of one run (--shard) are merged.`);
}

/** However a shell sorts their names (10 before 2), the same shards give the same bytes. */
function inOrderOfShards(results: readonly SavedResult[]): readonly SavedResult[] {
  const index = ({ head }: SavedResult): number => head.run.shard?.index ?? 0;
  return results.toSorted((one, other) => index(one) - index(other));
}

function checkSameRun(first: SavedResult, other: SavedResult): void {
  const [one, two] = [first.head, other.head];
  const differences = [
    ['tool', one.tool, two.tool],
    ['organization', one.run.organizationId, two.run.organizationId],
    ['policies or configuration', policiesOf(one.run), policiesOf(two.run)],
    ['scope', one.run.scope, two.run.scope],
    ['--fail-on', failRuleOf(one.run), failRuleOf(two.run)],
    ['baseline', one.run.baseline, two.run.baseline],
    ['--from', one.run.from?.policySetSha256, two.run.from?.policySetSha256],
    ['number of shards', shardOf(first).count, shardOf(other).count],
  ].flatMap(([name, a, b]) => (isDeepStrictEqual(a, b) ? [] : [name]));
  if (differences.length === 0) return;
  throw new UserError(
    `${first.file} and ${other.file} are not shards of one run: they differ in ${differences.join(' and ')}.`,
  );
}

function failRuleOf({ failOn, failOnNew }: RunInfo): unknown {
  return { failOn, failOnNew };
}

function policiesOf({ policySetSha256, policies }: RunInfo): unknown {
  return [policySetSha256, policies.map(({ file, sha256 }) => [file, sha256])];
}

/** Of the whole it would be true neither that values are masked nor that none is to be hidden. */
function checkSameRedaction(first: SavedResult, other: SavedResult): void {
  if (first.head.redacted === other.head.redacted) return;
  const [copy, whole] = first.head.redacted ? [first, other] : [other, first];
  throw new UserError(
    `${copy.file} is a redacted copy, and ${whole.file} is not: merge what was saved, or a redacted copy of each.`,
  );
}

function checkNoneRepeated(results: readonly SavedResult[]): void {
  const files = new Map<number, string>();
  for (const result of results) {
    const { index, count } = shardOf(result);
    const earlier = files.get(index);
    if (earlier !== undefined)
      throw new UserError(`${earlier} and ${result.file} are both shard ${index} of ${count}.`);
    files.set(index, result.file);
  }
}

function checkAges(results: readonly SavedResult[], maxAgeMs: number): void {
  const starts = results.map(({ head }) => Date.parse(head.run.startedAt));
  const apart = Math.max(...starts) - Math.min(...starts);
  if (apart <= maxAgeMs) return;
  throw new UserError(
    `The shards started ${duration(apart)} apart; the limit is ${duration(maxAgeMs)}. Raise --max-age if this is meant.`,
  );
}

function missingShards(results: readonly SavedResult[], total: number): readonly Gap[] {
  const present = new Set(results.map((result) => shardOf(result).index));
  return Array.from({ length: total }, (_, index) => index + 1)
    .filter((index) => !present.has(index))
    .map((index) => ({
      scope: 'organization',
      accountId: null,
      region: null,
      poolId: null,
      code: 'shard-missing',
      message: `Shard ${index} of ${total} is not among the results: its accounts were not read.`,
      remedy: `Run --shard ${index}/${total} and merge its result too.`,
      accepted: null,
    }));
}
