/**
 * The text of an answer, kept beside what the SDK makes of it: its model drops members that it does not know, top-level
 * and nested. Two public seams carry it: the connection's handler reads each body whole, and a middleware around the
 * deserializer remembers the text under the very object that the caller gets. Nothing is shared between calls.
 */
import type { DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { bodyText } from './body.ts';
import { MalformedAnswer } from './malformed-answer.ts';

const texts = new WeakMap<object, string>();

export const keepAnswerText: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    const middleware: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
      const result = await next(request);
      if (result.output !== undefined) texts.set(result.output, bodyText(bodyOf(result.response)));
      return result;
    };
    stack.add(middleware, { step: 'deserialize', priority: 'high', name: 'keepAnswerText', override: true });
  },
};

/** The answer as AWS wrote it, parsed from its text. Throws MalformedAnswer where that is not a JSON object. */
export function rawAnswer(output: object): JsonObject {
  const text = texts.get(output) ?? '';
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new MalformedAnswer(`the answer is not JSON (${text.length} characters)`, { isDamaged: true, cause });
  }
  if (!isJsonObject(value)) throw new MalformedAnswer('the answer is not a JSON object', { isDamaged: true });
  return value;
}

function bodyOf(response: unknown): unknown {
  return typeof response === 'object' && response !== null && 'body' in response ? response.body : undefined;
}
