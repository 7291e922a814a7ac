/** The accounts of a run, as they become known: which are read, which are skipped, which could not be judged. */
import type { Account, AccountState, Failure, Skip, SkipReason } from '../domain/observation.ts';
import type { OpenGap } from './assemble.ts';

export class Roster {
  private readonly byId = new Map<string, Account>();
  readonly skipped: Skip[] = [];
  readonly gaps: OpenGap[] = [];
  organizationId: string | null = null;
  /** How many accounts there are to read; `null` while they are still being listed. */
  total: number | null = null;
  /** How many accounts there are before flags and shards narrow them. */
  seen = 0;
  private readonly toRead = new Set<string>();
  private readonly done = new Set<string>();

  has(accountId: string): boolean {
    return this.byId.has(accountId);
  }

  private record(account: Account): void {
    this.byId.set(account.id, account);
  }

  /** What became known of an account since it was entered. */
  amend(accountId: string, facts: Partial<Account>): void {
    const account = this.byId.get(accountId);
    if (account !== undefined) this.byId.set(accountId, { ...account, ...facts });
  }

  read(account: Account): Account {
    this.record(account);
    this.toRead.add(account.id);
    return account;
  }

  /** Every unit of the account has ended, read or as a gap. */
  wasRead(accountId: string): void {
    this.done.add(accountId);
  }

  /** Ids of accounts that an interruption kept from being read to their end. */
  unfinished(): readonly string[] {
    return [...this.toRead].filter((id) => !this.done.has(id));
  }

  skip(account: Account, reason: SkipReason): void {
    this.record(account);
    this.skipped.push({ scope: 'account', accountId: account.id, region: null, poolId: null, reason });
  }

  gap(account: Account, failure: Failure): void {
    this.record(account);
    this.gaps.push({ scope: 'account', accountId: account.id, region: null, poolId: null, ...words(failure) });
  }

  organizationGap(failure: Failure): void {
    this.gaps.push({ scope: 'organization', accountId: null, region: null, poolId: null, ...words(failure) });
  }

  listed(): void {
    this.total = this.toRead.size;
  }

  /** Whether an account is read, or should have been. */
  holdsWork(): boolean {
    return this.toRead.size > 0 || this.gaps.length > 0;
  }

  /** By id. */
  accounts(): readonly Account[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** A failure's own members, without what a call's failure knows beside. */
export function words({ code, message, remedy }: Failure): Failure {
  return { code, message, remedy };
}

export const skipReasonOf = {
  PENDING_ACTIVATION: 'pending-activation',
  SUSPENDED: 'suspended',
  PENDING_CLOSURE: 'pending-closure',
  CLOSED: 'closed',
} as const satisfies Record<Exclude<AccountState, 'ACTIVE'>, SkipReason>;

/** AWS's word as a state that the program knows; `null` for none and for a new one. */
export function accountState(word: string | null): AccountState | null {
  if (word === 'ACTIVE') return word;
  return (Object.keys(skipReasonOf) as AccountState[]).find((state) => state === word) ?? null;
}
