/** Which findings of a pool are written together, and which stand aside without keeping the others from it. */
import {
  lineOf,
  protectionObjection,
  protectionOf,
  type Ask,
  type AskOutcome,
  type Bystander,
  type Disagreement,
  type Protection,
} from './requested-changes.ts';
import type { Objection } from '../model/refusals.ts';

export interface Wishes {
  /** All for one path have the same `to`, or they conflict. */
  readonly asks: readonly Ask[];
  readonly bystanders: readonly Bystander[];
  readonly disagreements: readonly Disagreement[];
  readonly protections: readonly Protection[];
}

export interface Sorted {
  readonly asked: readonly Ask[];
  readonly disagreements: readonly Disagreement[];
  /** In the order of the wishes, each with why. */
  readonly aside: readonly (Pick<AskOutcome, 'policy' | 'path'> & { readonly objection: Objection })[];
}

/** Paths under an exception with `paths`, and what nothing can be written for, stand aside. */
export function sortWishes({ asks, bystanders, disagreements, protections }: Wishes): Sorted {
  const asked = asks.filter(({ path }) => protectionOf(path, protections) === null);
  const open = disagreements.filter(({ path }) => protectionOf(path, protections) === null);
  return {
    asked,
    disagreements: [...open, ...differingAsks(asked, open)],
    aside: [...asks.flatMap((ask) => protectedAside(ask, protections)), ...bystanders.map(bystanderAside)],
  };
}

function protectedAside(ask: Ask, protections: readonly Protection[]): Sorted['aside'] {
  const protection = protectionOf(ask.path, protections);
  if (protection === null) return [];
  return [{ policy: ask.policy, path: ask.path, objection: protectionObjection(protection, ask.path) }];
}

function bystanderAside(bystander: Bystander): Sorted['aside'][number] {
  const { policy, path, code } = bystander;
  const why = code === 'unresolved' ? 'has a variable that this pool cannot fill in' : noTarget(path);
  return { policy, path, objection: { code, message: `${path} of ${lineOf(bystander)} ${why}.` } };
}

function noTarget(path: string): string {
  if (/^UserPool(\.|$)/.test(path)) return 'is judged and never fixed: change the pool by hand';
  if (/^factors(\.|$)/.test(path))
    return 'is judged and never fixed: name the fields that make it hold, with their values';
  return 'says no single value that could be written (set, a scalar, a lone oneOf entry)';
}

/** Asks for one path with different values, which whoever merged the policies should not have let through. */
function differingAsks(asks: readonly Ask[], known: readonly Disagreement[]): readonly Disagreement[] {
  const paths = [...new Set(asks.map(({ path }) => path))].filter((path) =>
    known.every((other) => other.path !== path),
  );
  return paths.flatMap((path) => {
    const own = asks.filter((ask) => ask.path === path);
    return new Set(own.map(({ to }) => JSON.stringify(to))).size > 1 ? [{ path, demands: own }] : [];
  });
}
