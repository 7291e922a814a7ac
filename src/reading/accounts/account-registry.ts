/** The accounts of a run, as they become known: which are read, which are skipped, which could not be judged. */
import { compareTexts } from '../../domain/model/order.ts';
import type { Account, AccountState, Failure, Skip, SkipReason } from '../../domain/model/observation.ts';
import type { Log } from '../../log.ts';
import type { Organization } from '../../ports/cloud.ts';
import type { OpenGap } from '../sink.ts';
import { UnreadFacts } from './unread-facts.ts';

/** What becomes of an account that is in sight. */
export type AccountFate =
  | { readonly kind: 'read' }
  | { readonly kind: 'gap'; readonly failure: Failure }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/** From the strongest down: of an account that is listed twice, the first of these counts. */
const strength: readonly AccountFate['kind'][] = ['read', 'gap', 'skip'];

export class AccountRegistry {
  private readonly byId = new Map<string, { readonly account: Account; readonly fate: AccountFate }>();
  /** Of the organization, and of accounts whose reading failed as a whole. */
  private readonly failures: OpenGap[] = [];
  private readonly done = new Set<string>();
  readonly unreadFacts = new UnreadFacts();
  /** Of the caller's account; `null` where that is in none, or may not ask. */
  organization: Organization | null = null;
  /** How many accounts there are to read; `null` while they are still being listed. */
  total: number | null = null;
  /** How many accounts there are before flags and shards narrow them. */
  seen = 0;
  private readonly log: Log | null;

  constructor(log: Log | null) {
    this.log = log;
  }

  /** Returns whether the account is to be read, and was not before. */
  enter(account: Account, fate: AccountFate): boolean {
    const earlier = this.byId.get(account.id);
    if (earlier !== undefined && strength.indexOf(earlier.fate.kind) <= strength.indexOf(fate.kind)) return false;
    this.byId.set(account.id, { account, fate });
    if (fate.kind === 'skip')
      this.log?.debug('skipped', { account: account.id, region: null, pool: null, reason: fate.reason });
    return fate.kind === 'read';
  }

  /** What became known of an account since it was entered. */
  amend(accountId: string, facts: Partial<Account>): void {
    const entry = this.byId.get(accountId);
    if (entry !== undefined) this.byId.set(accountId, { ...entry, account: { ...entry.account, ...facts } });
  }

  /** Every unit of the account has ended, read or as a gap. */
  wasRead(accountId: string): void {
    this.done.add(accountId);
  }

  /** Ids of accounts that an interruption kept from being read to their end. */
  unfinished(): readonly string[] {
    return this.idsOf('read').filter((id) => !this.done.has(id));
  }

  /** Flags or shards leave it to others. */
  passOver(accountId: string): void {
    this.log?.debug('skipped', { account: accountId, region: null, pool: null, reason: 'not asked for' });
  }

  /** An account that was to be read can't be. */
  gap({ id }: Account, failure: Failure): void {
    this.failures.push(accountGap(id, failure));
  }

  organizationGap(failure: Failure): void {
    this.failures.push({ scope: 'organization', accountId: null, region: null, poolId: null, ...asFailure(failure) });
  }

  listed(): void {
    this.total = this.idsOf('read').length;
  }

  /** Whether an account is read, or should have been. */
  holdsWork(): boolean {
    return this.idsOf('read').length > 0 || this.gaps.length > 0;
  }

  /** By id. */
  accounts(): readonly Account[] {
    return [...this.byId.values()].map(({ account }) => account).sort((a, b) => compareTexts(a.id, b.id));
  }

  get skipped(): readonly Skip[] {
    return [...this.byId].flatMap(([accountId, { fate }]) =>
      fate.kind === 'skip'
        ? [{ scope: 'account', accountId, region: null, poolId: null, reason: fate.reason } as const]
        : [],
    );
  }

  get gaps(): readonly OpenGap[] {
    const unjudged = [...this.byId].flatMap(([id, { fate }]) =>
      fate.kind === 'gap' ? [accountGap(id, fate.failure)] : [],
    );
    return [...unjudged, ...this.failures];
  }

  private idsOf(kind: AccountFate['kind']): readonly string[] {
    return [...this.byId].flatMap(([id, { fate }]) => (fate.kind === kind ? [id] : []));
  }
}

function accountGap(accountId: string, failure: Failure): OpenGap {
  return { scope: 'account', accountId, region: null, poolId: null, ...asFailure(failure) };
}

/** A failure's own members, without what a call's failure knows beside. */
export function asFailure({ code, message, remedy }: Failure): Failure {
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
