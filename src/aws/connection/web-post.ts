import { HttpRequest } from '@smithy/core/protocols';
import type { Handler } from './http.ts';

/**
 * Requests to others than AWS on the same connections, so that proxy, certificates and time-outs are those of the run.
 * Nothing is followed and nothing is tried again.
 */
export function webPost(handler: Handler) {
  return async (
    address: string | URL,
    { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ): Promise<Response> => {
    const { protocol, hostname, port, pathname, search, searchParams } = new URL(address);
    const request = new HttpRequest({
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: pathname,
      query: search === '' ? {} : Object.fromEntries(searchParams),
      method: 'POST',
      headers: { ...headers },
      body,
    });
    const { response } = await handler.handle(request);
    const { statusCode: status, body: answer } = response;
    const isEmpty = status === 204 || status === 205 || status === 304;
    const text = isEmpty || !Buffer.isBuffer(answer) ? null : answer.toString('utf8');
    return new Response(text, { status, headers: response.headers });
  };
}
