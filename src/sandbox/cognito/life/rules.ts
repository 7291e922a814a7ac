import type { Rule } from '../rules/rule.ts';
import { createRefusals, deleteRefusals, updateRefusals } from './refusals.ts';
import { updateEffects } from './updated-pool.ts';

/** Every rule about making, updating and deleting a pool, once, in the order in which it applies. */
export const lifeRules: readonly Rule[] = [
  ...new Set<Rule>([...createRefusals, ...updateRefusals, ...updateEffects, ...deleteRefusals]),
];
