import type { FleetRole, Permissions } from './fleet.ts';
import { permissionsOfTemplate } from './role-templates.ts';
import type { RoleEntry } from './schema.ts';

const fullAccess: Permissions = { allows: ['*'], lacks: [] };

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

export function permissionsOf({ like, allows, lacks = [] }: Pick<RoleEntry, 'like' | 'allows' | 'lacks'>): Permissions {
  const rules = lacks.map((rule) => (typeof rule === 'string' ? { action: rule, whereTagged: null } : rule));
  const template = like === undefined ? fullAccess : permissionsOfTemplate(like);
  return { allows: allows ?? template.allows, lacks: [...template.lacks, ...rules] };
}
