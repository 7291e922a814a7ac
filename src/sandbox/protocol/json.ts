/** AWS JSON 1.1 (Cognito, Organizations) and REST-JSON (Account), as the Smithy protocol pages define them. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { Protocol } from './answer.ts';

const json11Type = 'application/x-amz-json-1.1';

export const json11: Protocol = {
  read: readMembers,
  answer: (_operation, output, requestId) => ({
    status: 200,
    contentType: json11Type,
    headers: { 'x-amzn-requestid': requestId },
    body: JSON.stringify(output),
  }),
  fail: (failure, requestId) => ({
    status: failure.status,
    contentType: json11Type,
    headers: { 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: failure.name, message: failure.message, ...failure.members }),
  }),
};

/** Organizations writes `Message` with a capital, after its model. */
export const organizationsJson11: Protocol = {
  ...json11,
  fail: (failure, requestId) => ({
    ...json11.fail(failure, requestId),
    body: JSON.stringify({ __type: failure.name, Message: failure.message, ...failure.members }),
  }),
};

/** The error's name stands in a header here, not in the body. */
export const restJson: Protocol = {
  read: readMembers,
  answer: (_operation, output, requestId) => ({
    status: 200,
    contentType: 'application/json',
    headers: { 'x-amzn-requestid': requestId },
    body: JSON.stringify(output),
  }),
  fail: (failure, requestId) => ({
    status: failure.status,
    contentType: 'application/json',
    headers: { 'x-amzn-requestid': requestId, 'x-amzn-errortype': failure.name },
    body: JSON.stringify({ message: failure.message, ...failure.members }),
  }),
};

/** An empty body is an empty structure. */
function readMembers(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  const value = parsed(body.toString('utf8'));
  if (isJsonObject(value)) return value;
  throw new ServiceFailure('SerializationException', 'The request body is not a JSON object.');
}

function parsed(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
