/**
 * The reads of one pool, each with all that asking, pacing, judging, saving and judging again know of it: schemas, words,
 * and the permissions that `deploy/` is held to follow. What says it to AWS stands in src/aws/requests/user-pool-calls.ts.
 */
import { mfaConfigMembers, userPoolMembers, type Members } from './api-model.ts';

/** Categories of Cognito's request quotas that reads count against. Source: AWS developer guide, Quotas in Amazon Cognito. */
export const readQuotas = ['UserPoolRead', 'UserPoolResourceRead'] as const;
export type ReadQuota = (typeof readQuotas)[number];

/** Under which pools are listed. */
export const listingQuota: ReadQuota = 'UserPoolRead';

/** Asked where a run is to say who changed a pool (`blame`), and never else. */
export const blameAction = 'cloudtrail:LookupEvents';

interface PoolReadEntry {
  /** The operation; `cognito-idp:` and this is its IAM action. */
  readonly request: string;
  readonly quota: ReadQuota;
  /** What it answers; a type in test/domain/model/api/api-model.test.ts holds them equal to the SDK's. */
  readonly members: Members;
  /** Where a policy speaks of them under `expect`: in this block, or at the top (`null`). */
  readonly block: string | null;
}

export const poolReads = {
  /** Asked of every pool. */
  mfaConfig: {
    request: 'GetUserPoolMfaConfig',
    quota: 'UserPoolResourceRead',
    members: mfaConfigMembers,
    block: null,
  },
  userPool: {
    request: 'DescribeUserPool',
    quota: 'UserPoolRead',
    members: userPoolMembers,
    block: 'UserPool',
  },
} as const satisfies Readonly<Record<string, PoolReadEntry>>;

export type PoolRead = keyof typeof poolReads;
/** Asked where policies need it: judged, and never written. */
export type FurtherRead = Exclude<PoolRead, 'mfaConfig'>;

export const poolReadNames = Object.keys(poolReads) as readonly PoolRead[];
export const furtherReads: readonly FurtherRead[] = poolReadNames.filter((name) => name !== 'mfaConfig');

/** The IAM action, which is also how messages name the request. */
export function actionOf(read: PoolRead): `cognito-idp:${string}` {
  return `cognito-idp:${poolReads[read].request}`;
}

export function isFurtherRead(name: string | null): name is FurtherRead {
  return furtherReads.some((read) => read === name);
}

/** Of the same reads there is one set, so that thousands of pools share it. */
export type FurtherReads = ReadonlySet<FurtherRead>;
export const noReads: FurtherReads = new Set();
const sets = new Map<string, FurtherReads>();

export function readSet(reads: Iterable<FurtherRead>): FurtherReads {
  const asked = new Set(reads);
  if (asked.size === 0) return noReads;
  const inOrder = furtherReads.filter((read) => asked.has(read));
  const key = inOrder.join();
  const made = sets.get(key) ?? new Set(inOrder);
  sets.set(key, made);
  return made;
}

export function withRead(reads: FurtherReads, read: FurtherRead): FurtherReads {
  return reads.has(read) ? reads : readSet([...reads, read]);
}

/** One value for each further read; `index`: its place among `furtherReads`. */
export function byFurtherRead<T>(make: (read: FurtherRead, index: number) => T): Readonly<Record<FurtherRead, T>> {
  return byName(furtherReads, make);
}

/** One value for each of some names, in their order. */
export function byName<Name extends string, T>(
  names: readonly Name[],
  make: (name: Name, index: number) => T,
): Readonly<Record<Name, T>> {
  const made: Partial<Record<Name, T>> = {};
  for (const [index, name] of names.entries()) made[name] = make(name, index);
  return made as Record<Name, T>;
}

/** The further read of which `expect` has such a block; `null`: none. */
export function readOfBlock(block: string): FurtherRead | null {
  return furtherReads.find((read) => poolReads[read].block === block) ?? null;
}

/** The requests that count against a quota, as its description names them. */
export function requestsUnder(quota: ReadQuota): string {
  const reads = poolReadNames.filter((read) => poolReads[read].quota === quota).map((read) => poolReads[read].request);
  return [...(quota === listingQuota ? ['ListUserPools'] : []), ...reads].join(', ');
}
