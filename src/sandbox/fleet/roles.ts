import type { FleetRole, Permissions } from './fleet.ts';
import type { RoleEntry } from './schema.ts';

type RoleEntries = Readonly<Record<string, RoleEntry | null>>;

/** A role's defaults: no external id, trust for `trusts`, everything allowed, sessions of an hour. */
export function rolesOf(entries: RoleEntries, trusts: readonly string[]): readonly FleetRole[] {
  return Object.entries(entries).flatMap(([name, entry]) =>
    entry === null
      ? []
      : [
          {
            name,
            externalId: entry.externalId ?? null,
            trusts: entry.trusts ?? trusts,
            maxSessionSeconds: entry.maxSessionSeconds ?? 3600,
            permissions: permissionsOf(entry),
          },
        ],
  );
}

/** The account's own words over the fleet's, member by member; `null` takes the role away. */
export function rolesOver(fleet: RoleEntries, account: RoleEntries): RoleEntries {
  const changed = Object.entries(account).map(([name, entry]): [string, RoleEntry | null] => [
    name,
    entry === null ? null : { ...fleet[name], ...entry },
  ]);
  return { ...fleet, ...Object.fromEntries(changed) };
}

export function permissionsOf({ allows, lacks = [] }: Pick<RoleEntry, 'allows' | 'lacks'>): Permissions {
  const rules = lacks.map((rule) => (typeof rule === 'string' ? { action: rule, whereTagged: null } : rule));
  return { allows: allows ?? ['*'], lacks: rules };
}
