/**
 * Clients with every setting explicit, so that none of them looks for configuration of its own. One client has one
 * identity and one region; it is made when its turn comes and dropped after, never destroyed (see `http.ts`).
 */
import { AccountClient } from '@aws-sdk/client-account';
import type { CloudTrailClient, LookupEventsCommandInput, LookupEventsCommandOutput } from '@aws-sdk/client-cloudtrail';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/core/protocols';
import type { SignatureV4 } from '@smithy/signature-v4';
import type { RequestSigner, RetryStrategy } from '@smithy/types';
import { partitionOf } from '../../domain/model/regions.ts';
import type { Log } from '../../log.ts';
import { keepAnswerDate } from '../answers/answer-date.ts';
import { keepAnswerText } from '../answers/answer-text.ts';
import type { Configured, Service } from './shared-config.ts';
import type { Handler } from '../connection/http.ts';
import type { Identity } from './identity.ts';
import type { ClockOffset, SharedByRequests } from '../requests/requests.ts';
import { withoutRepetition } from './cached-middleware.ts';
import { cognitoReader, type CognitoReader } from '../templates/cognito-reader.ts';
import { keyKeepingSigner } from '../templates/key-keeping-signer.ts';
import { newRefusals } from '../templates/refusals.ts';
import { newRequestHeaders } from '../templates/request-headers.ts';
import { newTemplates } from '../templates/templates.ts';

/** Trying again is the scheduler's. The SDK's own strategies build an error with its stack for every request that succeeds. */
const sendOnce: RetryStrategy = {
  retry(next, args) {
    if (HttpRequest.isInstance(args.request)) Object.assign(args.request.headers, newRequestHeaders());
    return next(args);
  },
};

export interface Clients extends SharedByRequests {
  cognito(identity: Identity, region: string): CognitoIdentityProviderClient;
  /** For reading, by the same identity at a fraction of the cost; every write is a client's. */
  cognitoReader(identity: Identity, region: string): CognitoReader;
  organizations(identity: Identity): OrganizationsClient;
  account(identity: Identity): AccountClient;
  sts(identity: Identity): STSClient;
  /** Loaded when it is asked for: most runs never do. */
  cloudTrail(identity: Identity, region: string): Promise<CloudTrail>;
}

export interface CloudTrail {
  readonly client: CloudTrailClient;
  lookUpEvents(input: LookupEventsCommandInput): Promise<LookupEventsCommandOutput>;
}

/** `homeRegion`: where STS is called, and what the global services' endpoints are derived from. */
export function createClients(
  handler: Handler,
  configured: Configured,
  homeRegion: string,
  log: Log | null = null,
): Clients {
  const clockOffset: ClockOffset = { ms: 0 };

  function config(identity: Identity, service: Service, region: string) {
    return {
      ...settings(service, region),
      // The identity keeps them. A client that kept its own would go on with those that the service says have expired.
      credentials: Object.assign(() => identity.credentials(), { memoized: true }),
      requestHandler: handler,
      systemClockOffset: clockOffset.ms,
    };
  }

  function settings(service: Service, region: string) {
    const endpoint = configured.endpoints[service];
    return {
      region,
      maxAttempts: 1,
      retryMode: 'standard',
      retryStrategy: sendOnce,
      defaultsMode: 'standard' as const,
      useFipsEndpoint: endpoint === null && (configured.usesFips || needsFips(service, region)),
      useDualstackEndpoint: configured.usesDualstack,
      ignoreConfiguredEndpointUrls: true,
      userAgentAppId: 'mfa-drift',
      authSchemePreference: ['sigv4'],
      cacheMiddleware: true,
      ...(endpoint === null ? {} : { endpoint }),
    };
  }

  const templates = newTemplates();
  const refusals = newRefusals({ ...settings('cognito', homeRegion), requestHandler: handler });

  function cognitoClient(identity: Identity, region: string, signer: RequestSigner): CognitoIdentityProviderClient {
    const client = new CognitoIdentityProviderClient({
      ...config(identity, 'cognito', region),
      signer: templates.learning(region, signer),
    });
    client.middlewareStack.use(keepAnswerText);
    client.middlewareStack.use(withoutRepetition);
    return client;
  }

  return {
    clockOffset,
    log,
    cognito: (identity, region) => cognitoClient(identity, region, signerFor(identity, region)),
    cognitoReader(identity, region) {
      const signer = signerFor(identity, region);
      const client = (): CognitoIdentityProviderClient => cognitoClient(identity, region, signer);
      return cognitoReader({ region, signer, client, handler, templates, refusals, clockOffset });
    },
    organizations(identity) {
      const client = new OrganizationsClient(config(identity, 'organizations', homeRegion));
      client.middlewareStack.use(keepAnswerText);
      return client;
    },
    account(identity) {
      const client = new AccountClient(config(identity, 'account', homeRegion));
      client.middlewareStack.use(keepAnswerText);
      return client;
    },
    sts(identity) {
      const client = new STSClient(config(identity, 'sts', homeRegion));
      client.middlewareStack.use(keepAnswerDate);
      return client;
    },
    async cloudTrail(identity, region) {
      const { CloudTrailClient, LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
      const client = new CloudTrailClient(config(identity, 'cloudtrail', region));
      client.middlewareStack.use(keepAnswerText);
      return { client, lookUpEvents: (input) => client.send(new LookupEventsCommand(input)) };
    },
  };
}

/** The SDK's own signer, made once; left to itself a client makes one for every request. The date is still the client's. */
function signerFor(identity: Identity, region: string): SignatureV4 {
  const credentials = (): ReturnType<Identity['credentials']> => identity.credentials();
  return keyKeepingSigner({ credentials, region, service: 'cognito-idp' });
}

/** Cognito has FIPS endpoints only in GovCloud (AWS GovCloud user guide, "Amazon Cognito"). */
function needsFips(service: Service, region: string): boolean {
  return service === 'cognito' && partitionOf(region) === 'aws-us-gov';
}
