/**
 * Every rule that the sandbox keeps about the MFA configuration of a user pool, in the order in which it applies. Each
 * has an id, a source, and at least one conformance case that fails without it.
 */
import { emailRefusals, tierRefusals } from './email-rules.ts';
import { firstFactorRefusals, modeRefusals } from './factor-rules.ts';
import { answerRules } from '../get-rules.ts';
import { effects } from '../effects.ts';
import { replicaEffects, replicaRefusals } from './replica-rules.ts';
import { constraintRules, typeRules } from './request-rules.ts';
import type { AnswerRule, ConstraintRule, Effect, RuleRefusal, Rule, TypeRule } from './rule.ts';
import { smsDeliveryRefusals, smsFormRefusals } from './sms-rules.ts';
import { verificationRefusals } from './verification-rules.ts';

export interface RuleTable {
  readonly types: readonly TypeRule[];
  readonly constraints: readonly ConstraintRule[];
  readonly refusals: readonly RuleRefusal[];
  readonly effects: readonly Effect[];
  readonly answers: readonly AnswerRule[];
}

/** Measured of the order: the exclusion of OFF comes before the check of the e-mail sender. The rest of it is ours. */
export const ruleTable: RuleTable = {
  types: typeRules,
  constraints: constraintRules,
  refusals: [
    ...modeRefusals,
    ...smsFormRefusals,
    ...firstFactorRefusals,
    ...tierRefusals,
    ...emailRefusals,
    ...replicaRefusals,
    ...smsDeliveryRefusals,
    ...verificationRefusals,
  ],
  effects: [...effects, ...replicaEffects],
  answers: answerRules,
};

export function allRules(table: RuleTable = ruleTable): readonly Rule[] {
  return [...table.types, ...table.constraints, ...table.refusals, ...table.effects, ...table.answers];
}
