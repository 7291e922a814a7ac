import type { Explanation } from '../../domain/verdict/explanation.ts';
import { maskFinding, maskGap, maskPool, type Masking } from '../../result/redact.ts';

/** The same without what is not to be shown. */
export function maskedExplanation(explanation: Explanation, masking: Masking): Explanation {
  if (masking === 'nothing') return explanation;
  const { verdict, policies } = explanation;
  const { record, gaps } = verdict;
  return {
    ...explanation,
    verdict: { ...verdict, record: maskPool(record), gaps: masking === 'shared' ? gaps.map(maskGap) : gaps },
    policies: policies.map((policy) => ({ ...policy, checks: policy.checks.map(maskFinding) })),
  };
}
