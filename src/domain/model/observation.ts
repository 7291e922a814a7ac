/**
 * What a run learns about an organization, before any policy judges it. Plain data: it is written to the run
 * directory as it comes and read back from there. `null` means "was not read" everywhere; an empty map or list means
 * "was read, and is empty".
 */
import type { JsonObject } from './json.ts';

/** `Account.State` of Organizations; accounts named in the configuration and the caller's own read as ACTIVE. */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

export interface OrganizationalUnit {
  readonly id: string;
  /** `null` where Organizations gave the id and may not be asked for the name. */
  readonly name: string | null;
}

export type Tags = Readonly<Record<string, string>>;

export interface Account {
  readonly id: string;
  /** As Organizations gives it, which names the management account; `null` where the account was not listed there. */
  readonly arn: string | null;
  readonly name: string | null;
  /** `null` where Organizations did not say; such an account is a gap. */
  readonly state: AccountState | null;
  /** From the root's first child down to the account's parent; `[]` directly under the root; `null` not known. */
  readonly path: readonly OrganizationalUnit[] | null;
  readonly tags: Tags | null;
  /** Known to be in no organization: it has no unit, not even the root, and no tags. Absent where it is in one, or may be. */
  readonly inOrganization?: false;
  /** Enabled regions that a list of regions leaves out; `null` where that could not be asked or is not the question. */
  readonly regionsNotAudited: readonly string[] | null;
}

/** Why something that should have been read was not. The list is closed; AWS's own error name stands in the message. */
export const gapCodes = [
  'AccessDenied',
  'credentials',
  'throttled',
  'network',
  'server-error',
  'malformed',
  'page-loop',
  'selector-unreadable',
  'expectation-unreadable',
  'shard-missing',
] as const;
export type GapCode = (typeof gapCodes)[number];

/** One failed read, classified, in words: what happened and how to mend it. */
export interface Failure {
  readonly code: GapCode;
  readonly message: string;
  readonly remedy: string;
}

/** What to do about every answer that says what no answer of the service says. */
export const malformedRemedy =
  'Run again; if it stays, check the endpoint and what stands between it and here (proxy, gateway).';

export type GapScope = 'organization' | 'account' | 'region' | 'pool';

export interface Place {
  readonly scope: GapScope;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly poolId: string | null;
}

export const skipReasons = [
  'suspended',
  'pending-closure',
  'closed',
  'pending-activation',
  'region-not-enabled',
  'left-out',
  'pool-deleted',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Rightly not read. */
export interface Skip extends Place {
  readonly scope: 'account' | 'region' | 'pool';
  readonly accountId: string;
  readonly reason: SkipReason;
}

/** Members of an answer that were asked for: the whole object as AWS sent it, or why there is none. */
export type Reading =
  { readonly read: true; readonly value: JsonObject } | { readonly read: false; readonly failure: Failure };

/** One user pool as it was read; a pool that vanished between list and read is a skip instead. */
export interface PoolObservation {
  readonly poolId: string;
  readonly poolName: string;
  /** ISO 8601, UTC, of the `GetUserPoolMfaConfig` answer (or of its failure). */
  readonly observedAt: string;
  /** AWS's id of that request; `null` when no answer came. */
  readonly requestId: string | null;
  /** `GetUserPoolMfaConfig`, parsed from the text of the response, so that members no model knows are there. */
  readonly mfaConfig: Reading;
  /** `DescribeUserPool`'s `UserPool`, likewise; `null` where no policy needed it. */
  readonly userPool: Reading | null;
}

/** One account in one region. A unit with a gap may still have pools: those that were read before it broke. */
export interface UnitObservation {
  readonly accountId: string;
  readonly region: string;
  readonly status: 'read' | 'skipped' | 'gap';
  readonly skipReason: SkipReason | null;
  readonly failure: Failure | null;
  /** How many pools were listed. */
  readonly pools: number;
  /** ISO 8601, UTC: when the last page was read. */
  readonly readAt: string;
}
