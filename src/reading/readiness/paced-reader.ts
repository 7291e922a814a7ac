/** Asks about the users of one pool at the pace of its account's quotas, and tries again where that helps. */
import { failureOf, UnreadUsers } from './unread-users.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { UserCalls, UserReader } from '../../ports/user-reader.ts';

const nobody = { users: [], next: null };

/** Categories of Cognito's request quotas (AWS developer guide, Quotas in Amazon Cognito). */
export function pagesPerSecond({ quotas, quotaShare }: RequestLimits): number {
  return quotas.UserList * quotaShare;
}

export function pacedReader(
  calls: Calls,
  users: UserCalls,
  limits: RequestLimits,
  { accountId, region, poolId }: { readonly accountId: string; readonly region: string; readonly poolId: string },
): UserReader {
  const place = `${accountId}/${region}`;
  const list = calls.quota({ perSecond: pagesPerSecond(limits), name: `${place}/UserList` });
  const read = calls.quota({ perSecond: limits.quotas.UserRead * limits.quotaShare, name: `${place}/UserRead` });
  const ready = () => users.ready();
  return {
    async listUsers(prefix, token) {
      const page = await calls.run(list, () => users.list(poolId, prefix, token), ready);
      // A filter that the service does not take finds nobody, and the design that needs it is not trusted.
      if (prefix !== '' && isNamed(page, 'InvalidParameterException')) return nobody;
      return valueOf(page, 'cognito-idp:ListUsers');
    },
    async authFactors(name) {
      const factors = await calls.run(read, () => users.factors(poolId, name), ready);
      return isNamed(factors, 'UserNotFoundException') ? null : valueOf(factors, 'cognito-idp:AdminGetUserAuthFactors');
    },
  };
}

function isNamed(attempt: Attempt<unknown>, name: string): boolean {
  return !attempt.ok && attempt.failure.name === name;
}

function valueOf<T>(attempt: Attempt<T>, action: string): T {
  if (attempt.ok) return attempt.value;
  throw new UnreadUsers(failureOf(attempt.failure, action));
}
