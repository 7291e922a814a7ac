/** What AWS would answer to whom, read off a fleet: roles that can be assumed, regions, denials. */
import type { Fleet, FleetAccount, Permissions } from '../../src/sandbox/fleet/fleet.ts';
import type { Configuration } from './language.ts';

/** Where user pools exist in the `aws` partition (botocore 1.43.67, endpoints.json), those that need no opt-in first. */
export const defaultRegions = [
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 ap-south-1 eu-central-1 eu-west-1 eu-west-2',
  'eu-west-3 eu-north-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2',
].flatMap((line) => line.split(' '));
export const optInRegions = [
  'af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6',
  'ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1',
].flatMap((line) => line.split(' '));

/** An answer that whoever asks for it never gets, in any of its tries: what it would say is a gap with this code. */
export interface Lost {
  /** Such as `GetUserPoolMfaConfig`; `State`: an account's, in an answer that is whole otherwise. */
  readonly what: string;
  /** `null`: wherever it is asked for. */
  readonly accountId: string | null;
  readonly region: string | null;
  readonly poolId: string | null;
  readonly code: string;
}

/** A fleet, and what is lost of its answers. */
export interface World extends Fleet {
  readonly lost?: Lost | undefined;
}

/** Why an answer is not there; `null`: it is. */
export function lossOf({ lost }: World, what: string, accountId = '', region = '', poolId = ''): string | null {
  if (lost === undefined || lost.what !== what) return null;
  const isHere =
    (lost.accountId ?? accountId) === accountId &&
    (lost.region ?? region) === region &&
    (lost.poolId ?? poolId) === poolId;
  return isHere ? lost.code : null;
}

/** The permissions with which an account is read; `null` where its role can't be assumed. */
export function sessionIn(account: FleetAccount, fleet: Fleet, configuration: Configuration): Permissions | null {
  const override = configuration.role.overrides?.[account.id];
  if (account.id === fleet.caller.accountId && override === undefined) return fleet.caller.permissions;
  const name = override?.name ?? configuration.role.name;
  const role = account.roles.find((each) => each.name === name);
  if (role === undefined || account.state !== 'ACTIVE') return null;
  if (!role.trusts.includes(fleet.caller.accountId)) return null;
  if (role.externalId !== null && role.externalId !== configuration.role.externalId) return null;
  return permits(fleet.caller.permissions, 'sts:AssumeRole', {}) ? role.permissions : null;
}

/** Whether a session may do something in an account's region, to a pool with these tags. */
export function mayDo(
  fleet: Fleet,
  account: FleetAccount,
  session: Permissions,
  action: string,
  region: string,
  tags: Readonly<Record<string, string>> = {},
): boolean {
  return permits(session, action, tags) && !isForbidden(fleet, account, action, region);
}

/** Whether the caller may ask Organizations this. */
export function mayAskOrganizations(fleet: World, operation: string): boolean {
  const { organization, caller } = fleet;
  if (organization === null || lossOf(fleet, operation) !== null) return false;
  const readers = [organization.managementAccountId, ...organization.delegatedAdministrators];
  return readers.includes(caller.accountId) && permits(caller.permissions, `organizations:${operation}`, {});
}

/** Units from the root's first child down to the account's parent. */
export function unitsAbove(
  fleet: Fleet,
  account: FleetAccount,
): readonly { readonly id: string; readonly name: string }[] {
  const above: { id: string; name: string }[] = [];
  let parent = fleet.organization?.units.find(({ id }) => id === account.parentId);
  while (parent !== undefined) {
    above.unshift({ id: parent.id, name: parent.name });
    const { parentId } = parent;
    parent = fleet.organization?.units.find(({ id }) => id === parentId);
  }
  return above;
}

export function isEnabled(account: FleetAccount, region: string): boolean {
  return account.regions[region] === 'ENABLED' || account.regions[region] === 'ENABLED_BY_DEFAULT';
}

function permits(permissions: Permissions, action: string, tags: Readonly<Record<string, string>>): boolean {
  if (!permissions.allows.some((rule) => covers(rule, action))) return false;
  for (const rule of permissions.lacks) {
    const wanted = Object.entries(rule.whereTagged ?? {});
    if (covers(rule.action, action) && wanted.every(([key, value]) => tags[key] === value)) return false;
  }
  return true;
}

/** By a service control policy; none reaches the management account. */
function isForbidden(fleet: Fleet, account: FleetAccount, action: string, region: string): boolean {
  const { organization } = fleet;
  if (organization === null || organization.managementAccountId === account.id) return false;
  const places = [account.id, organization.rootId, ...unitsAbove(fleet, account).map(({ id }) => id)];
  return organization.serviceControlPolicies.some(
    (policy) =>
      policy.targets.some((target) => places.includes(target)) &&
      policy.regions.includes(region) &&
      policy.actions.some((pattern) => covers(pattern, action)),
  );
}

/** Generated patterns have at most one `*`, at their end. */
function covers(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}
