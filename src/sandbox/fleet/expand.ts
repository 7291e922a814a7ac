/** From the fleet document to the fleet: templates laid out, ids made, defaults filled in. */
import { UserError } from '../../errors.ts';
import { awsQuotas, noQuotas, quotaNames, type QuotaRates } from '../quotas.ts';
import { lowerAlphanumeric, word } from '../seeded.ts';
import { findMistakes } from './check.ts';
import type { Fleet, FleetAccount, FleetOrganization } from './fleet.ts';
import { placePools } from './pools.ts';
import { optStatuses } from './regions.ts';
import { permissionsOf, rolesOf, rolesOver } from './roles/roles.ts';
import type { AccountEntry, FleetDocument, OrganizationEntry } from './schema.ts';
import { UnitPaths } from './units.ts';

/** Throws `UserError` with every mistake that the schema can't see, such as an unknown template. */
export function fleetFrom(document: FleetDocument): Fleet {
  const mistakes = findMistakes(document);
  if (mistakes.length > 0) throw new UserError(mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`));
  return expand(document);
}

/** Of a document without mistakes. */
export function expand(document: FleetDocument): Fleet {
  const { seed = 1, organization, homeRegion = 'us-east-1', emptyPages = 0.1, switches = {} } = document;
  const units = new UnitPaths(seed, unitTags(organization));
  const accounts = document.accounts.map((entry) => accountFrom(entry, document, units, seed));
  return {
    seed,
    organization: organization === undefined ? null : organizationFrom(organization, units, seed),
    caller: callerFrom(document),
    homeRegion,
    accounts,
    quotas: quotasFrom(document.quotas),
    emptyPages,
    switches,
  };
}

function accountFrom(entry: AccountEntry, document: FleetDocument, units: UnitPaths, seed: number): FleetAccount {
  const { id, name, roles = {}, pools = [] } = entry;
  const shared = id === document.organization?.managementAccount ? {} : (document.roles ?? {});
  return {
    id,
    name,
    email: entry.email ?? `aws-${id}@example.com`,
    state: entry.state ?? 'ACTIVE',
    parentId: units.idOf(entry.unit ?? '/'),
    tags: entry.tags ?? {},
    roles: rolesOf(rolesOver(shared, roles), trustedAccounts(document)),
    regions: optStatuses(document.regions ?? {}, entry.regions ?? {}),
    pools: pools.flatMap((pool) => placePools(pool, id, document.templates ?? {}, seed)),
  };
}

function organizationFrom(entry: OrganizationEntry, units: UnitPaths, seed: number): FleetOrganization {
  const policies = (entry.serviceControlPolicies ?? []).map(({ id, actions, regions, attachedTo }) => {
    const targets = attachedTo.map((target) => (target.startsWith('/') ? units.idOf(target) : target));
    return { id, actions, regions, targets };
  });
  return {
    id: entry.id ?? `o-${word(seed, 'organization', 10, lowerAlphanumeric)}`,
    rootId: units.rootId,
    managementAccountId: entry.managementAccount,
    delegatedAdministrators: entry.delegatedAdministrators ?? [],
    units: units.units,
    serviceControlPolicies: policies,
    accountStates: entry.accountStates ?? 'State',
    paths: entry.paths ?? true,
  };
}

/** Without a caller: a user of the management account, else of the first account. */
function callerFrom(document: FleetDocument): Fleet['caller'] {
  const { caller } = document;
  const accountId = callerAccount(document);
  if (caller?.role !== undefined) {
    return { accountId, kind: 'role', name: caller.role, permissions: permissionsOf(caller) };
  }
  return { accountId, kind: 'user', name: caller?.user ?? 'auditor', permissions: permissionsOf(caller ?? {}) };
}

function callerAccount({ caller, organization, accounts }: FleetDocument): string {
  return caller?.account ?? organization?.managementAccount ?? accounts[0]?.id ?? '';
}

function trustedAccounts(document: FleetDocument): readonly string[] {
  const { organization } = document;
  const readers =
    organization === undefined ? [] : [organization.managementAccount, ...(organization.delegatedAdministrators ?? [])];
  return [...new Set([callerAccount(document), ...readers])];
}

function unitTags(organization: OrganizationEntry | undefined) {
  return Object.fromEntries(Object.entries(organization?.units ?? {}).map(([path, unit]) => [path, unit.tags ?? {}]));
}

function quotasFrom(quotas: FleetDocument['quotas']): QuotaRates {
  if (quotas === 'off') return noQuotas;
  const rates = { ...awsQuotas };
  for (const name of quotaNames) {
    const rate = quotas?.[name];
    if (rate !== undefined) rates[name] = rate === 'off' ? null : rate;
  }
  return rates;
}
