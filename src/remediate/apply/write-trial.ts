/** Whether an account's pools could be changed, tried without changing any. */
import { failed, succeeded, type Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import type { AccountWriter } from '../../ports/account-writer.ts';

/** Longer than any id of a pool that AWS gives; and no pool would take the request, which asks for MFA by no factor. */
const noPool = 'MfaDriftDoctorHasNoSuchPool';

/** What the service says once it has let the request in. */
const letIn = new Set(['ResourceNotFoundException', 'InvalidParameterException']);

/**
 * Assumes the role that writes, asks whose credentials it gave, and asks `SetUserPoolMfaConfig` of a pool that can't be
 * there: a denial comes before anybody looks for the pool.
 *
 * @param region where the account has user pools; `null`: nothing is set
 */
export async function tryWriting(
  writer: AccountWriter,
  accountId: string,
  region: string | null,
  calls: Calls,
  quota: Quota,
): Promise<Attempt<void>> {
  const ready = () => writer.ready();
  const owner = await calls.run(quota, () => writer.owner(), ready);
  if (!owner.ok) return owner;
  if (owner.value.accountId !== accountId) return failed(stranger(owner.value.accountId));
  if (region === null) return succeeded(undefined);
  const input = { UserPoolId: `${region}_${noPool}`, MfaConfiguration: 'ON' };
  const set = await calls.run(quota, () => writer.set(region, input), ready);
  return set.ok || letIn.has(set.failure.name) ? succeeded(undefined) : set;
}

function stranger(ownerId: string) {
  return {
    name: 'AnotherAccount',
    code: 'credentials',
    retry: 'no',
    message: `the credentials that would write are those of account ${ownerId}`,
    remedy: 'Check role.remediationName and what assumes it.',
    requestId: null,
  } as const;
}
