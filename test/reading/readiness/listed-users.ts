/** Users, and a reader that lists them as `ListUsers` does: sixty a page, of a prefix of `sub` where one is given. */
import type { ListedUser, UserReader } from '../../../src/ports/user-reader.ts';

export function user(name: string, more: Partial<ListedUser> = {}): ListedUser {
  return { name, sub: `0${name}`, status: 'CONFIRMED', isEnabled: true, hasEmail: false, hasPhone: false, ...more };
}

export function manyUsers(
  count: number,
  more: (at: number) => Partial<ListedUser> = () => ({}),
): readonly ListedUser[] {
  return Array.from({ length: count }, (_, at) => user(String(at), more(at)));
}

/** A `sub` that begins with `prefix` and goes on with the digits of a number: a UUID, which has 32 of them. */
export function subOf(prefix: string, number: number): string {
  const digits = `${prefix}${number.toString(16).padStart(32 - prefix.length, '0')}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

interface Asking extends UserReader {
  /** Prefix and token of every page that was asked for. */
  readonly asked: (readonly [prefix: string, token: string | null])[];
}

/** Everybody there has TOTP. */
export function readerOver(listed: readonly ListedUser[]): Asking {
  const asked: (readonly [string, string | null])[] = [];
  return {
    asked,
    async listUsers(prefix, token) {
      asked.push([prefix, token]);
      const found = listed.filter(({ sub }) => prefix === '' || sub?.startsWith(prefix) === true);
      const from = Number(token ?? 0);
      return { users: found.slice(from, from + 60), next: from + 60 < found.length ? String(from + 60) : null };
    },
    authFactors: async () => ({ active: ['SOFTWARE_TOKEN_MFA'], preferred: null, first: ['PASSWORD'] }),
  };
}
