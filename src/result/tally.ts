import type { FailRule } from '../domain/result/fail-rule.ts';
import type { Account, Skip } from '../domain/model/observation.ts';
import { newPoolCounts } from '../domain/result/pool-counts.ts';
import { isOpen, type Gap, type PoolRecord, type Summary } from '../domain/result/result.ts';

/** Counts a result as it is written. */
export interface Tally {
  gap(gap: Gap): void;
  pool(pool: PoolRecord): void;
  summary(): Omit<Summary, 'api' | 'changes' | 'remediation'>;
}

interface Accounts {
  readonly accounts: readonly Account[];
  readonly skippedAccounts: readonly Skip[];
  /** Ids of accounts that an interruption left unread, in part or whole. */
  readonly unfinishedAccounts: readonly string[];
}

/**
 * Accounts that are left out or not active are listed and skipped; one with an open gap of its own or of a region failed,
 * and so did one that was not read to its end.
 *
 * @param rule which findings make exit code 2
 */
export function newTally({ accounts, skippedAccounts, unfinishedAccounts }: Accounts, rule: FailRule): Tally {
  const skipped = new Set(skippedAccounts.map((skip) => skip.accountId));
  const failed = new Set(unfinishedAccounts);
  const pools = newPoolCounts(rule);
  const gaps = { open: 0, accepted: 0 };
  return {
    gap(gap) {
      gaps[isOpen(gap) ? 'open' : 'accepted'] += 1;
      if (isOpen(gap) && gap.accountId !== null && gap.scope !== 'pool') failed.add(gap.accountId);
    },
    pool: (pool) => pools.add(pool),
    summary: () => ({
      accounts: {
        listed: accounts.length,
        audited: accounts.length - skipped.size - failed.size,
        skipped: skipped.size,
        failed: failed.size,
      },
      ...pools.summary(),
      gaps,
    }),
  };
}
