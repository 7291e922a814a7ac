/** What an audit has to say, in one flat form that both the oracle and a saved result can be brought into. */

/** `accountId/region/poolId`, with `-` for what the place is wider than. */
export type PlaceText = string;

export interface Verdicts {
  readonly exitCode: number;
  /** `id state`, by id. */
  readonly accounts: readonly string[];
  /** `accountId/region status reason`, sorted. */
  readonly units: readonly string[];
  /** `place reason`, sorted. */
  readonly skipped: readonly string[];
  /** `scope place code accepted|open`, sorted. */
  readonly gaps: readonly string[];
  readonly pools: readonly PoolVerdict[];
  readonly summary: SummaryNumbers;
}

export interface PoolVerdict {
  readonly place: PlaceText;
  readonly status: string;
  /** Those that surely match, sorted. */
  readonly policies: readonly string[];
  /** `policy path status severity actual`, sorted. */
  readonly findings: readonly string[];
}

export interface SummaryNumbers {
  readonly accounts: Readonly<Record<'listed' | 'audited' | 'skipped' | 'failed', number>>;
  readonly pools: Readonly<Record<'total' | 'compliant' | 'drifted' | 'excepted' | 'uncovered' | 'unreadable', number>>;
  readonly findings: Readonly<Record<'critical' | 'high' | 'medium' | 'low' | 'info', number>>;
  readonly gaps: Readonly<Record<'open' | 'accepted', number>>;
}

export function placeText(
  accountId: string | null,
  region: string | null = null,
  poolId: string | null = null,
): PlaceText {
  return [accountId, region, poolId].map((part) => part ?? '-').join('/');
}
