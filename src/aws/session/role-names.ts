/** Which role is assumed in an account, to read it or to write there. */
import type { RoleSettings } from '../../domain/settings.ts';

export interface Role {
  readonly arn: string;
  /** The account that it is in. */
  readonly accountId: string;
  /** As advice names it, with no account in it: `the audit role NAME`. */
  readonly label: string;
  /** Of its session: one that reads can't write, even where the role could. */
  readonly purpose: 'read' | 'write';
}

interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** `null`: the account is read with the caller's own credentials. */
export function auditRole(accountId: string, caller: Caller, { overrides, name }: RoleSettings): Role | null {
  const override = overrides[accountId];
  if (override === undefined && accountId === caller.accountId) return null;
  return role('read', 'the audit role', accountId, caller, override?.name ?? name);
}

/** The audit role, in a session of its own, where no other is named. `null`: written with the caller's own credentials. */
export function remediationRole(accountId: string, caller: Caller, settings: RoleSettings): Role | null {
  const { remediationName } = settings;
  if (remediationName !== null) return role('write', 'the remediation role', accountId, caller, remediationName);
  const reading = auditRole(accountId, caller, settings);
  return reading === null ? null : { ...reading, purpose: 'write' };
}

/** The audit role, where no other is named. `null`: the users are read with the caller's own credentials. */
export function readinessRole(accountId: string, caller: Caller, settings: RoleSettings): Role | null {
  const { readinessName } = settings;
  return readinessName === null
    ? auditRole(accountId, caller, settings)
    : role('read', 'the readiness role', accountId, caller, readinessName);
}

/** `null`: the caller's own account is written to with the caller's credentials. Its session can't write to pools. */
export function deliveryRole(accountId: string, caller: Caller, { deliveryName }: RoleSettings): Role | null {
  if (accountId === caller.accountId) return null;
  return role('read', 'the delivery role', accountId, caller, deliveryName);
}

/** The role of `accounts.organizationRole`, by its whole ARN. */
export function organizationRole(arn: string): Role {
  const [, accountId = '', path = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  return { arn, accountId, label: `the role ${path} of accounts.organizationRole`, purpose: 'read' };
}

/** `name`: a role's name, its path and name, or an ARN whose account and partition are replaced. */
function role(purpose: Role['purpose'], what: string, accountId: string, { arn }: Caller, name: string): Role {
  const partition = arn.split(':')[1] ?? 'aws';
  const path = name.replace(/^arn:[^:]*:iam::[^:]*:role\//, '').replace(/^\/+/, '');
  return { arn: `arn:${partition}:iam::${accountId}:role/${path}`, accountId, label: `${what} ${path}`, purpose };
}
