/** What came of a play, held against what should have: complaints, sorted by what is counted. */
import { isDeepStrictEqual } from 'node:util';
import type { Verdicts } from '../oracle/expected.ts';
import { verdictsOf, type SavedResult } from '../oracle/result-verdicts.ts';
import type { Changes, Expected, Played, PoolPlace } from './row.ts';

/** `wrong`: a verdict, an exit code, or what is said of a pool. `doubled`: a call that no intent of the journal stands for, or a pool that was written twice. */
export const counted = ['wrong', 'lost', 'doubled', 'traces'] as const;
export type Complaints = Readonly<Record<(typeof counted)[number], readonly string[]>>;

export function judged(played: Played, expected: Expected): Complaints {
  const { result, changes } = played;
  return {
    wrong: [
      ...played.odd,
      ...exitCodes(played, expected),
      ...(expected.verdicts === undefined ? [] : verdicts(result ?? null, expected.verdicts)),
      ...(result && expected.readPools ? unlike(result, expected.readPools) : []),
      ...(changes === undefined || expected.changed === undefined ? [] : changed(changes, expected.changed)),
    ],
    lost: [
      ...(result && expected.pools ? expected.pools.filter((pool) => !isIn(result, pool)).map(placeOf) : []),
      ...(changes === undefined ? [] : unaccounted(changes, played.said)),
    ],
    doubled: changes === undefined ? [] : doubled(changes),
    traces: /This is a bug|\n {4}at /.test(played.said) ? [played.said] : [],
  };
}

/** One line each. */
export function listed(complaints: Complaints): readonly string[] {
  return counted.flatMap((count) => complaints[count].map((each) => `${count}: ${each}`));
}

function exitCodes({ exitCode, said }: Played, expected: Expected): readonly string[] {
  const isRight = expected.exitCodes.includes(exitCode);
  return isRight ? [] : [`exit ${exitCode}, and it should be ${expected.exitCodes.join(' or ')}: ${said}`];
}

function verdicts(result: SavedResult | null, expected: Verdicts | null): readonly string[] {
  if (expected === null || result === null) {
    const isRight = expected === null && result === null;
    return isRight ? [] : [expected === null ? 'a result, and there should be none' : 'no result'];
  }
  const is = verdictsOf(result);
  const parts = Object.keys(expected) as (keyof Verdicts)[];
  return parts.flatMap((part) => (isDeepStrictEqual(is[part], expected[part]) ? [] : [differs(part, is, expected)]));
}

/** Of the pools that could be read. */
function unlike(result: SavedResult, expected: Verdicts['pools']): readonly string[] {
  return verdictsOf(result)
    .pools.filter(({ status }) => status !== 'unreadable')
    .filter((pool) => !expected.some((each) => isDeepStrictEqual(each, pool)))
    .map((pool) => `a verdict that is not right: ${JSON.stringify(pool)}`);
}

function differs(part: keyof Verdicts, verdict: Verdicts, expected: Verdicts): string {
  const [is, should] = [entriesOf(verdict[part]), entriesOf(expected[part])];
  const extra = is.filter((each) => !should.includes(each));
  const missing = should.filter((each) => !is.includes(each));
  return `${part}: has ${extra.join('; ') || 'nothing'} instead of ${missing.join('; ') || 'nothing'}`;
}

function entriesOf(value: Verdicts[keyof Verdicts]): readonly string[] {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(each));
  return typeof value === 'object' ? Object.entries(value).map((each) => JSON.stringify(each)) : [String(value)];
}

function placeOf({ accountId, region, poolId }: PoolPlace): string {
  return `${accountId}/${region}/${poolId}`;
}

/** As a pool, or in a gap or a skip of it, of its unit, of its account, or of everything. */
function isIn({ pools, gaps, skipped }: SavedResult, { accountId, region, poolId }: PoolPlace): boolean {
  const isAt = (place: { accountId: string | null; region: string | null; poolId: string | null }) =>
    (place.accountId ?? accountId) === accountId &&
    (place.region ?? region) === region &&
    (place.poolId ?? poolId) === poolId;
  return pools.some(isAt) || gaps.some(isAt) || skipped.some(isAt);
}

/** How each pool reads, against what it should and against what is said of it. */
function changed({ pools, outcomes }: Changes, expected: readonly string[]): readonly string[] {
  const is = pools.filter(({ isChanged }) => isChanged).map(({ poolId }) => poolId);
  const untrue = pools.flatMap(({ poolId, isChanged }) => {
    const outcome = outcomes?.find((each) => each.poolId === poolId)?.outcome;
    if (outcome === undefined || outcome === 'unknown') return [];
    const isTrue = ['applied', 'unchanged'].includes(outcome) === isChanged;
    return isTrue ? [] : [`${poolId} is ${isChanged ? 'changed' : 'unchanged'}, and ${outcome} is said of it`];
  });
  if (isDeepStrictEqual(is, expected)) return untrue;
  return [...untrue, `changed ${is.join(', ') || 'nothing'}, and it should be ${expected.join(', ') || 'nothing'}`];
}

/** Of each pool that was planned something is said; where nothing was done at all, only that. */
function unaccounted({ pools, outcomes }: Changes, said: string): readonly string[] {
  const told = new Set(outcomes?.map(({ poolId }) => poolId));
  const isTold = ({ poolId, isChanged }: Changes['pools'][number]) =>
    outcomes === null ? !isChanged || said.includes(poolId) : told.has(poolId);
  return pools.filter((pool) => !isTold(pool)).map(({ poolId }) => poolId);
}

/** Of each pool at most as many calls as intents, and at most one that was carried out. */
function doubled({ pools, journal, calls }: Changes): readonly string[] {
  return pools.flatMap(({ poolId, isChanged }) => {
    const made = calls.filter((call) => call.poolId === poolId);
    const intents = journal.filter((entry) => entry.event === 'intent' && entry.poolId === poolId).length;
    const carriedOut = made.filter(({ outcome }) => carriedOutAs.includes(outcome)).length;
    return [
      ...(made.length > intents ? [`${poolId}: ${made.length} calls, and the journal intends ${intents}`] : []),
      ...(carriedOut > 1 ? [`${poolId}: written ${carriedOut} times`] : []),
      ...(isChanged && intents === 0 ? [`${poolId} is changed, and the journal intends nothing`] : []),
    ];
  });
}

/** Outcomes of a call that the service has carried out, whatever became of its answer. */
const carriedOutAs = ['ok', 'resetAfter', 'truncate', 'cutBody'];
