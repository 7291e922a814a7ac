/** What deliveries to AWS have in common: who writes, where to, on which connections. */
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Action } from '../failures/failures.ts';
import { requestsAs, type AnyClient, type Request, type SharedByRequests } from '../requests/requests.ts';
import type { Handler } from '../connection/http.ts';
import type { Identity } from '../session/identity.ts';
import type { Configured, DeliveryService } from '../session/shared-config.ts';

export interface DeliveryAccess {
  readonly callerAccountId: string;
  /** `AWS_REGION`, the profile's, or the first of the partition. */
  readonly homeRegion: string;
  readonly configured: Configured;
  readonly handler: Handler;
  readonly shared: SharedByRequests;
  readonly calls: Calls;
  /** The caller, or in another account the role that delivers there. */
  identityIn(accountId: string): Identity;
}

/** Hosts that an override names in place of AWS's; empty for AWS's own. */
export function endpointHosts({ configured }: DeliveryAccess, service: DeliveryService): readonly string[] {
  const url = configured.deliveryEndpoints[service];
  return url === null ? [] : [new URL(url).host];
}

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Every setting explicit, as for the clients that read; a client is made when it is used. */
export function clientConfig(access: DeliveryAccess, service: DeliveryService, identity: Identity, region: string) {
  const { configured, handler, shared } = access;
  const endpoint = configured.deliveryEndpoints[service];
  return {
    region,
    maxAttempts: 1,
    defaultsMode: 'standard' as const,
    useFipsEndpoint: endpoint === null && configured.usesFips,
    useDualstackEndpoint: configured.usesDualstack,
    ignoreConfiguredEndpointUrls: true,
    userAgentAppId: 'mfa-drift',
    credentials: Object.assign(() => identity.credentials(), { memoized: true }),
    requestHandler: handler,
    systemClockOffset: shared.clockOffset.ms,
    // Without one the SDK writes to the console when a stream can't be sent again.
    logger: silent,
    ...(endpoint === null ? {} : { endpoint }),
  };
}

/** Requests of one client, at so many a second at most, tried again where that helps. */
export function pacedRequests(
  { calls, shared }: DeliveryAccess,
  identity: Identity,
  client: AnyClient,
  { perSecond, name }: { readonly perSecond: number; readonly name: string },
): Request {
  const request = requestsAs(identity, client, shared);
  const quota: Quota = calls.quota({ perSecond, name });
  return <Answer extends object, T>(
    action: Action,
    send: () => Promise<Answer>,
    read: (answer: Answer) => T,
  ): Promise<Attempt<T>> =>
    calls.run(
      quota,
      () => request(action, send, read),
      () => identity.ready(),
    );
}
