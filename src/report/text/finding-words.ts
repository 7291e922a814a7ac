/** One finding as a sentence, for formats that have no columns. Names are as they are: each medium escapes them. */
import type { Finding, PoolRecord, ResolvedReason } from '../../domain/result/result.ts';
import { foundInWords, wantedInWords } from './value-words.ts';

type Names = Pick<PoolRecord, 'poolName' | 'poolId' | 'region' | 'accountId' | 'accountName'>;

/** `customers (eu-west-1_Ab12Cd34E) in eu-west-1 of shop-prod (111122223333)` */
export function poolInWords({ poolName, poolId, region, accountId, accountName }: Names): string {
  const account = accountName === null ? accountId : `${accountName} (${accountId})`;
  return `${poolName} (${poolId}) in ${region} of ${account}`;
}

/** `MfaConfiguration is OFF; floor wants ON` */
export function findingInWords({
  policy,
  path,
  expected,
  actual,
}: Pick<Finding, 'policy' | 'path' | 'expected' | 'actual'>): string {
  if (policy === null) return 'no policy matches this pool';
  return `${path} is ${foundInWords(actual)}; ${policy} wants ${wantedInWords(expected)}`;
}

/** `new`, or `since 2026-11-01`; '' where there was no comparison. */
export function ageInWords({ change, since }: Pick<Finding, 'change' | 'since'>): string {
  if (change === 'new') return 'new';
  return change === 'persisting' && since !== null ? `since ${since.slice(0, 10)}` : '';
}

/** What a reader can do about it. */
export function wayOut({ policy, file, line }: Pick<Finding, 'policy' | 'file' | 'line'>): string {
  if (policy === null) return 'Write a policy that matches the pool, or leave it out of the audit.';
  const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`;
  return `Put the pool right, change the policy${place}, or write an exception with an owner and an end.`;
}

/** Why what is wanted is not there yet; '' where nothing keeps it. */
export function waitInWords(fix: Finding['fix']): string {
  return fix?.status === 'rolling-out' ? 'rolling out' : (fix?.refused ?? '');
}

const reasons: Readonly<Record<ResolvedReason, string>> = {
  fixed: 'put right since',
  'pool-gone': 'the pool is gone',
  'account-left': 'its account is closed, or in the organization no more',
  'policy-changed': 'no policy asks for it there any more',
  excepted: 'excused by an exception',
};

/** The same for a cell, or in brackets. */
export const resolvedInShort: Readonly<Record<ResolvedReason, string>> = {
  fixed: 'fixed',
  'pool-gone': 'pool gone',
  'account-left': 'account left',
  'policy-changed': 'policy changed',
  excepted: 'excepted',
};

/** Why drift of the baseline is none any more. */
export function resolvedInWords(reason: ResolvedReason): string {
  return reasons[reason];
}
