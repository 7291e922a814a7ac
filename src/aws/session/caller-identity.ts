import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput, type STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { CallFailure } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import { UserError } from '../../errors.ts';
import { answerDate } from '../answers/answer-date.ts';
import { attempt, FailureError } from '../failures/failures.ts';
import type { Identity } from './identity.ts';
import { textOf, unlike } from '../answers/members.ts';
import { accountIn } from './owner.ts';
import { renewedIdentity } from './renewed-identity.ts';
import { requestsAs, type SharedByRequests } from '../requests/requests.ts';
import { failureSentence } from '../sign-in/failure.ts';

export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  /** What time STS says it is; `null`: it says none. */
  readonly time: Date | null;
}

const label = 'the caller';

/** Who the program runs as: `provide` signs in, and is asked again before the credentials expire. */
export function callerIdentity(
  provide: () => Promise<AwsCredentialIdentity>,
  nowMs: () => number,
  accountId: Identity['accountId'],
): Identity {
  const signIn = () => attempt('sts:GetCallerIdentity', provide, (credentials) => credentials, label);
  const renewed = renewedIdentity({ label, accountId }, signIn, nowMs);
  return {
    ...renewed,
    async credentials() {
      const ready = await renewed.ready();
      // Its requests were tried again while that could help.
      if (!ready.ok) throw new FailureError({ ...ready.failure, retry: 'no' });
      return renewed.credentials();
    },
  };
}

/** One GetCallerIdentity. Throws UserError, with the way out, where there are no credentials or AWS does not take them. */
export async function identifyCaller(
  identity: Identity,
  client: STSClient,
  shared: SharedByRequests,
  calls: Calls,
  quota: Quota,
): Promise<Caller> {
  const request = requestsAs(identity, client, shared);
  const ask = () => request('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({})), callerOf);
  const answer = await calls.run(quota, ask, () => identity.ready());
  if (!answer.ok) throw new UserError(noCaller(answer.failure));
  return answer.value;
}

function callerOf(answer: GetCallerIdentityCommandOutput): Caller {
  const { Account: accountId, Arn: arn } = answer;
  const owner = textOf(accountId, 'Account');
  if (accountIn(arn) !== owner) throw unlike(`it names two accounts, ${owner} and ${arn}`);
  return { accountId: owner, arn: textOf(arn, 'Arn'), time: answerDate(answer) };
}

function noCaller(failure: CallFailure): string {
  switch (failure.name) {
    case 'CredentialsProviderError':
      return failureSentence(failure);
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
