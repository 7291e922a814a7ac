import type { RoleSettings } from '../domain/settings.ts';

/** `null`: the account is read with the caller's own credentials. */
export function auditRoleArn(
  accountId: string,
  caller: { readonly accountId: string; readonly arn: string },
  settings: RoleSettings,
): string | null {
  const override = settings.overrides[accountId];
  if (override === undefined && accountId === caller.accountId) return null;
  return roleArn(accountId, caller.arn, override?.name ?? settings.name);
}

/** `name`: a role's name, its path and name, or an ARN whose account and partition are replaced. */
export function roleArn(accountId: string, callerArn: string, name: string): string {
  const partition = callerArn.split(':')[1] ?? 'aws';
  const path = name.replace(/^arn:[^:]*:iam::[^:]*:role\//, '').replace(/^\/+/, '');
  return `arn:${partition}:iam::${accountId}:role/${path}`;
}
