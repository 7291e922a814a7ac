/** What measuring readiness asks about the users of one pool. Names are for asking again, and are never written anywhere. */
import type { UserFacts, UserFactors } from '../domain/readiness/users.ts';
import type { Attempt } from '../pacing/call-result.ts';

export interface ListedUser extends UserFacts {
  readonly name: string;
  /** `null` where the answer doesn't have it. */
  readonly sub: string | null;
}

export interface UserPage {
  readonly users: readonly ListedUser[];
  readonly next: string | null;
}

/** Single requests, by the role that may read users. */
export interface UserCalls {
  ready(): Promise<Attempt<void>>;
  /** @param prefix first characters of `sub`; `''`: all users */
  list(poolId: string, prefix: string, token: string | null): Promise<Attempt<UserPage>>;
  factors(poolId: string, name: string): Promise<Attempt<UserFactors>>;
  /** `AdminGetUser`, which counts the user as active for the month's bill, and says nothing of first factors. */
  billedFactors(poolId: string, name: string): Promise<Attempt<UserFactors>>;
}

/** The same of one pool, paced and tried again. Each call rejects with `UnreadUsers` where AWS refuses it, or still fails after its retries. */
export interface UserReader {
  /**
   * `ListUsers`, at most 60 users a page.
   * @param prefix first characters of `sub`; `''`: all users
   */
  listUsers(prefix: string, token: string | null): Promise<UserPage>;
  /** The factors of one user; `null`: the user is gone. */
  authFactors(name: string): Promise<UserFactors | null>;
  /** Told before the first user is asked how many will be, at the most. */
  expects?(users: number): void;
  /** How many reads were billed. */
  billedReads?(): number;
}
