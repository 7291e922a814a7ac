/** The baseline as the comparison needs it: pool by pool, with all that is known to have been found there. */
import { byPlace } from '../model/order.ts';
import type { EarlierFinding, Finding, PoolRecord, Result } from '../result/result.ts';
import { joinSorted } from './join-sorted.ts';

export interface EarlierPool {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  /** `null`: the baseline did not see the pool itself, and only hands on what its own baseline had found. */
  readonly record: PoolRecord | null;
  /** By id: drift and what was excused. */
  readonly findings: ReadonlyMap<string, EarlierFinding>;
}

/** By account, region and pool id. */
export async function* earlierPools(baseline: Result): AsyncGenerator<EarlierPool, void, void> {
  const { startedAt } = baseline.head.run;
  for await (const { left, right } of joinSorted(baseline.pools(), byPool(baseline.unseen()), byPlace)) {
    const place = left ?? right;
    if (place === null) continue;
    const { accountId, region, poolId } = place;
    const found = left === null ? [] : left.findings.flatMap((finding) => earlierFinding(left, finding, startedAt));
    // What the baseline saw itself outweighs what it was handed.
    const findings = new Map([...(right?.findings ?? []), ...found].map((finding) => [finding.id, finding]));
    yield { accountId, region, poolId, record: left, findings };
  }
}

interface UnseenPool {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly findings: readonly EarlierFinding[];
}

async function* byPool(findings: AsyncIterable<EarlierFinding>): AsyncGenerator<UnseenPool, void, void> {
  let together: EarlierFinding[] = [];
  for await (const finding of findings) {
    const [first] = together;
    if (first !== undefined && byPlace(first, finding) !== 0) {
      yield { ...placeOf(first), findings: together };
      together = [];
    }
    together.push(finding);
  }
  const [last] = together;
  if (last !== undefined) yield { ...placeOf(last), findings: together };
}

function placeOf({ accountId, region, poolId }: EarlierFinding): Omit<UnseenPool, 'findings'> {
  return { accountId, region, poolId };
}

/** A finding that was fixed while the baseline ran stands no more. */
function earlierFinding(pool: PoolRecord, finding: Finding, startedAt: string): readonly EarlierFinding[] {
  const { accountId, accountName, region, poolId, poolName, poolArn, codeEvent } = pool;
  const { id, policy, severity, path, expected, actual, file, line, column, status, since } = finding;
  if (status === 'fixed') return [];
  const place = { accountId, accountName, region, poolId, poolName, poolArn };
  return [
    {
      ...place,
      id,
      policy,
      severity,
      path,
      expected,
      actual,
      file,
      line,
      column,
      status,
      since: since ?? startedAt,
      ...(codeEvent === undefined ? {} : { codeEvent }),
    },
  ];
}
