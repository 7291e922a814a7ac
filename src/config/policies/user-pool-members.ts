/** Which members of `UserPool` a policy or an exception asks for. */
import { withInner, type Expectation } from '../../domain/policy/expect/expectations.ts';
import { factorMembers } from '../../domain/model/factors.ts';
import { allKeys } from '../../domain/policy/match/selector-compilation.ts';
import { selectorKeys } from '../../domain/policy/match/selector-keys.ts';
import type { CompiledSelector } from '../../domain/policy/match/selectors.ts';
import { needsPoolTags } from '../../domain/policy/expect/variables.ts';

export function membersAskedByMatch(match: CompiledSelector): readonly string[] {
  return [...allKeys(match)].flatMap(({ key, test }) => {
    return test.kind === 'expectations' ? membersAskedByExpect(test.expectations) : selectorKeys[key].members;
  });
}

export function membersAskedByExpect(expectations: readonly Expectation[]): readonly string[] {
  return [...withInner(expectations)].flatMap((expectation) => {
    if (expectation.kind === 'factors') return factorMembers;
    if (expectation.kind === 'anyOf' || expectation.kind === 'exact') return [];
    const own = expectation.source === 'userPool' ? expectation.members.slice(0, 1) : [];
    const wantsTags = expectation.kind === 'value' && expectation.hasVariables && needsPoolTags(expectation.wanted);
    return wantsTags ? [...own, 'UserPoolTags'] : own;
  });
}

export function sortedSet(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
