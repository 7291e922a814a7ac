import type { PolicyRecord, Result } from '../result/result.ts';
import type { PoolOfBoth } from '../baseline/compare.ts';
import type { News } from './news.ts';

type SelectorNews = Extract<News, { readonly kind: 'selector-empty' }>;

export interface SelectorCollector {
  pool(pool: PoolOfBoth): void;
  /** In the order of the policies. */
  empty(): readonly SelectorNews[];
}

/** Policies that selected pools last night and none tonight, so that nothing is asked of those pools any more. */
export function selectorNews({ head }: Result): SelectorCollector {
  const earlier = new Map<string, number>();
  const kept = new Set<string>();
  return {
    pool({ now, before, isGone }) {
      for (const policy of now?.policies ?? []) kept.add(policy);
      const isUnsure = now === null ? !isGone : now.status === 'unreadable';
      for (const policy of before?.record?.policies ?? []) {
        earlier.set(policy, (earlier.get(policy) ?? 0) + 1);
        // Where tonight did not look or could not read, the policy may select it still.
        if (isUnsure) kept.add(policy);
      }
    },
    empty: () => head.run.policySet.flatMap((policy) => emptied(policy, earlier, kept)),
  };
}

function emptied(
  policy: PolicyRecord,
  earlier: ReadonlyMap<string, number>,
  kept: ReadonlySet<string>,
): readonly SelectorNews[] {
  const pools = earlier.get(policy.name);
  return pools === undefined || kept.has(policy.name) ? [] : [{ kind: 'selector-empty', policy, pools }];
}
