import { AssumeRoleCommand, type AssumeRoleCommandOutput, type STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { failed, type Attempt, type CallFailure } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import { FailureRow } from '../../pacing/failure-row.ts';
import type { Quota } from '../../pacing/quota.ts';
import { mask } from '../../domain/policy/advice/masked-fields.ts';
import type { RoleSettings } from '../../domain/settings.ts';
import type { Identity } from './identity.ts';
import { textOf, unlike } from '../answers/members.ts';
import { flawOf } from '../sign-in/flaw.ts';
import { accountIn, requireAccount } from './owner.ts';
import { renewedIdentity } from './renewed-identity.ts';
import { requestsAs, type SharedByRequests } from '../requests/requests.ts';
import type { Role } from './role-names.ts';

/**
 * A session policy only filters what the role allows, so that it must allow everything else (IAM user guide, "Session
 * policies"). `Set*` is every action of Cognito that changes how users of a pool sign in.
 */
const readingSessionPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'cognito-idp:Set*', Resource: '*' },
  ],
});

/** Role chaining ends sessions after an hour, and a role's own maximum is never less (STS API reference, AssumeRole). */
const alwaysGrantedSeconds = 3600;

export interface RoleOptions {
  readonly settings: RoleSettings;
  readonly caller: Identity;
  readonly client: STSClient;
  readonly shared: SharedByRequests;
  readonly calls: Calls;
  readonly quota: Quota;
  /** Told once, in a sentence, when sessions are shorter than was asked for. */
  readonly notice: (text: string) => void;
}

/** Identities by role and purpose: the same role is assumed once for each in a run, whoever asks. */
export function assumableRoles(options: RoleOptions): (role: Role) => Identity {
  const { settings, client, shared, calls, quota } = options;
  const request = requestsAs(options.caller, client, shared);
  const known = new Map<string, Identity>();
  const row = new FailureRow();
  let durationSeconds = settings.durationSeconds;

  async function send({ arn, label, accountId, purpose }: Role): Promise<Attempt<AwsCredentialIdentity>> {
    const command = new AssumeRoleCommand({
      RoleArn: arn,
      RoleSessionName: 'mfa-drift',
      DurationSeconds: durationSeconds,
      ...(settings.externalId === null ? {} : { ExternalId: settings.externalId }),
      ...(purpose === 'read' && settings.sessionPolicy ? { Policy: readingSessionPolicy } : {}),
    });
    const outcome = await request(
      'sts:AssumeRole',
      () => client.send(command),
      (answer) => roleCredentials(answer, arn),
      { label, accountId: () => accountId },
    );
    return outcome.ok || settings.externalId === null ? outcome : failed(without(settings.externalId, outcome.failure));
  }

  async function assume(role: Role): Promise<Attempt<AwsCredentialIdentity>> {
    const asked = durationSeconds;
    const outcome = await calls.run(quota, () => send(role));
    if (outcome.ok || asked <= alwaysGrantedSeconds || !/DurationSeconds/.test(outcome.failure.message)) return outcome;
    if (durationSeconds === asked) {
      durationSeconds = alwaysGrantedSeconds;
      options.notice(
        `role.durationSeconds: ${asked} was refused (${outcome.failure.message}); sessions last ${alwaysGrantedSeconds} seconds and are renewed.`,
      );
    }
    return calls.run(quota, () => send(role));
  }

  return (role) => {
    const key = `${role.purpose} ${role.arn}`;
    const identity =
      known.get(key) ??
      renewedIdentity(
        { label: role.label, accountId: () => role.accountId },
        () => row.ask(() => assume(role)),
        () => Date.now() + shared.clockOffset.ms,
      );
    known.set(key, identity);
    return identity;
  };
}

/** What refuses a role may repeat the external id that it was sent, as it is or as the request has it. */
function without(externalId: string, failure: CallFailure): CallFailure {
  const texts = [externalId, encodeURIComponent(externalId)];
  const masked = (text: string): string => texts.reduce((left, secret) => left.replaceAll(secret, mask), text);
  return {
    ...failure,
    name: masked(failure.name),
    message: masked(failure.message),
    remedy: masked(failure.remedy),
  };
}

/**
 * What STS gave for a role. The answer names whose credentials these are: another account's would read its pools in this
 * one's name. Throws MalformedAnswer for less, and FailureError for another account's.
 */
export function roleCredentials(
  { Credentials: credentials, AssumedRoleUser: user }: Pick<AssumeRoleCommandOutput, 'Credentials' | 'AssumedRoleUser'>,
  roleArn: string,
): AwsCredentialIdentity {
  requireAccount(accountIn(roleArn), accountIn(user?.Arn), 'sts:AssumeRole');
  const expiration = credentials?.Expiration;
  if (!(expiration instanceof Date)) throw unlike('it has no Expiration');
  const given = {
    accessKeyId: textOf(credentials?.AccessKeyId, 'AccessKeyId'),
    secretAccessKey: textOf(credentials?.SecretAccessKey, 'SecretAccessKey'),
    sessionToken: textOf(credentials?.SessionToken, 'SessionToken'),
    expiration,
  };
  const flaw = flawOf(given);
  if (flaw !== null) throw unlike(`of its credentials, ${flaw}`);
  return given;
}
