/** Pages as AWS's list operations cut them: opaque tokens that belong to one list, and now and then an empty page with a token. */
import { createHmac } from 'node:crypto';
import { fraction } from './seeded.ts';

export interface PageRequest {
  /** What the token belongs to: operation, account and whatever else makes the list. */
  readonly list: string;
  readonly token: string | undefined;
  readonly size: number;
}

export interface PageRules {
  readonly seed: number;
  /** Share of pages that come empty but with a token, 0 to 1. */
  readonly emptyPages: number;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

interface Position {
  readonly offset: number;
  /** The empty page at this offset was given already. */
  readonly emptied: boolean;
}

/** `undefined` entries are deleted ones; they fill no place. `null` when the token is not one of this list. */
export function cutPage<T>(
  entries: readonly (T | undefined)[],
  request: PageRequest,
  rules: PageRules,
): ListPage<T> | null {
  const position = request.token === undefined ? { offset: 0, emptied: false } : openToken(request.token, request.list);
  if (position === null) return null;
  const { offset, emptied } = position;
  const isEmpty =
    !emptied && offset < entries.length && fraction(rules.seed, `${request.list}/${offset}`) < rules.emptyPages;
  if (isEmpty) return { items: [], nextToken: sealToken({ offset, emptied: true }, request.list) };
  const { items, next } = take(entries, offset, request.size);
  const more = next < entries.length;
  return { items, nextToken: more ? sealToken({ offset: next, emptied: false }, request.list) : undefined };
}

/** `next` is the offset of the first entry that is still to come, or past the end. */
function take<T>(entries: readonly (T | undefined)[], offset: number, size: number) {
  const items: T[] = [];
  let next = offset;
  for (; next < entries.length; next += 1) {
    const entry = entries[next];
    if (entry === undefined) continue;
    if (items.length === size) break;
    items.push(entry);
  }
  return { items, next };
}

function sealToken({ offset, emptied }: Position, list: string): string {
  const text = `${offset}.${emptied ? 1 : 0}`;
  return Buffer.from(`${text}.${mark(text, list)}`).toString('base64');
}

function openToken(token: string, list: string): Position | null {
  const [offset, emptied, seal] = Buffer.from(token, 'base64').toString('latin1').split('.');
  if (offset === undefined || emptied === undefined || seal !== mark(`${offset}.${emptied}`, list)) return null;
  return { offset: Number(offset), emptied: emptied === '1' };
}

function mark(text: string, list: string): string {
  return createHmac('sha256', 'page token').update(`${list}\n${text}`).digest('base64url');
}
