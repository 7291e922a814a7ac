/**
 * The SDK's own providers, for what has a protocol of its own: IAM Identity Center (SSO), `aws login`, and the metadata
 * service of an EC2 instance. They make clients by themselves, which get our handler, endpoint and signal; how a request
 * of theirs failed is remembered, since they keep only a text of it.
 */
import type { AwsCredentialIdentity, RetryStrategy } from '@smithy/types';
import type { CallFailure } from '../../pacing/call-result.ts';
import { attempt, FailureError, type Action } from '../failures/failures.ts';
import { refusedSignIn, signInFailure } from './failure.ts';
import type { Requests } from './requests.ts';
import type { Profile } from './shared-files.ts';

export async function ssoCredentials(profile: Profile, requests: Requests): Promise<AwsCredentialIdentity> {
  const { fromSSO } = await import('@aws-sdk/credential-providers');
  const { sso, ssoOidc } = requests.configured.signInEndpoints;
  const nested = nestedClients(requests, [sso, ssoOidc]);
  const provide = fromSSO({ profile: profile.name, clientConfig: nested.config, logger: loggerOf(requests) });
  const { sso_role_name: role, sso_account_id: account } = profile.settings;
  return nested.explained(() => provide(), profile.where, {
    toSignIn: `Sign in: aws sso login --profile ${profile.name} (AWS CLI 2)`,
    whenRefused: `Sign in again (aws sso login --profile ${profile.name}, AWS CLI 2), and see that ${role} of account ${account} is yours.`,
  });
}

export async function loginCredentials(profile: Profile, requests: Requests): Promise<AwsCredentialIdentity> {
  const { fromLoginCredentials } = await import('@aws-sdk/credential-providers');
  const nested = nestedClients(requests, [requests.configured.signInEndpoints.signin]);
  const provide = fromLoginCredentials({
    profile: profile.name,
    clientConfig: nested.config,
    logger: loggerOf(requests),
  });
  const toSignIn = `Sign in: aws login --profile ${profile.name} (AWS CLI 2.32 or later)`;
  const callerClientConfig = { region: () => Promise.resolve(requests.homeRegion) };
  return nested.explained(() => provide({ callerClientConfig }), profile.where, { toSignIn, whenRefused: toSignIn });
}

/** Asks 169.254.169.254, in plain HTTP and with a second's time-out: no proxy and no certificate stands there. */
export async function instanceCredentials(requests: Requests): Promise<() => Promise<AwsCredentialIdentity>> {
  const { fromInstanceMetadata } = await import('@aws-sdk/credential-providers');
  return fromInstanceMetadata({ logger: loggerOf(requests) });
}

interface NestedClients {
  readonly config: NestedConfig;
  /** The provider's credentials. Throws FailureError, which begins with `where`, whatever the provider throws. */
  explained(
    provide: () => Promise<AwsCredentialIdentity>,
    where: string,
    remedies: Remedies,
  ): Promise<AwsCredentialIdentity>;
}

interface Remedies {
  readonly toSignIn: string;
  /** The service did not take what the provider has. */
  readonly whenRefused: string;
}

type NestedConfig = ReturnType<typeof nestedConfig>;

/** `endpoints`: of the services that the provider may ask; one setting must do for all its clients. */
function nestedClients(requests: Requests, endpoints: readonly (string | null)[]): NestedClients {
  let failure: CallFailure | null = null;
  const retryStrategy: RetryStrategy = {
    async retry(next, args) {
      const action = actionOf(args.request);
      const outcome = await requests.send(() =>
        attempt(
          action,
          () => next(args),
          (answer) => answer,
          'the caller',
        ),
      );
      if (outcome.ok) return outcome.value;
      failure = outcome.failure;
      throw new FailureError(outcome.failure);
    },
  };
  return {
    config: nestedConfig(requests, endpoints, retryStrategy),
    async explained(provide, where, { toSignIn, whenRefused }) {
      try {
        return await provide();
      } catch (error) {
        requests.signal.throwIfAborted();
        if (failure === null) throw signInFailure(where, sentenceOf(error), toSignIn);
        throw refusedSignIn(where, failure, whenRefused);
      }
    },
  };
}

function nestedConfig(
  { handler, configured }: Requests,
  endpoints: readonly (string | null)[],
  retryStrategy: RetryStrategy,
) {
  const [endpoint = null] = endpoints;
  const isOne = endpoints.every((other) => other === endpoint);
  return {
    requestHandler: handler,
    maxAttempts: 1,
    retryMode: 'standard',
    retryStrategy,
    defaultsMode: 'standard' as const,
    useFipsEndpoint: endpoint === null && configured.usesFips,
    useDualstackEndpoint: configured.usesDualstack,
    userAgentAppId: 'mfa-drift',
    // Where the services have endpoints of their own, each client finds its own in the environment.
    ignoreConfiguredEndpointUrls: isOne,
    ...(isOne && endpoint !== null ? { endpoint } : {}),
  };
}

const actions: Readonly<Record<string, Action>> = {
  '/token': 'sso-oauth:CreateToken',
  '/federation/credentials': 'sso:GetRoleCredentials',
  '/v1/token': 'signin:CreateOAuth2Token',
};

function actionOf(request: unknown): Action {
  const path = typeof request === 'object' && request !== null && 'path' in request ? String(request.path) : '';
  return Object.entries(actions).find(([end]) => path.endsWith(end))?.[1] ?? 'sso:GetRoleCredentials';
}

/** The SDK's advice stands in a sentence of its own, or in lines for programmers; ours is the remedy. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/\.? To refresh this SSO session .*$/, '').replace(/\.$/, '');
}

function loggerOf({ notice }: Requests) {
  const silent = (): void => {};
  const told = (text: unknown): void => notice(sentenceOf(text));
  return { trace: silent, debug: silent, info: silent, warn: told, error: told };
}
