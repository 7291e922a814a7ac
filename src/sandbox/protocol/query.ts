/** AWS Query (STS): form-encoded requests, XML answers (Smithy, "AWS Query protocol"). */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { ServiceFailure } from '../service-failure.ts';
import type { Protocol } from './answer.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The only number among the members that the sandbox reads. */
const numbers = new Set(['DurationSeconds']);

export const query: Protocol = {
  read: (body) => {
    const pairs = [...new URLSearchParams(body.toString('utf8'))];
    return Object.fromEntries(pairs.map(([name, value]): [string, JsonValue] => [name, typed(name, value)]));
  },
  answer: (operation, output, requestId) => ({
    status: 200,
    contentType: 'text/xml',
    headers: { 'x-amzn-requestid': requestId },
    body: document(`${operation}Response`, [
      element(`${operation}Result`, members(output)),
      element('ResponseMetadata', element('RequestId', requestId)),
    ]),
  }),
  fail: (failure, requestId) => ({
    status: failure.status,
    contentType: 'text/xml',
    headers: { 'x-amzn-requestid': requestId },
    body: document('ErrorResponse', [errorElement(failure), element('RequestId', requestId)]),
  }),
};

/** A number that is not one stays text, and is refused as such where it is read. */
function typed(name: string, value: string): JsonValue {
  return numbers.has(name) && /^-?\d+$/.test(value) ? Number(value) : value;
}

function errorElement(failure: ServiceFailure): string {
  const side = failure.status >= 500 ? 'Receiver' : 'Sender';
  return element('Error', [
    element('Type', side),
    element('Code', escaped(failure.name)),
    element('Message', escaped(failure.message)),
  ]);
}

function document(name: string, content: readonly string[]): string {
  return `<${name} xmlns="${namespace}">${content.join('')}</${name}>\n`;
}

function members(output: JsonObject): readonly string[] {
  return Object.entries(output).map(([name, value]) =>
    element(name, isJsonObject(value) ? members(value) : escaped(typeof value === 'string' ? value : '')),
  );
}

function element(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? content : content.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
