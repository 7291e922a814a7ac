/** Users drawn from a pool, in the random order in which they are to be asked. They live in memory, and only while it lasts. */
import { randomBytes } from 'node:crypto';
import type { Design } from '../../domain/readiness/measurement.ts';
import { userKindOf, type UserKind, type UserFacts } from '../../domain/readiness/users.ts';
import type { ListedUser } from '../../ports/user-reader.ts';

/** From 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** Nobody who knows what was drawn before can tell what comes. */
export const unguessable: Random = () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48;

export interface DrawableUser extends UserFacts {
  readonly name: string;
  readonly cluster: number;
}

export interface Draw {
  readonly design: Design;
  readonly candidates: readonly DrawableUser[];
  readonly clusters: number;
  readonly population: number;
  readonly listed: Readonly<Record<UserKind, number>>;
}

/** Counts those who are listed, each once, and keeps the local ones for whoever draws. */
export class Register {
  readonly listed: Record<UserKind, number> = { local: 0, federated: 0, disabled: 0, unconfirmed: 0 };
  private readonly seen = new Set<string>();

  /** The local users of a page that were not seen before: a listing is eventually consistent, and may say one twice. */
  take(users: readonly ListedUser[]): readonly ListedUser[] {
    return users.filter((user) => {
      if (this.seen.has(user.name)) return false;
      this.seen.add(user.name);
      const kind = userKindOf(user);
      this.listed[kind] += 1;
      return kind === 'local';
    });
  }

  get size(): number {
    return this.seen.size;
  }
}

export function candidate(user: ListedUser, cluster: number): DrawableUser {
  const { name, status, isEnabled, hasEmail, hasPhone } = user;
  return { name, status, isEnabled, hasEmail, hasPhone, cluster };
}

/** Fisher and Yates's, in place. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [items[last], items[other]];
    if (a === undefined || b === undefined) continue;
    items[last] = b;
    items[other] = a;
  }
  return items;
}
