import type { PolicySet } from './policy.ts';
import { allKeys } from './match/selector-compilation.ts';

/** Every entry of `organizationalUnits` that a policy or an exception selects by, as it is written. */
export function namedUnits({ policies, exceptions }: Pick<PolicySet, 'policies' | 'exceptions'>): readonly string[] {
  const keys = [...policies, ...exceptions].flatMap(({ match }) => [...allKeys(match)]);
  return keys.flatMap(({ key, test }) =>
    key === 'organizationalUnits' && test.kind === 'entries' ? test.entries.map(({ text }) => text) : [],
  );
}
