/** What the policies need to know beyond each pool's MFA configuration, so that nothing else is asked. */
import { withInner, type Expectation } from '../expect/expectations.ts';
import type { Account } from '../../model/observation.ts';
import type { PolicyException, PolicySet } from '../policy.ts';
import { allKeys, compileSelector } from '../match/selector-compilation.ts';
import { select } from '../match/selection.ts';
import { isCertain, selectorKeys, type Candidate } from '../match/selector-keys.ts';
import type { CompiledKey, CompiledSelector } from '../match/selectors.ts';
import type { Settings } from '../../settings.ts';
import { anyVariable } from '../expect/variables.ts';

export interface ReadingNeeds {
  readonly accountNames: boolean;
  readonly accountPaths: boolean;
  readonly accountTags: boolean;
  /** Whether a policy that may match this pool needs `DescribeUserPool`. */
  userPool(account: Account, region: string, poolId: string, poolName: string): boolean;
}

const nowhere = { file: '', line: 1, column: 1 };

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
    userPool: (account, region, poolId, poolName) =>
      needsUserPool(set, { account, region, pool: { id: poolId, name: poolName }, subject: null }),
  };
}

/** An exception is asked only about findings of policies that may match the pool, or about its gaps. */
function needsUserPool(set: PolicySet, candidate: Candidate): boolean {
  const mayMatch = new Set<string>();
  for (const policy of set.policies) {
    const { answer } = select(policy.match, candidate);
    if (answer === 'no') continue;
    if (policy.expectsUserPool || (answer === 'unknown' && asksForPool(policy.match))) return true;
    mayMatch.add(policy.name);
  }
  return set.exceptions.some((exception) => exceptionNeedsUserPool(exception, mayMatch, candidate));
}

function exceptionNeedsUserPool(
  { policies, match }: PolicyException,
  mayMatch: ReadonlySet<string>,
  candidate: Candidate,
): boolean {
  if (!asksForPool(match)) return false;
  if (policies !== null && !policies.some((name) => mayMatch.has(name))) return false;
  return select(match, candidate).answer === 'unknown';
}

function asksForPool(selector: CompiledSelector): boolean {
  return [...allKeys(selector)].some(({ key }) => selectorKeys[key].needs === 'UserPool');
}

function asksForName({ key, test }: CompiledKey): boolean {
  if (selectorKeys[key].needs !== 'accountNames' || test.kind !== 'entries') return false;
  return test.entries.some((entry) => !entry.isId && !isCertain(entry));
}

export function usesVariable(expectations: readonly Expectation[], asks: (name: string) => boolean): boolean {
  return [...withInner(expectations)].some((one) => one.kind === 'value' && anyVariable(one.wanted, asks));
}
