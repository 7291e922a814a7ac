/**
 * Reads of a pool that the sandbox has no rules for: a pool answers what its fleet says (`answers`), and to one whose
 * fleet says nothing the operation is unknown, as every other that the sandbox does not have. Their quota: AWS developer
 * guide, Quotas in Amazon Cognito (`UserPoolResourceRead`).
 */
export const statedAnswers = {
  DescribeRiskConfiguration: { type: 'object' },
  GetUICustomization: { type: 'object' },
} as const;

export const statedReads: readonly string[] = Object.keys(statedAnswers);
