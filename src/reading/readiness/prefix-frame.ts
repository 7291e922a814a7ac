/**
 * Divides a pool into many small groups by the first digits of `sub`, whatever order these are in: a prefix is looked into by
 * its first page, and only where there are users. So also a pool whose `sub`s all begin alike, since they begin with a time,
 * falls into thousands of groups.
 */
import pLimit from 'p-limit';
import type { UserReader } from '../../ports/user-reader.ts';
import { children } from './prefixes.ts';

/** Calls that looking into one more digit of every prefix with more users than a page may take, and all of it together. */
const mostOfOneDigit = 480;
const mostInAll = 600;
const lanes = 16;

export interface Frame {
  /** Groups that together hold all users: those that fit a page, and the parts of those that don't. */
  readonly leaves: readonly string[];
  readonly calls: number;
}

/** `null`: the service does not answer prefixes of `sub` as it answers other filters. */
export async function frameOf(reader: UserReader): Promise<Frame | null> {
  const complete: string[] = [];
  let open = [''];
  let calls = 0;
  while (open.length > 0 && mayGoOn(calls, open.length * 16)) {
    const parts = open.flatMap(children);
    const found = await lookInto(reader, parts);
    if (found === null) return null;
    calls += parts.length;
    complete.push(...found.complete);
    ({ open } = found);
  }
  if (open.length === 0 && complete.length === 0) return null;
  return { leaves: [...complete, ...open.flatMap(children)], calls };
}

function mayGoOn(calls: number, more: number): boolean {
  return more <= mostOfOneDigit && calls + more <= mostInAll;
}

async function lookInto(reader: UserReader, prefixes: readonly string[]) {
  const limit = pLimit(lanes);
  const pages = await Promise.all(
    prefixes.map((prefix) => limit(async () => ({ prefix, ...(await reader.listUsers(prefix, null)) }))),
  );
  const complete: string[] = [];
  const open: string[] = [];
  for (const { prefix, users, next } of pages) {
    if (users.some(({ sub }) => sub?.startsWith(prefix) !== true)) return null;
    if (next !== null) open.push(prefix);
    else if (users.length > 0) complete.push(prefix);
  }
  return { complete, open };
}
