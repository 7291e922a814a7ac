import type { JsonObject } from '../domain/model/json.ts';
import type { Result } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';

export interface Narrowing {
  /** `--account`; `null` without. */
  readonly accounts: readonly string[] | null;
  /** `--region`; `null` without. */
  readonly regions: readonly string[] | null;
}

type Placed = { readonly accountId: string | null; readonly region: string | null };

/**
 * The part of a saved result that flags ask for; its summary stays that of the whole. Gaps of the organization stay: what
 * they hide may be there.
 *
 * @throws UserError for an account or region that the result does not have.
 */
export async function narrowed(saved: Result, narrowing: Narrowing): Promise<Result> {
  const { accounts, regions } = narrowing;
  if (accounts === null && regions === null) return saved;
  await requireKnown(saved, narrowing);
  const isIn = ({ accountId, region }: Placed): boolean =>
    (accountId === null || (accounts?.includes(accountId) ?? true)) &&
    (region === null || (regions?.includes(region) ?? true));
  const { head } = saved;
  const { scope } = head.run;
  return {
    head: {
      ...head,
      run: { ...head.run, scope: { ...scope, filters: { ...scope.filters, ...filtersOf(narrowing) } } },
    },
    accounts: () => kept(saved.accounts(), ({ id }) => accounts?.includes(id) ?? true),
    units: () => kept(saved.units(), isIn),
    gaps: () => kept(saved.gaps(), isIn),
    skipped: () => kept(saved.skipped(), isIn),
    resolved: () => kept(saved.resolved(), isIn),
    unseen: () => kept(saved.unseen(), isIn),
    pools: () => kept(saved.pools(), isIn),
  };
}

function filtersOf({ accounts, regions }: Narrowing): JsonObject {
  return { ...(accounts === null ? {} : { account: accounts }), ...(regions === null ? {} : { region: regions }) };
}

async function requireKnown(saved: Result, { accounts, regions }: Narrowing): Promise<void> {
  const missingAccounts = new Set(accounts);
  const missingRegions = new Set(regions);
  for await (const { id } of saved.accounts()) missingAccounts.delete(id);
  for await (const { region } of saved.units()) missingRegions.delete(region);
  if (missingAccounts.size > 0)
    throw new UserError(`--account: the saved result has no account ${[...missingAccounts].join(', ')}.`);
  if (missingRegions.size > 0)
    throw new UserError(`--region: the saved result has nothing of ${[...missingRegions].join(', ')}.`);
}

async function* kept<T>(values: AsyncIterable<T>, isIn: (value: T) => boolean): AsyncGenerator<T, void, void> {
  for await (const value of values) if (isIn(value)) yield value;
}
