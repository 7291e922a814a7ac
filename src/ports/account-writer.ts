/** What changing pools asks of AWS, in our words. Each call is made once; whoever calls decides what comes next. */
import type { Attempt } from '../pacing/call-result.ts';
import type { PoolRead } from '../domain/model/api/reads.ts';
import type { JsonObject } from '../domain/model/json.ts';
import type { Failure, PoolPlace, Reading } from '../domain/model/observation.ts';
import type { DatedReadiness } from '../domain/readiness/record.ts';

/** Every answer about a pool, read just now. */
export interface SeenLook extends Readonly<Record<PoolRead, Reading>> {
  readonly kind: 'seen';
  /** ISO 8601, UTC. */
  readonly observedAt: string;
  readonly requestId: string | null;
  /** Where its users were asked what they could still do after the change that policies want. */
  readonly readiness?: DatedReadiness;
}

/** `gone`: there is no such pool any more. */
export type Look = SeenLook | { readonly kind: 'gone' };

/** Reads with the role that audits. */
export interface PoolReads {
  look(place: PoolPlace): Promise<Look>;
  /** `GetUserPoolMfaConfig` alone. */
  readBack(place: PoolPlace): Promise<Reading>;
}

/**
 * `taken`: the service says that it is done. `contended`: nothing was changed since others were writing, the quota was
 * used up or the session had ended; it may be tried again from a fresh look. `refused`: nothing was changed. `lost`: no
 * answer came that could be read, so that only reading the pool tells.
 */
export type WriteAnswer =
  { readonly kind: 'taken' } | { readonly kind: 'contended' | 'refused' | 'lost'; readonly failure: Failure };

/** Whose credentials are, as `GetCallerIdentity` says it. */
export interface Owner {
  readonly accountId: string;
  /** Of the user, or of the role with its session, as AWS CloudTrail names whoever made a call. */
  readonly arn: string;
}

/** Writes with the role that may. */
export interface PoolWrites {
  /**
   * Whose the credentials that would write in this account really are, a failure where those that read are another
   * account's. Asked before the first write in an account, and again whenever the credentials were renewed.
   *
   * @throws IdentityChanged where they are another's than at first, or whoever runs the program is.
   */
  owner(accountId: string): Promise<Owner | { readonly failure: Failure }>;
  /** `input` is that of `SetUserPoolMfaConfig`. Credentials that were renewed since `owner` are asked whose they are before they sign it. */
  set(place: PoolPlace, input: JsonObject): Promise<WriteAnswer>;
}

/** One account's writing requests, single ones; made for that account and for nothing else. */
export interface AccountWriter {
  /** Resolves once there are credentials that last. */
  ready(): Promise<Attempt<void>>;
  /** Changes with the credentials: who they are of is known for one generation. */
  generation(): number;
  /** `GetCallerIdentity` with the credentials that write. */
  owner(): Promise<Attempt<Owner>>;
  set(region: string, input: JsonObject): Promise<Attempt<void>>;
}

export interface AccountWriters {
  writer(accountId: string): AccountWriter;
}
