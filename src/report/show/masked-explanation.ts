import type { Explanation } from '../../domain/verdict/explanation.ts';
import type { PoolVerdict } from '../../domain/verdict/verdicts.ts';
import { maskFinding, maskGap, maskPool, maskSaid, type Masking } from '../../result/redact.ts';

/** The same without what is not to be shown. */
export function maskedExplanation(explanation: Explanation, masking: Masking): Explanation {
  if (masking === 'nothing') return explanation;
  const { verdict, policies } = explanation;
  return {
    ...explanation,
    verdict: { ...verdict, ...maskedVerdict(verdict, masking) },
    policies: policies.map((policy) => ({ ...policy, checks: policy.checks.map(maskFinding) })),
  };
}

function maskedVerdict({ record, gaps }: PoolVerdict, masking: Masking): Pick<PoolVerdict, 'record' | 'gaps'> {
  if (masking !== 'shared') return { record: maskPool(record), gaps };
  return { record: maskPool(maskSaid(record)), gaps: gaps.map(maskGap) };
}
