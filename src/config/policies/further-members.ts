/** Which members of further reads a policy or an exception asks for. */
import { byFurtherRead, furtherReads, isFurtherRead, type FurtherRead } from '../../domain/model/api/reads.ts';
import { withInner, type Expectation } from '../../domain/policy/expect/expectations.ts';
import { factorMembers } from '../../domain/model/mfa/factors.ts';
import { allKeys } from '../../domain/policy/match/selector-compilation.ts';
import { selectorKeys } from '../../domain/policy/match/selector-keys.ts';
import type { CompiledSelector } from '../../domain/policy/match/selectors.ts';
import { needsPoolTags } from '../../domain/policy/expect/variables.ts';
import type { FurtherMembers } from '../../domain/policy/policy.ts';

export interface AskedMember {
  readonly read: FurtherRead;
  readonly member: string;
}

export function membersAskedByMatch(match: CompiledSelector): readonly AskedMember[] {
  return [...allKeys(match)].flatMap(({ key, test }) => {
    if (test.kind === 'expectations') return membersAskedByExpect(test.expectations);
    const { needs, members } = selectorKeys[key];
    return isFurtherRead(needs) ? members.map((member) => ({ read: needs, member })) : [];
  });
}

export function membersAskedByExpect(expectations: readonly Expectation[]): readonly AskedMember[] {
  return [...withInner(expectations)].flatMap((expectation): readonly AskedMember[] => {
    if (expectation.kind === 'factors') return factorMembers.map((member) => ({ read: 'userPool', member }));
    if (expectation.kind === 'anyOf' || expectation.kind === 'exact') return [];
    const { source, members } = expectation;
    const own = source === 'mfaConfig' ? [] : members.slice(0, 1).map((member) => ({ read: source, member }));
    const wantsTags = expectation.kind === 'value' && expectation.hasVariables && needsPoolTags(expectation.wanted);
    return wantsTags ? [...own, { read: 'userPool', member: 'UserPoolTags' }] : own;
  });
}

export function sortedMembers(asked: readonly AskedMember[]): FurtherMembers {
  return byFurtherRead((read) => sortedSet(asked.flatMap((one) => (one.read === read ? [one.member] : []))));
}

/** All that several ask for. */
export function mergedMembers(parts: readonly FurtherMembers[]): FurtherMembers {
  return byFurtherRead((read) => sortedSet(parts.flatMap((members) => members[read])));
}

export function readsAsked(asked: readonly AskedMember[]): readonly FurtherRead[] {
  return furtherReads.filter((read) => asked.some((one) => one.read === read));
}

function sortedSet(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
