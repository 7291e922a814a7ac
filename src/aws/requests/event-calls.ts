import type { EventCalls } from '../../ports/event-reader.ts';
import { blameAction } from '../../domain/model/api/reads.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import { pageIn, pageToken, textIn, unlike } from '../answers/members.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { requestsAs } from './requests.ts';

/** CloudTrail's client is loaded with the first request: most runs make none. */
export function eventCalls(clients: Clients, identity: Identity, region: string): EventCalls {
  return {
    ready: () => identity.ready(),
    async lookUp(name, from, token) {
      const trail = await clients.cloudTrail(identity, region);
      return requestsAs(identity, trail.client, clients)(
        blameAction,
        () =>
          trail.lookUpEvents({
            LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
            MaxResults: 50,
            ...(from === null ? {} : { StartTime: new Date(from) }),
            ...pageToken(token),
          }),
        (output) => pageIn(rawAnswer(output), 'Events', eventIn),
      );
    },
  };
}

/** The event itself is a text within the answer. */
function eventIn(listed: JsonObject): JsonObject {
  const event: JsonValue = JSON.parse(textIn(listed, 'CloudTrailEvent'));
  if (!isJsonObject(event)) throw unlike('CloudTrailEvent is no JSON object');
  return event;
}
