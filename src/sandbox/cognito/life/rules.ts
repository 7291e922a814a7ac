import type { Rule } from '../rules/rule.ts';
import { createRefusals, deleteRefusals, updateRefusals, type LifeRule } from './refusals.ts';
import { updateEffects, type UpdateEffect } from './updated-pool.ts';

export interface LifeTable {
  readonly create: readonly LifeRule[];
  readonly update: readonly LifeRule[];
  readonly effects: readonly UpdateEffect[];
  readonly delete: readonly LifeRule[];
}

export const lifeTable: LifeTable = {
  create: createRefusals,
  update: updateRefusals,
  effects: updateEffects,
  delete: deleteRefusals,
};

/** Every rule about making, updating and deleting a pool, once, in the order in which it applies. */
export const lifeRules: readonly Rule[] = [...new Set<Rule>(Object.values(lifeTable).flat())];
