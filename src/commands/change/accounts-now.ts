import { namedUnits } from '../../domain/policy/named-units.ts';
import { readingNeeds } from '../../domain/policy/advice/reading-needs.ts';
import type { Account, PoolPlace } from '../../domain/model/observation.ts';
import { accountsInScope, isRegionInScope } from '../../remediate/plan/accounts-in-scope.ts';
import { requireOrganization } from '../../remediate/plan/read-plan.ts';
import type { ApplySession } from './apply-session.ts';

/** The account of a pool; `null` where the configuration or the organization leaves the account or the region out. */
export type AccountOf = (place: Pick<PoolPlace, 'accountId' | 'region'>) => Account | null;

/**
 * The accounts are asked for again, so that what has left the scope since is seen.
 *
 * @param file what names the pools: a plan or a journal, of `organizationId`
 * @throws UserError where that is another's than the caller's, or nobody tells
 */
export async function accountsNow(
  { file, organizationId }: { readonly file: string; readonly organizationId: string | null },
  places: readonly PoolPlace[],
  { loaded: { settings, set }, session: { connection, calls } }: ApplySession,
): Promise<AccountOf> {
  const scope = { settings, needs: readingNeeds(set, settings), namedUnits: namedUnits(set) };
  const ids = new Set(places.map(({ accountId }) => accountId));
  const now = await accountsInScope(connection, calls, scope, ids);
  requireOrganization(file, organizationId, now.organizationId);
  return ({ accountId, region }) =>
    isRegionInScope(settings.regions, region) ? (now.accounts.get(accountId) ?? null) : null;
}
