import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBus, RefusedEntry } from '../../ports/delivery.ts';
import { clientConfig, pacedRequests, type DeliveryAccess } from './access.ts';

/** The smallest quota of a region is 400 requests a second (EventBridge quotas). */
const perSecond = 50;

/** @param bus its name, or its ARN, which also says the region */
export function eventBus(access: DeliveryAccess, bus: string): EventBus {
  const region = /^arn:[^:]+:events:([a-z0-9-]+):/.exec(bus)?.[1] ?? access.homeRegion;
  const identity = access.identityIn(access.callerAccountId);
  const client = new EventBridgeClient(clientConfig(access, 'eventBridge', identity, region));
  const request = pacedRequests(access, identity, client, { perSecond, name: `events/${region}` });
  return {
    bus,
    put: (events) =>
      request(
        'events:PutEvents',
        () =>
          client.send(
            new PutEventsCommand({
              Entries: events.map(({ type, time, resource, detail }) => ({
                EventBusName: bus,
                Source: 'mfa-drift',
                DetailType: type,
                Time: new Date(time),
                Resources: [resource],
                Detail: detail,
              })),
            }),
          ),
        // In the order of the request (API reference, PutEvents).
        ({ Entries: entries = [] }): readonly RefusedEntry[] =>
          events.flatMap(({ id }, index) => {
            const { EventId: taken, ErrorCode: code = 'NoAnswer', ErrorMessage: message = '' } = entries[index] ?? {};
            return taken === undefined ? [{ id, code, message }] : [];
          }),
      ),
  };
}
