/** Asks about the users of pools at the pace of its account's quotas, and tries again where that helps. */
import { failureOf, UnreadUsers } from './unread-users.ts';
import type { PoolPlace } from '../../domain/model/observation.ts';
import type { UserFactors } from '../../domain/readiness/users.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import { counted } from '../../number-format.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import type { UserCalls, UserReader } from '../../ports/user-reader.ts';

const nobody = { users: [], next: null };

/** Categories of Cognito's request quotas (AWS developer guide, Quotas in Amazon Cognito). */
export function pagesPerSecond({ quotas, quotaShare }: RequestLimits): number {
  return quotas.UserList * quotaShare;
}

/** Somebody has allowed reads that count a user as active for the month's bill, and is told how many before the first. */
export interface BilledReads {
  says(words: string): Promise<void>;
}

/**
 * Readers of pools. Those in one account and region share its quotas.
 * @param billed `null`: no read that is billed is ever made
 */
export function pacedReaders(
  calls: Calls,
  limits: RequestLimits,
  usersOf: (accountId: string, region: string) => UserCalls,
  billed: BilledReads | null = null,
): (pool: PoolPlace) => UserReader {
  const units = new Map<string, UnitReading>();
  return ({ accountId, region, poolId }) => {
    const key = `${accountId}/${region}`;
    const unit = units.get(key) ?? {
      calls,
      billed,
      users: usersOf(accountId, region),
      list: calls.quota({ perSecond: pagesPerSecond(limits), name: `${key}/UserList` }),
      read: calls.quota({ perSecond: limits.quotas.UserRead * limits.quotaShare, name: `${key}/UserRead` }),
    };
    units.set(key, unit);
    return readerOf(unit, poolId);
  };
}

/** What the pools of one account and region share. */
interface UnitReading {
  readonly calls: Calls;
  readonly billed: BilledReads | null;
  readonly users: UserCalls;
  readonly list: Quota;
  readonly read: Quota;
}

function readerOf({ calls, billed, users, list, read }: UnitReading, poolId: string): UserReader {
  const ready = () => users.ready();
  let [most, billedReads] = [0, 0];
  let said: Promise<void> | null = null;
  async function billedFactors(name: string): Promise<UserFactors | null> {
    billedReads += 1;
    const factors = await calls.run(read, () => users.billedFactors(poolId, name), ready);
    return isNamed(factors, 'UserNotFoundException') ? null : valueOf(factors, 'cognito-idp:AdminGetUser');
  }
  return {
    async listUsers(prefix, token) {
      const page = await calls.run(list, () => users.list(poolId, prefix, token), ready);
      // A filter that the service does not take finds nobody, and the design that needs it is not trusted.
      if (prefix !== '' && isNamed(page, 'InvalidParameterException')) return nobody;
      return valueOf(page, 'cognito-idp:ListUsers');
    },
    expects(expected) {
      most = expected;
    },
    billedReads: () => billedReads,
    async authFactors(name) {
      if (said !== null) return said.then(() => billedFactors(name));
      const factors = await calls.run(read, () => users.factors(poolId, name), ready);
      if (billed !== null && !factors.ok && factors.failure.code === 'AccessDenied') {
        said ??= billed.says(
          `${poolId}: AdminGetUserAuthFactors is denied. AdminGetUser is asked instead, and counts each user as active for this month's bill: ${counted(most, 'user')} at most.`,
        );
        return said.then(() => billedFactors(name));
      }
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
