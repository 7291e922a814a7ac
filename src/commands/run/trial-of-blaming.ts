import { blameAction } from '../../domain/model/api/reads.ts';
import { changeEventNames } from '../../domain/model/blame.ts';
import type { Gap } from '../../domain/result/result.ts';
import { asFailure } from '../../reading/accounts/account-registry.ts';
import { withManagementAdvice } from '../../reading/accounts/management-account.ts';
import type { OrganizationReading } from '../../reading/read-organization.ts';
import type { RunDirectory } from '../../run-directory/run-directory.ts';
import type { TrialFindings } from '../../report/doctor.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';
import type { Session } from './aws-session.ts';

/** Asks CloudTrail once in each account that has pools; `null` where the configuration does not ask who changed them. */
export async function trialOfBlaming(
  { connection, calls }: Session,
  { settings }: RunInputs,
  { discovery }: OrganizationReading,
  { store }: RunDirectory,
): Promise<TrialFindings | null> {
  if (!settings.blame) return null;
  const withPools = store.units().filter(({ unit }) => unit.status === 'read' && unit.pools > 0);
  const regions = new Map(withPools.map(({ unit }) => [unit.accountId, unit.region]));
  const perSecond = settings.limits.quotas.LookupEvents * settings.limits.quotaShare;
  const tried = [...regions].map(async ([accountId, region]): Promise<Gap | null> => {
    const events = connection.events(accountId, region);
    const quota = calls.quota({ perSecond, name: `${accountId}/${region}/${blameAction}` });
    const page = await calls.run(
      quota,
      () => events.lookUp(changeEventNames[0], null, null),
      () => events.ready(),
    );
    if (page.ok) return null;
    const gap = { scope: 'account', accountId, region: null, poolId: null, ...asFailure(page.failure) } as const;
    return { ...withManagementAdvice(gap, discovery.managementAccountId), accepted: null };
  });
  const gaps = (await Promise.all(tried)).filter((gap) => gap !== null);
  const names = discovery.accounts.filter(({ id }) => regions.has(id)).map(({ id, name }) => [id, name] as const);
  return { accounts: regions.size, accountNames: new Map(names), gaps };
}
