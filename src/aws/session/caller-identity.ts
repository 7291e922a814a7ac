import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput, type STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Attempt, CallFailure } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import { isSamePrincipal } from '../../domain/model/principal.ts';
import { isCognitoRegion } from '../../domain/model/regions.ts';
import { IdentityChanged, UserError } from '../../errors.ts';
import type { Owner } from '../../ports/account-writer.ts';
import { answerDate } from '../answers/answer-date.ts';
import { attempt, FailureError } from '../failures/failures.ts';
import type { Identity } from './identity.ts';
import { ownerIn } from './owner.ts';
import { renewedIdentity } from './renewed-identity.ts';
import { requestsAs, type SharedByRequests } from '../requests/requests.ts';
import { failureSentence } from '../sign-in/failure.ts';

export interface Caller extends Owner {
  /** What time STS says it is; `null`: it says none. */
  readonly time: Date | null;
}

const label = 'the caller';

export interface CallerOptions {
  /** Signs in, and is asked again before the credentials expire. */
  readonly provide: () => Promise<AwsCredentialIdentity>;
  readonly nowMs: () => number;
  /** Who the run began as; `null`: that is not known yet. */
  readonly known: () => Owner | null;
  /** Whose new credentials are. */
  readonly ask: (credentials: AwsCredentialIdentity) => Promise<Attempt<Owner>>;
  readonly notice: (text: string) => void;
}

/** Who the program runs as. Once credentials that were renewed are somebody else's, it throws `IdentityChanged` for good. */
export function callerIdentity({ provide, nowMs, known, ask, notice }: CallerOptions): Identity {
  let changed: IdentityChanged | null = null;
  const signIn = () => attempt('sts:GetCallerIdentity', provide, (credentials) => credentials, label);
  const renewed = renewedIdentity({ label, accountId: () => known()?.accountId ?? null }, renew, nowMs);

  async function renew(): Promise<Attempt<AwsCredentialIdentity>> {
    const signedIn = await signIn();
    const first = known();
    if (!signedIn.ok || first === null) return signedIn;
    const now = await ask(signedIn.value);
    if (!now.ok) return now;
    if (!isSamePrincipal(first.arn, now.value.arn)) throw (changed = anotherCaller(first, now.value));
    if (first.arn !== now.value.arn)
      notice(`The caller's session is ${now.value.arn} since its credentials were renewed.`);
    return signedIn;
  }

  async function ready(): Promise<Attempt<void>> {
    if (changed !== null) throw changed;
    return renewed.ready();
  }

  return {
    ...renewed,
    ready,
    async credentials() {
      const renewal = await ready();
      // Its requests were tried again while that could help.
      if (!renewal.ok) throw new FailureError({ ...renewal.failure, retry: 'no' });
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
  if (!answer.ok) throw new UserError(noCaller(answer.failure, await client.config.region()));
  return answer.value;
}

function callerOf(answer: GetCallerIdentityCommandOutput): Caller {
  return { ...ownerIn(answer), time: answerDate(answer) };
}

function anotherCaller(first: Owner, now: Owner): IdentityChanged {
  return new IdentityChanged(
    `The run began as ${first.arn}, and since its credentials were renewed they are those of ${now.arn}: nothing more is asked or written in the name of the first`,
    'Sign in as one of them for the whole run, and begin again.',
  );
}

/** Why nobody is known to ask, with the way out. */
export function noCaller(failure: CallFailure, region: string): string {
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
      return `The AWS session has expired (${withoutAction(failure.message)}). Sign in again: aws sso login (AWS CLI 2), or export fresh credentials.`;
    default:
      return `The caller could not be identified: ${failure.message}. ${failure.remedy}${oddRegion(failure, region)}`;
  }
}

/** A region may be newer than the list; the host of one that is misspelt is found nowhere. */
function oddRegion({ code }: CallFailure, region: string): string {
  if (code !== 'network' || isCognitoRegion(region)) return '';
  return ` ${region} (AWS_REGION, or region of the profile) is no region where this version knows Cognito.`;
}

/** The first part of a message says which action failed; before the caller is known that is no news. */
function withoutAction(message: string): string {
  return message.replace(/^sts:GetCallerIdentity: /, '');
}
