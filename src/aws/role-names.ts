/** Which role is assumed in an account, to read it or to write there. */
import type { RoleSettings } from '../domain/settings.ts';

export interface Role {
  readonly arn: string;
  /** As advice names it, with no account in it: `the audit role NAME`. */
  readonly label: string;
}

interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** `null`: the account is read with the caller's own credentials. */
export function auditRole(accountId: string, caller: Caller, { overrides, name }: RoleSettings): Role | null {
  const override = overrides[accountId];
  if (override === undefined && accountId === caller.accountId) return null;
  return role('the audit role', accountId, caller, override?.name ?? name);
}

/** `null`: written with whoever reads. */
export function remediationRole(accountId: string, caller: Caller, { remediationName }: RoleSettings): Role | null {
  return remediationName === null ? null : role('the remediation role', accountId, caller, remediationName);
}

/** `name`: a role's name, its path and name, or an ARN whose account and partition are replaced. */
function role(purpose: string, accountId: string, { arn }: Caller, name: string): Role {
  const partition = arn.split(':')[1] ?? 'aws';
  const path = name.replace(/^arn:[^:]*:iam::[^:]*:role\//, '').replace(/^\/+/, '');
  return { arn: `arn:${partition}:iam::${accountId}:role/${path}`, label: `${purpose} ${path}` };
}
