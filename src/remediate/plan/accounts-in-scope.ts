/** The accounts of a plan as the configuration and the organization know them now. */
import type { Cloud } from '../../ports/cloud.ts';
import { accountsToRead } from '../../reading/accounts/discover-accounts.ts';
import type { Calls } from '../../pacing/calls.ts';
import { AccountRegistry } from '../../reading/accounts/account-registry.ts';
import { isNone, ownOrganization } from '../../reading/accounts/own-organization.ts';
import type { ReadingScope } from '../../reading/accounts/scope.ts';
import { compileGlob } from '../../domain/policy/match/globs.ts';
import type { Account } from '../../domain/model/observation.ts';
import type { RegionSettings } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';

export interface AccountsInScope {
  readonly organizationId: string | null;
  /** Those that an audit would read, by id. */
  readonly accounts: ReadonlyMap<string, Account>;
}

/** Throws UserError where the list of accounts can't be read, or breaks off: then nobody knows what is in scope. */
export async function accountsInScope(
  cloud: Cloud,
  calls: Calls,
  scope: Omit<ReadingScope, 'filters'>,
  ids: ReadonlySet<string>,
): Promise<AccountsInScope> {
  const registry = new AccountRegistry(calls.log);
  // The accounts are the run's share of the organization, and one that has left it is no mistake of a flag.
  const filters = { accounts: null, regions: null, shard: { count: 1, holds: (id: string) => ids.has(id) } };
  const accounts = new Map<string, Account>();
  for await (const account of accountsToRead(cloud, calls, { ...scope, filters }, registry)) {
    accounts.set(account.id, account);
  }
  const gap = registry.gaps.find((each) => each.scope === 'organization');
  if (gap !== undefined) {
    throw new UserError(
      `The list of accounts could not be read whole: ${gap.message}. ${gap.remedy} Nothing was changed.`,
    );
  }
  return { organizationId: registry.organization?.id ?? (await callersOrganization(cloud, calls)), accounts };
}

/**
 * The caller's organization; `null`: it is in none, which is known.
 *
 * @throws UserError where that can't be told: what belongs to another organization must not be changed.
 */
export async function callersOrganization(
  { organization }: Pick<Cloud, 'organization'>,
  calls: Calls,
): Promise<string | null> {
  const quota = calls.quota({ perSecond: 1, name: 'organizations' });
  const described = await ownOrganization({ organization, calls, quota })();
  if (described.ok) return described.value.id;
  if (isNone(described)) return null;
  const { message, remedy } = described.failure;
  throw new UserError(
    `Nobody could be asked which organization this is, so nothing was changed: ${message}. ${remedy}`,
  );
}

/** Whether the configuration lets a region be audited. */
export function isRegionInScope(regions: RegionSettings, region: string): boolean {
  if (regions.kind === 'list') return regions.regions.includes(region);
  return !regions.exclude.some((glob) => compileGlob(glob)(region));
}
