/**
 * The text of an answer, in place of what the SDK makes of it: its model drops members that it does not know, top-level
 * and nested, and one member of another form makes it refuse the whole. Two middlewares carry the text past the
 * deserializer: the inner one takes it off the response, the outer one keeps it in the object that the caller gets.
 * Refusals are still the SDK's to read. Nothing is shared between calls.
 */
import { HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import { isDeeperThan, isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { bodyText, kindOfText } from './body.ts';
import { MalformedAnswer } from '../failures/malformed-answer.ts';

/** In the response at first, then in the output that the SDK made of it; no member of an answer can have this name. */
const answerText = Symbol('text of the answer');

export const keepAnswerText: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    stack.addRelativeTo(takeText, { ...insideDeserializer, name: 'takeAnswerText', override: true });
    stack.add(keepText, { step: 'deserialize', priority: 'high', name: 'keepAnswerText', override: true });
  },
};

const insideDeserializer = { relation: 'after', toMiddleware: 'deserializerMiddleware' } as const;
const emptyBody = Buffer.from('{}');

const takeText: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
  const result = await next(request);
  const { response } = result;
  if (HttpResponse.isInstance(response) && response.statusCode < 300) {
    Object.assign(response, { [answerText]: bodyText(response.body) });
    response.body = emptyBody;
  }
  return result;
};

const keepText: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
  const result = await next(request);
  if (result.output !== undefined) Object.assign(result.output, { [answerText]: textOf(result.response) });
  return result;
};

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !(answerText in value)) return '';
  return String(value[answerText]);
}

/** An answer that no client made, for `rawAnswer`. */
export function answerOfText(text: string, $metadata: MetadataBearer['$metadata']): MetadataBearer {
  const answer = { $metadata, [answerText]: text };
  return answer;
}

/** The answer as AWS wrote it, parsed from its text. Throws MalformedAnswer where that is not a JSON object. */
export function rawAnswer(output: object): JsonObject {
  const text = textOf(output);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    const size = `${text.length} characters`;
    throw new MalformedAnswer(`the answer is ${kindOfText(text)} (${size})`, { isDamaged: true, cause });
  }
  if (!isJsonObject(value)) throw new MalformedAnswer('the answer is not a JSON object', { isDamaged: true });
  if (isDeeperThan(value, deepest))
    throw new MalformedAnswer(`the answer is nested more than ${deepest} levels deep`, { isDamaged: false });
  return value;
}

/** AWS's answers have seven levels at most; what is far deeper would exhaust the stack of whoever walks through it. */
const deepest = 64;
