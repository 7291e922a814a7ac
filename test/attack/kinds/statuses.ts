/** Answers of what stands between: a status, and a page, nothing, or JSON of its own. */
import { jsonAnswer, operations, textAnswer, type Answer } from '../answers.ts';
import type { Kind, Meaning } from './kind.ts';

const bodies: readonly ((status: number) => Answer)[] = [
  (status) => textAnswer(status, `<!doctype html><html><title>${status}</title></html>`),
  (status) => textAnswer(status, ''),
  (status) => jsonAnswer(status, { message: `status ${status}` }),
  (status) => textAnswer(status, `status ${status}`, { 'content-type': 'text/plain' }),
];

/** 429 is a throttle, and 5xx the server's trouble. Only the service denies: a 403 that nobody can read is a page of what stands between. */
function meaningOf(status: number): Meaning {
  if (status === 429) return { lost: 'throttled' };
  return { lost: status >= 500 ? 'server-error' : 'malformed' };
}

const redirects = [300, 301, 302, 303, 307, 308];
const refusals = [400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 413, 414, 415, 417, 418, 421, 422, 425];
const moreRefusals = [426, 428, 431, 451, 499];
const troubles = [500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 525, 599];

export const statusKinds: readonly Kind[] = [
  ...[...redirects, ...refusals, ...moreRefusals, ...troubles].map((status, index): Kind => ({
    name: `status ${status}`,
    meets: operations,
    isInstead: true,
    means: meaningOf(status),
    change: () => {
      const { headers, ...answer } = (bodies[index % bodies.length] ?? textAnswer)(status, '');
      return {
        ...answer,
        headers: redirects.includes(status) ? { ...headers, location: 'http://127.0.0.1:9/' } : headers,
      };
    },
  })),
  {
    name: 'status 429, for as long as anybody asks',
    // Ten minutes of the program's time each.
    meets: ['AssumeRole', 'ListAccounts', 'ListRegions', 'ListUserPools', 'GetUserPoolMfaConfig', 'DescribeUserPool'],
    isInstead: true,
    means: { lost: 'throttled' },
    change: () => jsonAnswer(429, { message: 'slow down' }),
  },
  {
    name: 'status 503, three times and then no more',
    meets: operations.filter((each) => each !== 'SetUserPoolMfaConfig'),
    isInstead: true,
    times: 3,
    means: 'same',
    change: () => textAnswer(503, '<html>back soon</html>'),
  },
];
