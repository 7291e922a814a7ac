import { withManagementAdvice } from '../../reading/accounts/management-account.ts';
import type { OrganizationReading } from '../../reading/read-organization.ts';
import type { RunDirectory } from '../../run-directory/run-directory.ts';
import { asFailure } from '../../reading/accounts/account-registry.ts';
import { acceptGap } from '../../domain/verdict/gap-acceptance.ts';
import type { Failure } from '../../domain/model/observation.ts';
import type { Gap } from '../../domain/result/result.ts';
import { isWritingConfigured, mayWriteIn } from '../../domain/policy/writing-accounts.ts';
import { tryWriting } from '../../remediate/apply/write-trial.ts';
import type { TrialFindings } from '../../report/doctor.ts';
import type { Session } from '../run/aws-session.ts';
import type { OpenGap } from '../../reading/sink.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** Identities and requests that change nothing share no published quota with the applications. */
const perSecond = 20;

/** Tries in each account whether its pools could be changed; `null` where nothing is set up that writes. */
export async function trialOfWriting(
  { connection, calls, clock }: Session,
  { set, settings }: RunInputs,
  { discovery }: OrganizationReading,
  { store, startedAt }: RunDirectory,
): Promise<TrialFindings | null> {
  if (!isWritingConfigured(set, settings)) return null;
  const skipped = new Set(discovery.skipped.map(({ accountId }) => accountId));
  const accounts = discovery.accounts.filter(({ id }) => !skipped.has(id));
  const concerned = accounts.filter((account) => mayWriteIn(account, set, settings));
  const read = store.units().filter(({ unit }) => unit.status === 'read');
  const regions = new Map(read.map(({ unit }) => [unit.accountId, unit.region]));
  const quota = calls.quota({ perSecond });
  const tried = concerned.map(async (account): Promise<Gap | null> => {
    const region = regions.get(account.id) ?? null;
    const outcome = await tryWriting(connection.writer(account.id), account.id, region, calls, quota);
    if (outcome.ok) return null;
    const gap = withManagementAdvice(accountGap(account.id, outcome.failure), discovery.managementAccountId);
    return acceptGap(set, gap, account, clock.latestAt(new Date(startedAt)));
  });
  const gaps = (await Promise.all(tried)).filter((gap) => gap !== null);
  return { accounts: concerned.length, accountNames: new Map(concerned.map(({ id, name }) => [id, name])), gaps };
}

function accountGap(accountId: string, failure: Failure): OpenGap {
  return { scope: 'account', accountId, region: null, poolId: null, ...asFailure(failure) };
}
