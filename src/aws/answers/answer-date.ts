/** When an answer was made, by the clock of who made it: its Date header, which the SDK keeps to itself. */
import { HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';

const dates = new WeakMap<object, string>();

export const keepAnswerDate: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    stack.add(keepDate, { step: 'deserialize', priority: 'high', name: 'keepAnswerDate', override: true });
  },
};

const keepDate: DeserializeMiddleware<object, MetadataBearer> = (next) => async (request) => {
  const result = await next(request);
  const { response, output } = result;
  const date = HttpResponse.isInstance(response) ? response.headers['date'] : undefined;
  if (date !== undefined && output !== undefined) dates.set(output, date);
  return result;
};

/** `null` where the answer says no time, or none that can be read. */
export function answerDate(output: object): Date | null {
  const date = new Date(dates.get(output) ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

/**
 * Whether the time that an answer says is its service's: it came over TLS, or from this machine. What came in the clear
 * from another one may have been written by anybody in between.
 *
 * @param endpoint `null`: AWS's own, which is TLS
 */
export function isDateBelievable(endpoint: string | null, verifiesCertificates: boolean): boolean {
  const { protocol, hostname } = endpoint === null ? { protocol: 'https:', hostname: '' } : new URL(endpoint);
  return isLoopback(hostname) || (protocol === 'https:' && verifiesCertificates);
}

/** RFC 6761 and RFC 5735: names and addresses that lead to no other machine. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
