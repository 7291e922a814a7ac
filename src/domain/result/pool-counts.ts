/** Counting pools and their findings, the same wherever a result is written or written again. */
import { isFailing, type FailRule } from './fail-rule.ts';
import type { PoolRecord, Summary } from './result.ts';

export interface PoolCounts {
  add(pool: PoolRecord): void;
  summary(): Pick<Summary, 'pools' | 'findings' | 'drift'>;
}

type Counts<K extends keyof Summary> = { -readonly [Name in keyof Summary[K]]: number };

/** @param rule which findings make exit code 2 */
export function newPoolCounts(rule: FailRule): PoolCounts {
  const pools: Counts<'pools'> = { total: 0, compliant: 0, drifted: 0, excepted: 0, uncovered: 0, unreadable: 0 };
  const findings: Counts<'findings'> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, fixed: 0 };
  const drift: Counts<'drift'> = { pools: 0, failing: 0 };
  return {
    add(pool) {
      pools.total += 1;
      pools[pool.status] += 1;
      for (const { status, severity } of pool.findings) {
        if (status === 'drift') findings[severity] += 1;
        if (status === 'fixed') findings.fixed += 1;
      }
      if (pool.findings.some(({ status }) => status === 'drift')) drift.pools += 1;
      if (pool.findings.some((finding) => isFailing(finding, rule))) drift.failing += 1;
    },
    summary: () => ({ pools, findings, drift }),
  };
}
