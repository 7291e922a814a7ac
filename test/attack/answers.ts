/** What the attacking proxy sees of a request, and what it may send in the place of the answer. */
import type { Socket } from 'node:net';

export const operations = [
  'GetCallerIdentity',
  'AssumeRole',
  'DescribeOrganization',
  'ListAccounts',
  'ListRoots',
  'ListOrganizationalUnitsForParent',
  'ListParents',
  'ListTagsForResource',
  'DescribeAccount',
  'ListRegions',
  'ListUserPools',
  'GetUserPoolMfaConfig',
  'DescribeUserPool',
  'SetUserPoolMfaConfig',
] as const;
export type Operation = (typeof operations)[number];

export interface Call {
  readonly operation: Operation;
  /** Whose credentials signed it; of AssumeRole the account that the role is in. */
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string | null;
  /** How many requests of this kind were struck before it, from 0. */
  readonly struck: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer that is sent whole, or what is done to the connection. */
export type Delivery = Answer | { readonly wire: (socket: Socket) => void };

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return textAnswer(status, JSON.stringify(value), { 'content-type': 'application/x-amz-json-1.1', ...headers });
}

export function textAnswer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body: Buffer.from(text) };
}

export function withBody(answer: Answer, body: Buffer | string): Answer {
  return { ...answer, body: Buffer.from(body) };
}
