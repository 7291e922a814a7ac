/** An event of CloudTrail, as far as it tells who changed which pool. */
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { changeEventNames, type BlamedEvent } from '../model/blame.ts';
import { agentOf } from './agent.ts';
import { objectAt, principalOf, textAt } from './principal.ts';

export interface ChangeEvent extends BlamedEvent {
  /** `null`: it hides the id of its pool. */
  readonly poolId: string | null;
  /** Members that the request named, as CloudTrail writes them; `null`: it hides them too. */
  readonly named: readonly string[] | null;
}

/** `null` for what is no such event, or changed nothing since it was refused. */
export function changeEventOf(event: JsonObject): ChangeEvent | null {
  const id = textAt(event, 'eventID');
  const at = new Date(textAt(event, 'eventTime') ?? '');
  const name = changeEventNames.find((each) => each === event['eventName']);
  if (id === null || name === undefined || Number.isNaN(at.getTime())) return null;
  if (event['eventSource'] !== 'cognito-idp.amazonaws.com' || textAt(event, 'errorCode') !== null) return null;
  const identity = objectAt(event, 'userIdentity');
  const who = principalOf(identity);
  const named = membersOf(event);
  return {
    id,
    name,
    at: at.toISOString(),
    poolId: poolIdOf(event),
    named,
    who,
    agent: agentOf({
      userAgent: textAt(event, 'userAgent') ?? '',
      sourceAddress: textAt(event, 'sourceIPAddress') ?? '',
      invokedBy: textAt(identity, 'invokedBy') ?? '',
      isFromConsole: [true, 'true'].some((yes) => event['sessionCredentialFromConsole'] === yes),
      who,
    }),
    namesOnlyPool:
      name === 'SetUserPoolMfaConfig' && named !== null && named.every((member) => member === 'userPoolId'),
  };
}

/** A member that is null was not named: the service reads it as absent. */
function membersOf({ requestParameters: request }: JsonObject): readonly string[] | null {
  if (!isJsonObject(request)) return null;
  return Object.entries(request).flatMap(([name, value]) => (value === null ? [] : [name]));
}

/** What hides an id is a word in its place, such as HIDDEN_DUE_TO_SECURITY_REASONS: a region is not in it. */
const poolId = /^[a-z]{2,}(?:-[a-z]+)+-\d+_[0-9a-zA-Z]+$/;

/** CreateUserPool has it in its answer alone; CloudTrail may name it beside the request as well. */
function poolIdOf(event: JsonObject): string | null {
  const resources = Array.isArray(event['resources']) ? event['resources'] : [];
  const told = [
    textAt(objectAt(event, 'requestParameters'), 'userPoolId'),
    textAt(objectAt(objectAt(event, 'responseElements'), 'userPool'), 'id'),
    textAt(objectAt(event, 'additionalEventData'), 'userPoolId'),
    ...resources.map((each) => (isJsonObject(each) ? (textAt(each, 'ARN')?.split(':userpool/')[1] ?? null) : null)),
  ];
  return told.find((id) => id !== null && poolId.test(id)) ?? null;
}
