/** Messages by HTTP: sent once more only where the other side can't have taken the first. */
import { backoffMs } from '../pacing/backoff.ts';
import type { Clock } from '../pacing/clock.ts';
import { clipped } from '../report/text/clip.ts';
import { DeliveryError } from './channel.ts';

/** One POST. */
export type Post = (
  url: string | URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<Response>;

const mostTries = 5;
const baseMs = 1000;
const longestMs = 60_000;

/** Busy, or not there for a moment: nothing was taken. */
const busyStatuses = new Set([429, 502, 503, 504]);

/** No connection came about. */
const unsent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

export interface PostWait {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The same, patient: it resolves with the last answer, and throws DeliveryError where none came. */
export function patientPost(post: Post, { clock, signal }: PostWait): Post {
  return async (url, request) => {
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted();
      const outcome = await attempt(post, url, request);
      const isLast = tries === mostTries;
      if (outcome instanceof Response) {
        if (isLast || !busyStatuses.has(outcome.status)) return outcome;
        await clock.sleep(waitMs(tries, outcome.headers.get('retry-after')), signal);
      } else {
        signal.throwIfAborted();
        if (isLast || outcome.isUncertain) throw outcome;
        await clock.sleep(waitMs(tries, null), signal);
      }
    }
  };
}

/** As long as the answer asks for, in seconds, where that is no more than a minute. */
function waitMs(tries: number, retryAfter: string | null): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  return asked >= 0 ? Math.min(asked, longestMs) : backoffMs(tries, baseMs, longestMs);
}

async function attempt(post: Post, url: string | URL, request: Parameters<Post>[1]): Promise<Response | DeliveryError> {
  try {
    return await post(url, request);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return noAnswer(error);
  }
}

/** The error's own text may hold the address, which is a secret. */
function noAnswer(error: Error): DeliveryError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const host = 'it could not be reached';
  if (unsent.test(code) || /CERT|SELF_SIGNED|ERR_TLS_|UNABLE_TO_/.test(code) || error.name === 'ProxyRefusal')
    return new DeliveryError(`${host} (${code}). Check the address, the network and HTTPS_PROXY.`, { cause: error });
  return new DeliveryError(
    `no answer came (${code}), so that it is not known whether the message arrived. Deliver the night again: the message then says that it is sent again.`,
    { isUncertain: true, cause: error },
  );
}

/** What an answer says in its own words, short and on one line. */
export function answerInWords(status: number, body: string): string {
  const words = clipped(body.replaceAll(/\s+/g, ' ').trim(), 200);
  return words === '' ? `HTTP ${status}` : `HTTP ${status}, ${words}`;
}

/**
 * The address of a channel, from the environment and nowhere else: whoever has it can write there.
 *
 * @throws DeliveryError where the variable is not set, or holds no address that is safe to use
 */
export function secretAddress(name: string, variable: string, env: Readonly<Record<string, string | undefined>>): URL {
  const text = env[variable] ?? '';
  if (text === '')
    throw new DeliveryError(
      `${name}: set ${variable} to the address of the webhook. It is read from the environment only.`,
    );
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) return url;
  throw new DeliveryError(`${name}: what ${variable} holds is no https:// address.`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
