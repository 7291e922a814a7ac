/** Which accounts a run tells of: one of which a whole list says nothing is no part of the organization any more. */
import type { Result, RunInfo } from '../result/result.ts';

export interface AccountsTold {
  /** All accounts of the organization were asked for and listed, and nothing narrowed or ended the run. */
  readonly isWhole: boolean;
  /** Ids of the accounts that were read, left out or not to be read. */
  readonly known: ReadonlySet<string>;
  /** Of them, those that are closed; Organizations lists them for 90 days more. */
  readonly closed: ReadonlySet<string>;
}

/**
 * Whether the account is closed, or in the organization no more. Nobody answers for its pools here any more: what was found
 * in them is neither there still nor put right.
 */
export function hasLeft(accountId: string, { isWhole, known, closed }: AccountsTold): boolean {
  return closed.has(accountId) || (isWhole && !known.has(accountId));
}

/** Holds the accounts of the result in memory. */
export async function accountsTold(result: Result): Promise<AccountsTold> {
  const known = new Set<string>();
  const closed = new Set<string>();
  let isWhole = asksForAll(result.head.run);
  for await (const { id } of result.accounts()) known.add(id);
  for await (const { accountId } of result.units()) known.add(accountId);
  for await (const { scope, accountId, reason } of result.skipped()) {
    known.add(accountId);
    if (scope === 'account' && reason === 'closed') closed.add(accountId);
  }
  for await (const { accountId } of result.gaps()) {
    if (accountId === null) isWhole = false;
    else known.add(accountId);
  }
  return { isWhole, known, closed };
}

function asksForAll({ scope, interrupted }: RunInfo): boolean {
  return scope.accounts === 'organization' && Object.keys(scope.filters).length === 0 && !interrupted;
}
