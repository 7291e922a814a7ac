/**
 * A pool of which the truth is known, in arrays, since a million objects would take longer than what is tried with them. Users are
 * sorted by `sub`, of which twelve hexadecimal digits decide; a page of a prefix is found by binary search.
 */
import type { UserFactors } from '../../../src/domain/readiness/users.ts';
import type { ListedUser, UserPage, UserReader } from '../../../src/ports/user-reader.ts';

/** Sub as a time of sign-up, which also says how likely the user is to be ready; or as digits that say nothing. */
export type Kind = 'random' | 'by-time' | 'by-time-grown' | 'by-time-in-waves';

export interface SimulatedPool {
  readonly truth: number;
  readonly users: number;
  readonly reader: UserReader;
}

/** Mulberry32 (public domain, Tommy Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const range = 2 ** 48;
/** Milliseconds: 2024-04-01, and about 30 months until 2026-10-01. */
const [firstSignUp, lastSignUp] = [1_711_929_600_000, 1_790_812_800_000];

export function simulatedPool(kind: Kind, users: number, share: number, random: () => number): SimulatedPool {
  const subs = subsOf(kind, users, random);
  const ready = new Uint8Array(users);
  const chance = chances[kind];
  let hits = 0;
  for (let at = 0; at < users; at += 1) {
    ready[at] = random() < chance(at / users, share) ? 1 : 0;
    hits += ready[at] ?? 0;
  }
  return { truth: hits / users, users, reader: readerOf(subs, ready) };
}

/** By the part of the users who signed up before. Late ones are ready; each averages to about `share`. */
const chances: Readonly<Record<Kind, (age: number, share: number) => number>> = {
  random: (_age, share) => share,
  // The misses are twice as many among the first as on the average, and none among the last.
  'by-time': (age, share) => 1 - (1 - share) * 2 * (1 - age),
  // Whoever signed up before the application asked for a factor has none.
  'by-time-grown': (age, share) => (age < 1 - share ? 0 : 1),
  // Whole campaigns of sign-ups without a factor: fifty waves.
  'by-time-in-waves': (age, share) => ((age * 50) % 1 < share ? 1 : 0),
};

function subsOf(kind: Kind, users: number, random: () => number): Float64Array {
  const subs = new Float64Array(users);
  for (let at = 0; at < users; at += 1)
    subs[at] = kind === 'random' ? Math.floor(random() * range) : signUp(kind, random());
  return subs.sort();
}

/** A pool that grew has most of its users from the last months. */
function signUp(kind: Kind, part: number): number {
  const grown = kind === 'by-time-grown' ? Math.sqrt(part) : part;
  return Math.floor(firstSignUp + (lastSignUp - firstSignUp) * grown);
}

function readerOf(subs: Float64Array, ready: Uint8Array): UserReader {
  return {
    listUsers: (prefix, token) => Promise.resolve(pageOf(subs, prefix, token)),
    authFactors: (name) => Promise.resolve(ready[Number(name)] === 1 ? withTotp : withNothing),
  };
}

const withTotp: UserFactors = { active: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA', first: ['PASSWORD'] };
const withNothing: UserFactors = { active: [], preferred: null, first: ['PASSWORD'] };

function pageOf(subs: Float64Array, prefix: string, token: string | null): UserPage {
  const digits = prefix.replaceAll('-', '');
  const width = 16 ** (12 - digits.length);
  const from = digits === '' ? 0 : Number.parseInt(digits, 16) * width;
  const start = token === null ? firstAtLeast(subs, from) : Number(token);
  const end = digits === '' ? subs.length : firstAtLeast(subs, from + width);
  const stop = Math.min(start + 60, end);
  const users = Array.from({ length: stop - start }, (_, at) => userAt(subs, start + at));
  return { users, next: stop < end ? String(stop) : null };
}

function userAt(subs: Float64Array, at: number): ListedUser {
  const digits = (subs[at] ?? 0).toString(16).padStart(12, '0');
  const sub = `${digits.slice(0, 8)}-${digits.slice(8)}-7000-c000-000000000000`;
  return { name: String(at), sub, status: 'CONFIRMED', isEnabled: true, hasEmail: false, hasPhone: false };
}

function firstAtLeast(subs: Float64Array, value: number): number {
  let [low, high] = [0, subs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((subs[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
