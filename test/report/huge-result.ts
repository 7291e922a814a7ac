import type { PoolRecord, Result } from '../../src/domain/result/result.ts';
import { aFinding, anAccount, aPool, aResult, aUnit } from './a-result.ts';

const poolsPerUnit = 100;

/** So many drifting pools, made while they are read: only a reader can hold them in memory. */
export function hugeResult(count: number): Result {
  const { head } = aResult();
  const units = count / poolsPerUnit;
  return {
    head: {
      ...head,
      run: { ...head.run, exitCode: 2 },
      summary: {
        ...head.summary,
        accounts: { listed: units, audited: units, skipped: 0, failed: 0 },
        pools: { ...head.summary.pools, total: count, drifted: count },
        findings: { ...head.summary.findings, high: count },
      },
    },
    async *accounts() {
      for (let unit = 0; unit < units; unit += 1) yield anAccount({ id: accountId(unit) });
    },
    async *units() {
      for (let unit = 0; unit < units; unit += 1) yield aUnit({ accountId: accountId(unit), pools: poolsPerUnit });
    },
    async *gaps() {},
    async *skipped() {},
    async *resolved() {},
    async *unseen() {},
    async *pools() {
      for (let number = 0; number < count; number += 1) yield poolNumber(number);
    },
  };
}

function accountId(unit: number): string {
  return String(100_000_000_000 + unit);
}

function poolNumber(number: number): PoolRecord {
  const poolId = `eu-west-1_${String(number).padStart(9, '0')}`;
  return aPool({
    accountId: accountId(Math.floor(number / poolsPerUnit)),
    poolId,
    poolName: `customers-${number}`,
    status: 'drifted',
    findings: [aFinding({ id: `finding-${number}` })],
  });
}
