/**
 * A call as CloudTrail writes it down (CloudTrail user guide, "CloudTrail record contents"). The agent tells who called:
 * a browser has the console's credentials, and a service calls in somebody's name.
 */
import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { answers } from '../cognito/open-questions.ts';
import type { CallerIdentity } from '../identity/credentials.ts';
import { ServiceFailure, type ServiceName } from '../service-failure.ts';
import type { ServiceCall } from '../services/operation.ts';
import type { TrailEvent } from '../world/trail.ts';

/** What an event tells of a request beside the call. */
interface Sent {
  readonly service: ServiceName;
  readonly operation: string;
  readonly userAgent: string;
}

const changes = /^(?:Create|Update|Delete|Set|Tag|Untag|AdminSet)/;

/** Keeps what changed something in Cognito, or was refused to; whoever only reads leaves no trace here. */
export function writeDown(call: ServiceCall, sent: Sent, outcome: JsonObject | ServiceFailure): void {
  if (sent.service !== 'cognito-idp' || !changes.test(sent.operation)) return;
  call.world.trail.add(call.account.facts.id, call.region, trailEvent(call, sent, outcome));
}

function trailEvent(call: ServiceCall, sent: Sent, outcome: JsonObject | ServiceFailure): TrailEvent {
  const { identity, region, nowMs } = call;
  const isHidden = answers(call.world.switches, 'user-pool-id-in-events', 'hidden');
  const written = (value: JsonObject) => (isHidden ? withoutPoolId(value) : value);
  const isService = sent.userAgent.endsWith('.amazonaws.com');
  const event: JsonObject = {
    eventVersion: '1.11',
    userIdentity: { ...userIdentity(call), ...(isService ? { invokedBy: sent.userAgent } : {}) },
    eventTime: `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    eventSource: 'cognito-idp.amazonaws.com',
    eventName: sent.operation,
    awsRegion: region,
    sourceIPAddress: isService ? sent.userAgent : '192.0.2.1',
    userAgent: sent.userAgent,
    ...(outcome instanceof ServiceFailure ? { errorCode: outcome.name, errorMessage: outcome.message } : {}),
    requestParameters: written(lowered(call.members)),
    responseElements: outcome instanceof ServiceFailure ? null : written(lowered(outcome)),
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: identity.accountId,
    eventCategory: 'Management',
    ...(sent.userAgent.startsWith('Mozilla/') ? { sessionCredentialFromConsole: 'true' } : {}),
  };
  return { atMs: nowMs, userName: identity.arn.split('/').at(-1) ?? '', event };
}

function userIdentity({ identity, accessKeyId, nowMs }: ServiceCall): JsonObject {
  const { arn, accountId, userId } = identity;
  const common = { principalId: userId, arn, accountId, accessKeyId };
  const name = arn.split('/').at(1) ?? '';
  if (!identity.isSession) return { type: 'IAMUser', ...common, userName: name };
  return {
    type: 'AssumedRole',
    ...common,
    sessionContext: {
      sessionIssuer: sessionIssuer(identity, name),
      attributes: { creationDate: `${new Date(nowMs).toISOString().slice(0, 19)}Z`, mfaAuthenticated: 'false' },
    },
  };
}

function sessionIssuer({ accountId, arn, userId }: CallerIdentity, name: string): JsonObject {
  const principalId = userId.split(':')[0] ?? '';
  return {
    type: 'Role',
    principalId,
    arn: `arn:${arn.split(':')[1]}:iam::${accountId}:role/${name}`,
    accountId,
    userName: name,
  };
}

/** Members begin in lower case there; keys that a user chose are left alone. */
function lowered(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      name.endsWith('Tags') ? member : loweredValue(member),
    ]),
  );
}

function loweredValue(value: JsonValue): JsonValue {
  if (isJsonObject(value)) return lowered(value);
  return Array.isArray(value) ? value.map(loweredValue) : value;
}

/** The word that CloudTrail writes in place of what it hides. */
const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

function withoutPoolId(value: JsonObject): JsonObject {
  const { userPool } = value;
  return {
    ...value,
    ...('userPoolId' in value ? { userPoolId: hidden } : {}),
    ...(isJsonObject(userPool) ? { userPool: { ...userPool, id: hidden, arn: hidden } } : {}),
  };
}
