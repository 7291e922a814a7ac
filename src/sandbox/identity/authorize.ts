/** IAM in little: what a role allows, what it lacks, and what service control policies deny. Nothing else of IAM is played. */
import type { ActionRule, Fleet, FleetAccount, Permissions, ServiceControlPolicy } from '../fleet/fleet.ts';
import { partitionOf } from '../fleet/region-list.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { CallerIdentity } from './credentials.ts';
import { matchesAction } from './matches-action.ts';
import { decide, type AskedAction } from './policy.ts';

export interface Access extends AskedAction {
  readonly region: string;
}

export type Denial =
  | { readonly by: 'service-control-policy'; readonly policy: ServiceControlPolicy }
  | { readonly by: 'identity-policy'; readonly how: 'denied' | 'not-allowed' }
  | { readonly by: 'session-policy'; readonly how: 'denied' | 'not-allowed' };

/** How an identity's own policies speak against an action; `null`: they allow it. */
export function refusedBy(
  { allows, policy = [], lacks }: Permissions,
  asked: AskedAction,
): 'denied' | 'not-allowed' | null {
  const decision = decide(policy, asked);
  if (decision === 'denied') return decision;
  const isGranted = decision === 'allowed' || allows.some((pattern) => matchesAction(pattern, asked.action));
  return isGranted && !lacks.some((rule) => isLacked(rule, asked)) ? null : 'not-allowed';
}

function isLacked({ action, whereTagged }: ActionRule, asked: AskedAction): boolean {
  const hasTags = Object.entries(whereTagged ?? {}).every(
    ([key, value]) => asked.context(`aws:ResourceTag/${key}`) === value,
  );
  return hasTags && matchesAction(action, asked.action);
}

/** The text is IAM's own (IAM user guide, "Troubleshoot access denied error messages"). */
export function accessDenied(identity: CallerIdentity, access: Access, denial: Denial, fleet: Fleet): ServiceFailure {
  const subject = `User: ${identity.arn} is not authorized to perform: ${access.action} on resource: ${access.resource}`;
  return new ServiceFailure('AccessDeniedException', `${subject} ${reason(access, denial, fleet)}`);
}

function reason(access: Access, denial: Denial, { organization }: Fleet): string {
  if (denial.by !== 'service-control-policy') {
    const kind = denial.by === 'session-policy' ? 'session' : 'identity-based';
    return denial.how === 'denied'
      ? `with an explicit deny in ${kind === 'session' ? 'a session' : 'an identity-based'} policy`
      : `because no ${kind} policy allows the ${access.action} action`;
  }
  const owner = `arn:${partitionOf(access.region)}:organizations::${organization?.managementAccountId}:policy/${organization?.id}`;
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
