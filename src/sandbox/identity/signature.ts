/**
 * Signature Version 4, from the verifier's side, written after "Create a signed AWS API request" of the IAM user guide
 * and sharing nothing with the SDK's signer.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What an `Authorization` header claims. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `x-amz-date`: `YYYYMMDDThhmmssZ` */
  readonly timestamp: string;
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** `null` when the header is not a whole Signature Version 4 claim, or leaves the host or the date unsigned. */
export function parseAuthorization(headers: IncomingHttpHeaders): SignatureClaim | null {
  const [, accessKeyId, date, region, service, names, signature] =
    authorizationPattern.exec(headers.authorization ?? '') ?? [];
  const timestamp = headers['x-amz-date'];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) return null;
  if (names === undefined || signature === undefined || typeof timestamp !== 'string') return null;
  const signedHeaders = names.split(';');
  if (!signedHeaders.includes('host') || !signedHeaders.includes('x-amz-date')) return null;
  return { accessKeyId, date, region, service, signedHeaders, signature, timestamp };
}

/** Milliseconds since 1970; `null` when the timestamp is not one, or not of the credential scope's day. */
export function signedAtMs(claim: SignatureClaim): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.timestamp) ?? [];
  if (year === undefined || !claim.timestamp.startsWith(claim.date)) return null;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}

export function signingKey(secretAccessKey: string, date: string, region: string, service: string): Buffer {
  const dateKey = hmac(`AWS4${secretAccessKey}`, date);
  return hmac(hmac(hmac(dateKey, region), service), 'aws4_request');
}

export function isSignedBy(request: SignedRequest, claim: SignatureClaim, key: Buffer): boolean {
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const canonical = hash('sha256', canonicalRequest(request, claim.signedHeaders));
  const expected = hmac(key, `AWS4-HMAC-SHA256\n${claim.timestamp}\n${scope}\n${canonical}`);
  return timingSafeEqual(expected, Buffer.from(claim.signature, 'hex'));
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = request.url.split('?', 2);
  const headerLines = signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}\n`).join('');
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    headerLines,
    signedHeaders.join(';'),
    hash('sha256', request.body),
  ].join('\n');
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string): string {
  return path === '/' ? path : path.split('/').map(encode).join('/');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = [...new URLSearchParams(query)].map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return pairs.sort().join('&');
}

function canonicalHeader(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  const trimmed = text.trim();
  return trimmed.includes('  ') ? trimmed.replaceAll(/ +/g, ' ') : trimmed;
}

/** RFC 3986: all but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
