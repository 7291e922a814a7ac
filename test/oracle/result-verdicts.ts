/** A saved result (`--report json=FILE`) in the form in which the oracle speaks. */
import type { Account, Skip } from '../../src/domain/model/observation.ts';
import type {
  EarlierFinding,
  Gap,
  PoolRecord,
  ResolvedFinding,
  ResultHead,
  UnitRecord,
} from '../../src/domain/result/result.ts';
import { placeText, type PoolVerdict, type Verdicts } from './expected.ts';

export interface SavedResult extends ResultHead {
  readonly accounts: readonly Account[];
  readonly units: readonly UnitRecord[];
  readonly gaps: readonly Gap[];
  readonly skipped: readonly Skip[];
  readonly resolved: readonly ResolvedFinding[];
  readonly unseen: readonly EarlierFinding[];
  readonly pools: readonly PoolRecord[];
}

export function verdictsOf(result: SavedResult): Verdicts {
  const { accounts, pools, findings, gaps } = result.summary;
  const { fixed: _fixed, ...bySeverity } = findings;
  return {
    exitCode: result.run.exitCode,
    accounts: result.accounts.map(({ id, state }) => `${id} ${state ?? 'not known'}`).sort(),
    units: result.units.map((unit) => `${unit.accountId}/${unit.region} ${unit.status} ${unit.reason}`).sort(),
    skipped: result.skipped
      .map((skip) => `${placeText(skip.accountId, skip.region, skip.poolId)} ${skip.reason}`)
      .sort(),
    gaps: result.gaps.map(gapText).sort(),
    pools: result.pools.map(poolVerdict).sort((one, other) => (one.place < other.place ? -1 : 1)),
    summary: { accounts, pools, findings: bySeverity, gaps },
  };
}

function gapText(gap: Gap): string {
  const place = placeText(gap.accountId, gap.region, gap.poolId);
  return `${gap.scope} ${place} ${gap.code} ${gap.accepted === null || gap.accepted.expired ? 'open' : 'accepted'}`;
}

function poolVerdict(pool: PoolRecord): PoolVerdict {
  return {
    place: placeText(pool.accountId, pool.region, pool.poolId),
    status: pool.status,
    policies: [...pool.policies].sort(),
    findings: pool.findings
      .map(({ policy, path, status, severity, actual }) =>
        [policy, path, status, severity, JSON.stringify(actual)].join(' '),
      )
      .sort(),
  };
}
