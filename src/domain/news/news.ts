/** What can be news between two nights. */
import type {
  EarlierFinding,
  ExceptionRecord,
  Finding,
  Gap,
  PolicyRecord,
  PoolRecord,
  ResolvedFinding,
} from '../result/result.ts';

/** A pool as news names it. */
export type PoolNames = Pick<PoolRecord, 'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName' | 'poolArn'>;

export type News =
  /** Drift that was none last night, or that an exception excused then. */
  | { readonly kind: 'new'; readonly pool: PoolNames; readonly finding: Finding }
  /** Drift of both nights whose severity rose, or whose value is further from what is wanted. */
  | {
      readonly kind: 'worse';
      readonly pool: PoolNames;
      readonly finding: Finding;
      readonly before: Pick<EarlierFinding, 'severity' | 'actual'>;
    }
  /** Drift of last night that is none any more; its reason says whether it was fixed. */
  | { readonly kind: 'resolved'; readonly finding: ResolvedFinding }
  /** A place that was read last night, or was not there, or whose gap was accepted. */
  | { readonly kind: 'unreadable'; readonly gap: Gap }
  /** A place that was a gap last night, and was read tonight. */
  | { readonly kind: 'readable'; readonly gap: Gap }
  /** One that has an effect tonight. `days`: until its last day; `isNews`: it came near since last night. */
  | {
      readonly kind: 'exception-ends';
      readonly exception: ExceptionRecord;
      readonly days: number;
      readonly isNews: boolean;
    }
  /** A policy that selects no pool any more. `pools`: how many it had last night. */
  | { readonly kind: 'selector-empty'; readonly policy: PolicyRecord; readonly pools: number };

/** Whether it alone is worth a message. */
export function isNews(item: News): boolean {
  return item.kind !== 'exception-ends' || item.isNews;
}
