/** What the policies need to know beyond each pool's MFA configuration, so that nothing else is asked. */
import { withInner, type Expectation } from '../expect/expectations.ts';
import { furtherReads, isFurtherRead, noReads, withRead, type FurtherReads } from '../../model/api/reads.ts';
import type { Account } from '../../model/observation.ts';
import type { PolicyException, PolicySet } from '../policy.ts';
import { allKeys, compileSelector, nowhere } from '../match/selector-compilation.ts';
import { select } from '../match/selection.ts';
import { isCertain, selectorKeys, type Candidate } from '../match/selector-keys.ts';
import type { CompiledKey, CompiledSelector } from '../match/selectors.ts';
import type { Settings } from '../../settings.ts';
import { anyVariable } from '../expect/variables.ts';

export interface ReadingNeeds {
  readonly accountNames: boolean;
  readonly accountPaths: boolean;
  readonly accountTags: boolean;
  /** What policies that may match this pool need beside its MFA configuration. */
  furtherReads(account: Account, region: string, poolId: string, poolName: string): FurtherReads;
}

export function readingNeeds(set: PolicySet, settings: Pick<Settings, 'include' | 'exclude'>): ReadingNeeds {
  const scope = [...settings.include, ...settings.exclude].map((selector) => compileSelector(selector, nowhere));
  const selectors = [...scope, ...[...set.policies, ...set.exceptions].map(({ match }) => match)];
  const keys = selectors.flatMap((selector) => [...allKeys(selector)]);
  const asksFor = (prefix: string): boolean =>
    set.policies.some((policy) => usesVariable(policy.expectations, (name) => name.startsWith(prefix)));
  return {
    accountNames: keys.some(asksForName) || asksFor('account.name'),
    accountPaths: keys.some(({ key }) => selectorKeys[key].needs === 'accountPaths'),
    accountTags: keys.some(({ key }) => selectorKeys[key].needs === 'accountTags') || asksFor('account.tags.'),
    furtherReads: (account, region, poolId, poolName) =>
      readsNeeded(set, { account, region, pool: { id: poolId, name: poolName }, subject: null }),
  };
}

/** An exception is asked only about findings of policies that may match the pool, or about its gaps. */
function readsNeeded(set: PolicySet, candidate: Candidate): FurtherReads {
  const mayMatch = new Set<string>();
  let needed = noReads;
  for (const policy of set.policies) {
    const { answer } = select(policy.match, candidate);
    if (answer === 'no') continue;
    for (const read of policy.expects) needed = withRead(needed, read);
    if (answer === 'unknown') needed = withReadsOf(needed, policy.match);
    if (needed.size === furtherReads.length) return needed;
    mayMatch.add(policy.name);
  }
  for (const exception of set.exceptions) {
    if (mayConcern(exception, mayMatch) && select(exception.match, candidate).answer === 'unknown') {
      needed = withReadsOf(needed, exception.match);
    }
  }
  return needed;
}

function mayConcern({ policies }: PolicyException, mayMatch: ReadonlySet<string>): boolean {
  return policies === null || policies.some((name) => mayMatch.has(name));
}

function withReadsOf(reads: FurtherReads, selector: CompiledSelector): FurtherReads {
  let all = reads;
  for (const { key } of allKeys(selector)) {
    const { needs } = selectorKeys[key];
    if (isFurtherRead(needs)) all = withRead(all, needs);
  }
  return all;
}

function asksForName({ key, test }: CompiledKey): boolean {
  if (selectorKeys[key].needs !== 'accountNames' || test.kind !== 'entries') return false;
  return test.entries.some((entry) => !entry.isId && !isCertain(entry));
}

export function usesVariable(expectations: readonly Expectation[], asks: (name: string) => boolean): boolean {
  return [...withInner(expectations)].some((one) => one.kind === 'value' && anyVariable(one.wanted, asks));
}
