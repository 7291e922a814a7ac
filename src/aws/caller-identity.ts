import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput, type STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@smithy/types';
import { succeeded, type CallFailure } from '../audit/pacing/attempt.ts';
import type { Calls } from '../audit/pacing/calls.ts';
import type { Quota } from '../audit/pacing/quota.ts';
import { UserError } from '../errors.ts';
import type { ClockOffset } from './clients.ts';
import type { Identity } from './identity.ts';
import { textOf } from './members.ts';
import { requestsAs } from './requests.ts';

export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** The credentials that the program was started with, from wherever the AWS CLI would take them. */
export function callerIdentity(profile: string | null, region: string): Identity {
  const chain = fromNodeProviderChain({
    ...(profile === null ? {} : { profile }),
    clientConfig: { region },
  });
  return providedIdentity(chain);
}

type Provider = (options?: { readonly forceRefresh?: boolean }) => Promise<AwsCredentialIdentity>;

/** The provider keeps its credentials; it is asked for others once the service says that these have expired. */
export function providedIdentity(provide: Provider): Identity {
  let generation = 0;
  let renewed: Promise<AwsCredentialIdentity> | null = null;
  return {
    label: 'the caller',
    ready: () => Promise.resolve(succeeded(undefined)),
    credentials: () => renewed ?? provide(),
    generation: () => generation,
    expire(refused) {
      if (refused !== generation) return;
      generation += 1;
      const fresh = provide({ forceRefresh: true });
      const settled = () => void (renewed = null);
      fresh.then(settled, settled);
      renewed = fresh;
    },
  };
}

/** One GetCallerIdentity. Throws UserError, with the way out, where there are no credentials or AWS does not take them. */
export async function identifyCaller(
  identity: Identity,
  client: STSClient,
  clockOffset: ClockOffset,
  calls: Calls,
  quota: Quota,
): Promise<Caller> {
  const request = requestsAs(identity, client, clockOffset);
  const answer = await calls.run(quota, () =>
    request('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({})), callerOf),
  );
  if (!answer.ok) throw new UserError(noCaller(answer.failure));
  return answer.value;
}

function callerOf({ Account: accountId, Arn: arn }: GetCallerIdentityCommandOutput): Caller {
  return { accountId: textOf(accountId, 'Account'), arn: textOf(arn, 'Arn') };
}

function noCaller(failure: CallFailure): string {
  switch (failure.name) {
    case 'CredentialsProviderError':
      return `No AWS credentials were found (${withoutAction(failure.message)}). Sign in (aws sso login), set AWS_PROFILE or --profile, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return `AWS does not know the access key id (${withoutAction(failure.message)}). Check AWS_ACCESS_KEY_ID or the profile.`;
    case 'SignatureDoesNotMatch':
    case 'InvalidSignatureException':
      return `AWS does not accept the signature (${withoutAction(failure.message)}). Check AWS_SECRET_ACCESS_KEY, or the profile's secret.`;
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return `The AWS session has expired (${withoutAction(failure.message)}). Sign in again: aws sso login, or export fresh credentials.`;
    default:
      return `The caller could not be identified: ${failure.message}. ${failure.remedy}`;
  }
}

/** The first part of a message says which action failed; before the caller is known that is no news. */
function withoutAction(message: string): string {
  return message.replace(/^sts:GetCallerIdentity: /, '');
}
