/** Organizations' structures, as its answers carry them. */
import type { JsonObject } from '../../domain/model/json.ts';
import type { FleetAccount, FleetUnit, FleetAccountState } from '../fleet/fleet.ts';
import type { OrganizationTree } from '../world/organization-tree.ts';

/** 2020-01-01, in seconds since 1970: the sandbox keeps no date of joining. */
const joined = 1_577_836_800;

/** What the retired `Status`, which knew three values, says of a `State`. */
const retiredStatus: Readonly<Record<FleetAccountState, string>> = {
  PENDING_ACTIVATION: 'ACTIVE',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  CLOSED: 'SUSPENDED',
};

export function organizationAnswer(tree: OrganizationTree): JsonObject {
  const { id, managementAccountId } = tree.facts;
  return {
    Id: id,
    Arn: arn(tree, `organization/${id}`),
    FeatureSet: 'ALL',
    MasterAccountArn: arn(tree, `account/${id}/${managementAccountId}`),
    MasterAccountId: managementAccountId,
    MasterAccountEmail: tree.account(managementAccountId)?.email ?? '',
    AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
  };
}

export function accountAnswer(tree: OrganizationTree, account: FleetAccount): JsonObject {
  const { id, accountStates, paths, managementAccountId } = tree.facts;
  return {
    Id: account.id,
    Arn: arn(tree, `account/${id}/${account.id}`),
    Email: account.email,
    Name: account.name,
    ...(accountStates === 'Status' || accountStates === 'both' ? { Status: retiredStatus[account.state] } : {}),
    ...(accountStates === 'State' || accountStates === 'both' ? { State: account.state } : {}),
    ...(paths ? { Paths: [tree.pathOf(account)] } : {}),
    JoinedMethod: account.id === managementAccountId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: joined,
  };
}

export function rootAnswer(tree: OrganizationTree): JsonObject {
  const { facts } = tree;
  const policyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];
  return {
    Id: facts.rootId,
    Arn: arn(tree, `root/${facts.id}/${facts.rootId}`),
    Name: 'Root',
    PolicyTypes: policyTypes,
  };
}

export function unitAnswer(tree: OrganizationTree, unit: FleetUnit): JsonObject {
  return {
    Id: unit.id,
    Arn: arn(tree, `ou/${tree.facts.id}/${unit.id}`),
    Name: unit.name,
    Path: tree.pathOf(unit),
  };
}

function arn({ facts: { managementAccountId }, partition }: OrganizationTree, resource: string): string {
  return `arn:${partition}:organizations::${managementAccountId}:${resource}`;
}
