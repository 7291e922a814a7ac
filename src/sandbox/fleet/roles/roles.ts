import type { FleetRole, Permissions } from '../fleet.ts';
import { parsePolicy } from '../../identity/policy.ts';
import { jsonObject } from '../generate/templates.ts';
import { policyOfTemplate } from './role-templates.ts';
import type { RoleEntry } from '../schema.ts';

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

type PermissionsEntry = Pick<RoleEntry, 'like' | 'allows' | 'lacks' | 'policy'>;

/** `allows` goes over `policy`, and that over `like`; with none of them everything is allowed. */
export function permissionsOf({ like, allows, policy, lacks = [] }: PermissionsEntry): Permissions {
  const rules = lacks.map((rule) => (typeof rule === 'string' ? { action: rule, whereTagged: null } : rule));
  if (allows !== undefined) return { allows, lacks: rules };
  if (policy !== undefined) return { allows: [], policy: parsePolicy(jsonObject(policy)), lacks: rules };
  return like === undefined
    ? { ...fullAccess, lacks: rules }
    : { allows: [], policy: policyOfTemplate(like), lacks: rules };
}
