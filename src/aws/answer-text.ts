/**
 * An answer as AWS wrote it, kept beside what the SDK makes of it: its model drops members that it does not know,
 * top-level and nested, and refuses a whole answer for a member that nobody here reads, such as a date in another form.
 * The SDK's public seam carries it: two middlewares stand around the deserializer. The inner one takes the text out of
 * the response, so that the SDK decodes nothing of it; the outer one remembers it under the very object that the caller
 * gets. Nothing is shared between calls.
 */
import { HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { bodyText } from './body.ts';
import { MalformedAnswer } from './malformed-answer.ts';

const byResponse = new WeakMap<object, JsonObject>();
const byOutput = new WeakMap<object, JsonObject>();
const nothing = Buffer.from('{}');

export const keepAnswerText: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    const take: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
      const result = await next(request);
      takeAnswer(result.response);
      return result;
    };
    const keep: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
      const result = await next(request);
      const { response, output } = result;
      const answer = HttpResponse.isInstance(response) ? byResponse.get(response) : undefined;
      if (answer !== undefined && output !== undefined) byOutput.set(output, answer);
      return result;
    };
    stack.addRelativeTo(take, {
      relation: 'after',
      toMiddleware: 'deserializerMiddleware',
      name: 'takeAnswerText',
      override: true,
    });
    stack.add(keep, { step: 'deserialize', priority: 'high', name: 'keepAnswerText', override: true });
  },
};

/** The answer as AWS wrote it. Throws MalformedAnswer where that is not a JSON object. */
export function rawAnswer(output: object): JsonObject {
  const answer = byOutput.get(output);
  if (answer === undefined) throw new MalformedAnswer('the answer is not a JSON object', { isDamaged: true });
  return answer;
}

/** Errors, and what is no JSON object, are left to the SDK, which says what is wrong with them. */
function takeAnswer(response: unknown): void {
  if (!HttpResponse.isInstance(response) || response.statusCode >= 300) return;
  const answer = parsed(bodyText(response.body));
  if (answer === null || !isJsonObject(answer)) return;
  byResponse.set(response, answer);
  response.body = nothing;
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
