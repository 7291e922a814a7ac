/** AWS STS: `AssumeRole` and `GetCallerIdentity` (API reference; botocore model `sts` 2011-06-15). */
import type { FleetRole } from '../fleet/fleet.ts';
import { refusedBy } from '../identity/authorize.ts';
import type { CallerIdentity } from '../identity/credentials.ts';
import { narrowedBy, parseSessionPolicy, type SessionPolicy } from '../identity/session-policy.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { LiveAccount } from '../world/world.ts';
import type { ServiceCall, Operation } from './operation.ts';

export const stsOperations: Readonly<Record<string, Operation>> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};

/** Needs no permission. */
function getCallerIdentity({ identity }: ServiceCall) {
  return { UserId: identity.userId, Account: identity.accountId, Arn: identity.arn };
}

function assumeRole(call: ServiceCall, input: Input) {
  const roleArn = input.requiredText('RoleArn', { min: 20, max: 2048 });
  const sessionName = input.requiredText('RoleSessionName', { min: 2, max: 64, pattern: String.raw`[\w+=,.@-]*` });
  const externalId = input.text('ExternalId', { min: 2, max: 1224, pattern: String.raw`[\w+=,.@:\/-]*` }) ?? null;
  const seconds = input.number('DurationSeconds', { min: 900, max: 43_200 }) ?? 3600;
  const policy = input.text('Policy', { min: 1, max: 2048 });
  const { account, role } = findRole(call, roleArn);
  if (account === undefined || role === undefined || !mayAssume(call, role, roleArn, externalId))
    throw denied(call, roleArn);
  refuseDuration(call.identity, role, seconds);
  const expiresAtMs = Math.floor(call.nowMs / 1000 + seconds) * 1000;
  const session = call.world.credentials.addSession(account.facts.id, role, sessionName, expiresAtMs, policyOf(policy));
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(expiresAtMs).toISOString().replace('.000Z', 'Z'),
    },
    AssumedRoleUser: { AssumedRoleId: session.identity.userId, Arn: session.identity.arn },
  };
}

function policyOf(text: string | undefined): SessionPolicy | null {
  return text === undefined ? null : parseSessionPolicy(text);
}

/** Only an active account lets anyone in; AWS's answer for the others is not documented (here: denied, like a role that isn't there). */
function findRole(
  call: ServiceCall,
  arn: string,
): { readonly account?: LiveAccount | undefined; readonly role?: FleetRole | undefined } {
  const [, accountId = '', name] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (name === undefined) throw new ServiceFailure('ValidationError', `${arn} is invalid`);
  const account = call.world.accounts.get(accountId);
  if (account?.facts.state !== 'ACTIVE') return {};
  return { account, role: account.facts.roles.find((role) => role.name === name) };
}

function mayAssume({ identity }: ServiceCall, role: FleetRole, roleArn: string, externalId: string | null): boolean {
  const isTrusted = role.trusts.some(
    (principal) => principal === identity.accountId || principal === userOrRole(identity),
  );
  const asked = { action: 'sts:AssumeRole', resource: roleArn, context: () => undefined };
  return (
    isTrusted &&
    (role.externalId === null || role.externalId === externalId) &&
    narrowedBy(identity.sessionPolicy, asked) === null &&
    refusedBy(identity.permissions, asked) === null
  );
}

/** A trust policy names a session's role, not the session. */
function userOrRole(identity: CallerIdentity): string {
  return identity.arn.replace(/^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
}

function refuseDuration(identity: CallerIdentity, role: FleetRole, seconds: number): void {
  if (identity.isSession && seconds > 3600) {
    const text = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
    throw new ServiceFailure('ValidationError', text);
  }
  if (seconds > role.maxSessionSeconds) {
    const text = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new ServiceFailure('ValidationError', text);
  }
}

function denied({ identity }: ServiceCall, roleArn: string): ServiceFailure {
  const text = `User: ${identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new ServiceFailure('AccessDenied', text, 403);
}
