/**
 * Warnings that only a run can give: selectors that matched nothing, exceptions that excuse nothing, and policies that
 * can't agree on a pool. Told pool by pool, it remembers what is still unmatched and nothing else.
 */
import { newConflictLog } from './conflict-log.ts';
import { covers, isExpired } from '../policy/exceptions.ts';
import { acceptingExceptions } from './gap-acceptance.ts';
import type { Account, Failure, Place, PoolObservation } from '../model/observation.ts';
import type { PolicySet } from '../policy/policy.ts';
import { candidateOf, select } from '../policy/match/selection.ts';
import { selectorKeys, type Candidate, type KeyLevel } from '../policy/match/selector-keys.ts';
import { accountUse, poolUse, sitesOf, type SelectingSettings, type Site, type Use } from '../policy/selector-sites.ts';
import type { Subject } from '../model/subject.ts';
import { newUnreadPlaces } from './unread-places.ts';
import { unusedWarnings } from './unused-warnings.ts';
import type { PoolVerdict } from './verdicts.ts';
import type { Warning } from '../result/warning.ts';

export interface RunWarnings {
  /** Every account that is known, left-out ones too. */
  account(account: Account): void;
  /** A region that some account has, read or not. */
  region(region: string): void;
  /** An account that an interruption kept from being read to its end; the list of accounts may be cut as well. */
  unfinished(account: Account): void;
  pool(subject: Subject, verdict: PoolVerdict): void;
  /** Accepted or not: nothing was read there. `account` is `null` for a gap of the organization. */
  gap(gap: Place & Failure, account: Account | null, pool?: PoolObservation | null): void;
  /** Of any run. */
  conflicts(): readonly Warning[];
  /** Of a run that no flag narrowed: in any other, what matched nothing was not to be looked at. */
  unused(): readonly Warning[];
}

/** @param now the day by which exceptions are judged */
export function newRunWarnings(set: PolicySet, settings: SelectingSettings, now: Date): RunWarnings {
  const sites = new Set(sitesOf(set, settings));
  const policies = new Set(set.policies);
  /** Still without a match, and then still without anything to excuse: how many pools they matched. */
  const exceptions = new Map(set.exceptions.map((exception) => [exception, 0]));
  const unread = newUnreadPlaces();
  /** By what asks: how many accounts or pools could not answer. */
  const doubts = new Map<object, number>();
  const conflicts = newConflictLog();

  function doubt(asker: object): void {
    doubts.set(asker, (doubts.get(asker) ?? 0) + 1);
  }

  function markUsed(level: KeyLevel, useOf: (site: Site) => Use): void {
    for (const site of sites) {
      if (selectorKeys[site.key.key].level !== level) continue;
      const use = useOf(site);
      if (use === 'yes') sites.delete(site);
      if (use === 'unknown') doubt(site);
    }
  }

  function settlePolicies(candidate: Candidate): void {
    for (const policy of policies) {
      const { answer } = select(policy.match, candidate);
      if (answer === 'yes') policies.delete(policy);
      if (answer === 'unknown') doubt(policy);
    }
  }

  function settleExceptions(candidate: Candidate, { record }: PoolVerdict): void {
    for (const [exception, matched] of exceptions) {
      if (exception.gaps !== null) continue;
      const { answer } = select(exception.match, candidate);
      if (answer === 'no') continue;
      const excuses = record.findings.some(({ policy, path }) => covers(exception, policy, path));
      if (answer === 'yes' && excuses) exceptions.delete(exception);
      else {
        if (answer === 'yes') exceptions.set(exception, matched + 1);
        if (answer === 'unknown' || record.status === 'unreadable') doubt(exception);
      }
    }
  }

  return {
    account: (account) => markUsed('accounts', (site) => accountUse(site, account)),
    region: (region) => markUsed('regions', ({ entry }) => (entry.matches(region) ? 'yes' : 'no')),
    unfinished(account) {
      unread.add({ scope: 'account', region: null }, account);
      unread.add({ scope: 'organization', region: null }, null);
    },
    pool(subject, verdict) {
      const candidate = candidateOf(subject);
      markUsed('pools', (site) => poolUse(site, candidate, subject));
      settlePolicies(candidate);
      settleExceptions(candidate, verdict);
      conflicts.add(subject, verdict.conflicts);
    },
    gap(gap, account, pool = null) {
      unread.add(gap, account);
      if (account === null) return;
      for (const exception of acceptingExceptions({ exceptions: [...exceptions.keys()] }, gap, account, pool)) {
        exceptions.delete(exception);
      }
    },
    conflicts: () => conflicts.warnings(),
    unused: () =>
      unusedWarnings({
        sites: [...sites],
        policies: [...policies],
        exceptions: [...exceptions].filter(([exception]) => !isExpired(exception, now)),
        told: set.warnings,
        unread,
        doubts,
      }),
  };
}
