/** AWS CloudTrail: `LookupEvents` (API reference; botocore model `cloudtrail` 2013-11-01). */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { TrailEvent } from '../world/trail.ts';
import { authorize, nextToken, page, type ServiceCall, type Operation } from './operation.ts';

export const cloudTrailOperations: Readonly<Record<string, Operation>> = { LookupEvents: lookupEvents };

/** What a look-up can ask by; the sandbox's events are of changes, and name no resources. */
const attributes: Readonly<Record<string, (event: TrailEvent) => JsonValue>> = {
  AccessKeyId: ({ event }) => memberOf(event['userIdentity'], 'accessKeyId'),
  EventId: ({ event }) => event['eventID'] ?? null,
  EventName: ({ event }) => event['eventName'] ?? null,
  EventSource: ({ event }) => event['eventSource'] ?? null,
  ReadOnly: () => 'false',
  ResourceName: () => null,
  ResourceType: () => null,
  Username: ({ userName }) => userName,
};

function lookupEvents(call: ServiceCall, input: Input): JsonObject {
  authorize(call, 'cloudtrail:LookupEvents', '*');
  const size = pageSize(call.members['MaxResults']);
  const matches = matching(call.members['LookupAttributes']);
  const { from, to } = times(call.members);
  const events = call.world.trail
    .of(call.account.facts.id, call.region, call.nowMs)
    .filter((event) => matches(event) && event.atMs >= from && event.atMs <= to);
  const { LookupAttributes = null, StartTime = null, EndTime = null } = call.members;
  const asked = JSON.stringify([LookupAttributes, StartTime, EndTime]);
  const list = `LookupEvents/${call.account.facts.id}/${call.region}/${asked}`;
  const cut = page(call, events, { list, token: input.text('NextToken'), size });
  if (cut === null) throw refusal('InvalidNextTokenException', 'Invalid NextToken specified.');
  return { Events: cut.items.map(listed), ...nextToken(cut) };
}

function pageSize(value: JsonValue | undefined): number {
  const size = value ?? 50;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= 50) return size;
  throw refusal('InvalidMaxResultsException', 'Invalid MaxResults specified; it must be between 1 and 50.');
}

/** "Currently the list can contain only one item" (API reference). */
function matching(value: JsonValue | undefined): (event: TrailEvent) => boolean {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const [asked, second] = list;
  if (asked === undefined) return () => true;
  const key = memberOf(asked, 'AttributeKey');
  const wanted = memberOf(asked, 'AttributeValue');
  const valueOf = typeof key === 'string' && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (valueOf === undefined || typeof wanted !== 'string' || second !== undefined)
    throw refusal('InvalidLookupAttributesException', 'Invalid lookup attributes specified: one key and value.');
  return (event) => valueOf(event) === wanted;
}

/** Seconds since 1970, both ends included. */
function times({ StartTime: start, EndTime: end }: JsonObject): { readonly from: number; readonly to: number } {
  const from = typeof start === 'number' ? start * 1000 : -Infinity;
  const to = typeof end === 'number' ? end * 1000 : Infinity;
  if (from > to) throw refusal('InvalidTimeRangeException', 'Start time must be before end time.');
  return { from, to };
}

function listed({ atMs, userName, event }: TrailEvent): JsonObject {
  return {
    EventId: event['eventID'] ?? '',
    EventName: event['eventName'] ?? '',
    ReadOnly: 'false',
    AccessKeyId: memberOf(event['userIdentity'], 'accessKeyId'),
    EventTime: Math.floor(atMs / 1000),
    EventSource: event['eventSource'] ?? '',
    Username: userName,
    Resources: [],
    CloudTrailEvent: JSON.stringify(event),
  };
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue {
  return isJsonObject(value) ? (value[name] ?? null) : null;
}

function refusal(name: string, message: string): ServiceFailure {
  return new ServiceFailure(name, message);
}
