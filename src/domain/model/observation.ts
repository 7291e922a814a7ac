/**
 * What a run learns about an organization, before any policy judges it. Plain data: it is written to the run
 * directory as it comes and read back from there. `null` means "was not read" everywhere; an empty map or list means
 * "was read, and is empty".
 */
import type { FurtherRead } from './api/reads.ts';
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

/** What a code says, and what to do about it: for pages, and for machines that show codes. */
export interface Meaning {
  readonly what: string;
  readonly help: string;
  /** No error of a request says it: the run itself does. */
  readonly madeHere?: true;
}

/** Why something that should have been read was not. The list is closed; AWS's own error name stands in the message. */
export const gapMeanings = {
  AccessDenied: {
    what: 'AWS denied a request, so that a place was not read.',
    help: 'Allow the action that the message names, leave the place out, or accept the gap with an exception.',
  },
  credentials: {
    what: 'Credentials were missing, expired or not accepted, so that a place was not read.',
    help: 'Sign in again or mend the credentials that the message names, then run again.',
  },
  throttled: {
    what: 'AWS kept asking to slow down, so that a place was given up.',
    help: 'Run again when the account is quieter, or lower limits.quotaShare.',
  },
  network: {
    what: 'AWS could not be reached, so that a place was not read.',
    help: 'Check network, DNS, proxy and certificates between the run and the endpoint, then run again.',
  },
  'server-error': {
    what: 'AWS answered with an error of its own, so that a place was not read.',
    help: "Run again; if it stays, look at AWS's health dashboard or ask AWS support with the message.",
  },
  malformed: {
    what: 'An answer was not one that the service gives, so that a place was not read.',
    help: 'Run again; if it stays, check the endpoint and what stands between it and here (proxy, gateway).',
  },
  'page-loop': {
    what: 'A listing did not end, so that a place was not wholly read.',
    help: 'Run again; if it stays, report it to AWS support.',
    madeHere: true,
  },
  'selector-unreadable': {
    what: 'What a policy selects by could not be read, so that a pool has no verdict.',
    help: 'Allow the audit role to read what the message names, then run again.',
    madeHere: true,
  },
  'expectation-unreadable': {
    what: 'What a policy asks for could not be read, so that a pool has no verdict.',
    help: 'Allow the audit role to read what the message names, then run again.',
    madeHere: true,
  },
  'shard-missing': {
    what: 'A part of the run was not among the results that were merged.',
    help: 'Run that shard, and merge again.',
    madeHere: true,
  },
} as const satisfies Readonly<Record<string, Meaning>>;
export type GapCode = keyof typeof gapMeanings;
export const gapCodes = Object.keys(gapMeanings) as readonly GapCode[];

/** What an error of a request can be. */
export type FailureCode = {
  [Code in GapCode]: (typeof gapMeanings)[Code] extends { readonly madeHere: true } ? never : Code;
}[GapCode];

/** One failed read, classified, in words: what happened and how to mend it. */
export interface Failure {
  readonly code: GapCode;
  readonly message: string;
  readonly remedy: string;
}

export type GapScope = 'organization' | 'account' | 'region' | 'pool';

export interface Place {
  readonly scope: GapScope;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly poolId: string | null;
}

/** Where one user pool is. */
export interface PoolPlace {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
}

/** A pool is known by account, region and id: a replica has its primary's id. */
export function placeKey({ accountId, region, poolId }: PoolPlace): string {
  return `${accountId}/${region}/${poolId}`;
}

export const skipMeanings = {
  suspended: 'The account is suspended: nothing in it can be read, and nobody signs in to it.',
  'pending-closure': 'The account is being closed.',
  closed: 'The account is closed; Organizations lists it for 90 days more.',
  'pending-activation': 'The account was invited or made and is not active yet.',
  'region-not-enabled': 'The account has not enabled the region, so that it can hold no pool.',
  'left-out': 'The configuration leaves the account out (`accounts.include`, `accounts.exclude`).',
  'pool-deleted': 'The pool was listed, and deleted before it was read.',
} as const;
export type SkipReason = keyof typeof skipMeanings;
export const skipReasons = Object.keys(skipMeanings) as readonly SkipReason[];

/** Rightly not read. */
export interface Skip extends Place {
  readonly scope: 'account' | 'region' | 'pool';
  readonly accountId: string;
  readonly reason: SkipReason;
}

/** Members of an answer that were asked for: the whole object as AWS sent it, or why there is none. */
export type Reading =
  { readonly read: true; readonly value: JsonObject } | { readonly read: false; readonly failure: Failure };

/** As the requests answered, parsed from the text of the response; `null` where no policy needed the read. */
export type FurtherReadings = Readonly<Record<FurtherRead, Reading | null>>;

/** One user pool as it was read; a pool that vanished between list and read is a skip instead. */
export interface PoolObservation extends FurtherReadings {
  readonly poolId: string;
  readonly poolName: string;
  /** ISO 8601, UTC, of the `GetUserPoolMfaConfig` answer (or of its failure). */
  readonly observedAt: string;
  /** AWS's id of that request; `null` when no answer came. */
  readonly requestId: string | null;
  /** `GetUserPoolMfaConfig`, parsed from the text of the response, so that members no model knows are there. */
  readonly mfaConfig: Reading;
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
