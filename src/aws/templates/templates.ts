/**
 * Requests as a client's own stack made them, up to their signature: endpoint, headers and User-Agent are the same for
 * whoever asks the same of the same region, and the stack takes longer than all the rest of a request.
 */
import type { HttpRequest, RequestSigner, RequestSigningArguments } from '@smithy/types';
import { newRequestHeaders } from './request-headers.ts';

export interface RequestTemplate {
  readonly request: HttpRequest;
  readonly signing: Omit<RequestSigningArguments, 'signingDate'>;
}

export interface RequestTemplates {
  /** `null` until a client has asked that in the region. */
  of(region: string, operation: string): RequestTemplate | null;
  /** The same signer; what it is handed in that region becomes a template. */
  learning(region: string, signer: RequestSigner): RequestSigner;
}

export function newTemplates(): RequestTemplates {
  const known = new Map<string, RequestTemplate>();
  return {
    of: (region, operation) => known.get(`${region}.${operation}`) ?? null,
    learning: (region, signer) => ({
      sign(request, options = {}) {
        // AWS JSON names the operation after its service: AWSCognitoIdentityProviderService.ListUserPools.
        const [, operation] = request.headers['x-amz-target']?.split('.') ?? [];
        const { signingDate: _date, ...signing } = options;
        known.set(`${region}.${operation}`, { request: unsent(request), signing });
        return signer.sign(request, options);
      },
    }),
  };
}

/** Without what belongs to one request. */
function unsent(request: HttpRequest): HttpRequest {
  const {
    'content-length': _length,
    'amz-sdk-invocation-id': _id,
    'amz-sdk-request': _attempt,
    ...headers
  } = request.headers;
  return { ...request, headers, body: undefined };
}

/** A request that was never sent before, to be signed. What is its own comes first (docs/performance.md, "Spreads"). */
export function requestFrom({ request }: RequestTemplate, body: string): HttpRequest {
  const headers = { 'content-length': String(Buffer.byteLength(body)), ...newRequestHeaders(), ...request.headers };
  return { ...request, headers, body };
}
