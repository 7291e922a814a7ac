import { isOpen } from '../domain/gap-acceptance.ts';
import type { Account, Skip } from '../domain/observation.ts';
import type { Gap, PoolRecord, Summary } from '../domain/result.ts';

/** Counts a result as it is written. */
export interface Tally {
  gap(gap: Gap): void;
  pool(pool: PoolRecord): void;
  summary(): Omit<Summary, 'api' | 'changes'>;
}

interface Accounts {
  readonly accounts: readonly Account[];
  readonly skippedAccounts: readonly Skip[];
  /** Ids of accounts that an interruption left unread, in part or whole. */
  readonly unfinishedAccounts: readonly string[];
}

type Counts<K extends keyof Summary> = { -readonly [Name in keyof Summary[K]]: number };

/**
 * Accounts that are left out or not active are listed and skipped; one with an open gap of its own or of a region failed,
 * and so did one that was not read to its end.
 */
export function newTally({ accounts, skippedAccounts, unfinishedAccounts }: Accounts): Tally {
  const skipped = new Set(skippedAccounts.map((skip) => skip.accountId));
  const failed = new Set(unfinishedAccounts);
  const pools: Counts<'pools'> = { total: 0, compliant: 0, drifted: 0, excepted: 0, uncovered: 0, unreadable: 0 };
  const findings: Counts<'findings'> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, fixed: 0 };
  const gaps: Counts<'gaps'> = { open: 0, accepted: 0 };
  return {
    gap(gap) {
      gaps[isOpen(gap) ? 'open' : 'accepted'] += 1;
      if (isOpen(gap) && gap.accountId !== null && gap.scope !== 'pool') failed.add(gap.accountId);
    },
    pool(pool) {
      pools.total += 1;
      pools[pool.status] += 1;
      for (const finding of pool.findings) {
        if (finding.status === 'drift') findings[finding.severity] += 1;
        if (finding.status === 'fixed') findings.fixed += 1;
      }
    },
    summary: () => ({
      accounts: {
        listed: accounts.length,
        audited: accounts.length - skipped.size - failed.size,
        skipped: skipped.size,
        failed: failed.size,
      },
      pools,
      findings,
      gaps,
    }),
  };
}
