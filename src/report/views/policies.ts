import type { Finding, PolicyRecord, ResultHead } from '../../domain/result/result.ts';

/** What the policies say of themselves, by name: reports cite the policy, not only its verdicts. */
export function policiesOf({ run }: ResultHead): ReadonlyMap<string, PolicyRecord> {
  return new Map(run.policySet.map((policy) => [policy.name, policy]));
}

/** The controls that the finding's policy says it serves; none for a pool that no policy matches. */
export function controlsOf(
  policies: ReadonlyMap<string, PolicyRecord>,
  { policy }: Pick<Finding, 'policy'>,
): readonly string[] {
  return (policy === null ? undefined : policies.get(policy))?.controls ?? [];
}
