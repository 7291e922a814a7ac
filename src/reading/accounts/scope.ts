/** What one run is asked to read: the configuration, narrowed by flags and shards. */
import type { ReadingNeeds } from '../sink.ts';
import type { Settings } from '../../domain/settings.ts';

export interface ReadingScope {
  readonly settings: Pick<Settings, 'accounts' | 'organizationRole' | 'include' | 'exclude' | 'regions' | 'limits'>;
  readonly needs: ReadingNeeds;
  readonly filters: ReadingFilters;
  /** Entries of `organizationalUnits` in policies and exceptions; one that names no unit is an error. */
  readonly namedUnits: readonly string[];
  /** Whether every account's credentials are asked whose they are, beside what AssumeRole says of them. */
  readonly confirmsOwners?: boolean;
}

export interface ReadingFilters {
  /** `--account`; `null` without. */
  readonly accounts: readonly string[] | null;
  /** `--region`; `null` without. */
  readonly regions: readonly string[] | null;
  /** `--shard`; `null` without. */
  readonly shard: { readonly count: number; holds(accountId: string): boolean } | null;
}

export function isInFilters(accountId: string, { accounts, shard }: ReadingFilters): boolean {
  return (accounts?.includes(accountId) ?? true) && (shard?.holds(accountId) ?? true);
}
