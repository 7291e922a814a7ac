/** IAM in little: what a role allows, what it lacks, and what service control policies deny. Nothing else of IAM is played. */
import type { Fleet, FleetAccount, Permissions, ServiceControlPolicy } from '../fleet/fleet.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { Identity } from './credentials.ts';
import { matchesAction, matchesResource } from './matches-action.ts';

export interface Access {
  readonly action: string;
  /** ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  readonly region: string;
  /** Of the resource; asked for where a rule names tags. */
  readonly tags: () => Tags;
}

type Tags = Readonly<Record<string, string>>;

export type Denial =
  | { readonly by: 'service-control-policy'; readonly policy: ServiceControlPolicy }
  | { readonly by: 'identity-policy' }
  | { readonly by: 'session-policy'; readonly how: 'denied' | 'not-allowed' };

export function isAllowed(
  permissions: Permissions,
  { action, resource, tags }: Pick<Access, 'action' | 'resource' | 'tags'>,
): boolean {
  const isGranted = permissions.allows.some((rule) =>
    typeof rule === 'string'
      ? matchesAction(rule, action)
      : matchesAction(rule.action, action) && matchesResource(rule.on, resource),
  );
  if (!isGranted) return false;
  return !permissions.lacks.some(
    (rule) => matchesAction(rule.action, action) && (rule.whereTagged === null || hasTags(tags(), rule.whereTagged)),
  );
}

/** The text is IAM's own (IAM user guide, "Troubleshoot access denied error messages"). */
export function accessDenied(identity: Identity, access: Access, denial: Denial, fleet: Fleet): ServiceFailure {
  const subject = `User: ${identity.arn} is not authorized to perform: ${access.action} on resource: ${access.resource}`;
  return new ServiceFailure('AccessDeniedException', `${subject} ${reason(access, denial, fleet)}`);
}

function reason(access: Access, denial: Denial, { organization }: Fleet): string {
  if (denial.by === 'session-policy') {
    return denial.how === 'denied'
      ? 'with an explicit deny in a session policy'
      : `because no session policy allows the ${access.action} action`;
  }
  if (denial.by === 'identity-policy') {
    return `because no identity-based policy allows the ${access.action} action`;
  }
  const owner = `arn:aws:organizations::${organization?.managementAccountId}:policy/${organization?.id}`;
  return `with an explicit deny in a service control policy: ${owner}/service_control_policy/${denial.policy.id}`;
}

/** The policies that reach an account; none reaches the management account (Organizations user guide, "SCPs"). */
export function policiesOver(account: FleetAccount, fleet: Fleet): readonly ServiceControlPolicy[] {
  const organization = fleet.organization;
  if (organization === null || account.id === organization.managementAccountId) return [];
  if (organization.serviceControlPolicies.length === 0) return [];
  const parents = new Map(organization.units.map((unit) => [unit.id, unit.parentId]));
  const above = [account.id];
  for (let id: string | undefined = account.parentId; id !== undefined; id = parents.get(id)) above.push(id);
  return organization.serviceControlPolicies.filter((policy) =>
    policy.targets.some((target) => above.includes(target)),
  );
}

export function denies(policy: ServiceControlPolicy, access: Access): boolean {
  return policy.regions.includes(access.region) && policy.actions.some((each) => matchesAction(each, access.action));
}

function hasTags(tags: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}
