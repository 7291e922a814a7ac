/** What a run did not read, as far as a selector could have matched there. */
import type { Account, Place } from '../model/observation.ts';
import { cognitoRegions } from '../model/regions.ts';
import { askKey } from '../policy/match/selection.ts';
import { selectorKeys, type Candidate, type Entry } from '../policy/match/selector-keys.ts';
import type { CompiledKey, CompiledSelector } from '../policy/match/selectors.ts';

/** How much was not read, of what could have matched. */
export interface Unread {
  readonly isListCut: boolean;
  readonly accounts: number;
  readonly regions: number;
}

export interface UnreadPlaces {
  /** `account` is `null` for a gap of the organization. */
  add(place: Pick<Place, 'scope' | 'region'>, account: Account | null): void;
  /** Accounts whose regions nobody knows, where all of `keys` could match. */
  withoutRegions(keys: readonly CompiledKey[]): Unread;
  /** Accounts and regions whose pools were not all listed, where all of `keys` could match and no block of `exclude` does. */
  withoutPools(keys: readonly CompiledKey[], exclude?: readonly CompiledSelector[]): Unread;
  /** Whether accounts may be missing from the list. */
  listOnly(): Unread;
}

interface UnreadAccount {
  readonly account: Account;
  /** `null`: none was read. */
  regions: Set<string> | null;
}

const allRegions: readonly string[] = Object.values(cognitoRegions).flat();

export function newUnreadPlaces(): UnreadPlaces {
  const byAccount = new Map<string, UnreadAccount>();
  let isListCut = false;

  function count(take: (unread: UnreadAccount) => readonly string[] | null): Unread {
    let [accounts, regions] = [0, 0];
    for (const unread of byAccount.values()) {
      const some = take(unread);
      if (some === null) accounts += 1;
      else regions += some.length;
    }
    return { isListCut, accounts, regions };
  }

  return {
    add({ scope, region }, account) {
      if (scope === 'organization') isListCut = true;
      if (account === null) return;
      const unread = byAccount.get(account.id) ?? { account, regions: new Set() };
      byAccount.set(account.id, unread);
      if (scope === 'account') unread.regions = null;
      if (scope === 'region' && region !== null) unread.regions?.add(region);
    },
    withoutRegions: (keys) =>
      count(({ account, regions }) => (regions === null && couldBeIn(keys, account) ? null : [])),
    withoutPools: (keys, exclude = []) =>
      count(({ account, regions }) => {
        if (!couldBeIn(keys, account) || exclude.some((block) => surelyHolds(block, account))) return [];
        const taken = (regions === null ? allRegions : [...regions]).filter((region) => couldBeInRegion(keys, region));
        return regions === null && taken.length > 0 ? null : taken;
      }),
    listOnly: () => ({ isListCut, accounts: 0, regions: 0 }),
  };
}

function isOfAccounts({ key }: CompiledKey): boolean {
  return selectorKeys[key].level === 'accounts';
}

function couldBeIn(keys: readonly CompiledKey[], account: Account): boolean {
  const candidate: Candidate = { account, region: null, pool: null, subject: null };
  return keys.every((key) => !isOfAccounts(key) || askKey(key, candidate).answer !== 'no');
}

function surelyHolds({ keys, exclude }: CompiledSelector, account: Account): boolean {
  const candidate: Candidate = { account, region: null, pool: null, subject: null };
  return exclude.length === 0 && keys.every((key) => isOfAccounts(key) && askKey(key, candidate).answer === 'yes');
}

function couldBeInRegion(keys: readonly CompiledKey[], region: string): boolean {
  return keys.every(({ key, test }) => {
    if (test.kind !== 'entries') return true;
    if (key === 'regions') return test.entries.some((entry) => entry.matches(region));
    return key !== 'pools' || test.entries.some((entry) => poolCouldBeIn(entry, region));
  });
}

/** A pool's id begins with its region; a replica's with that of its primary, which would have matched first. */
function poolCouldBeIn(entry: Entry, region: string): boolean {
  return !entry.isId || entry.text.startsWith(`${region}_`);
}
