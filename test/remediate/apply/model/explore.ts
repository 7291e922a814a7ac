/** Goes through every state that can be reached, each once, breadth first: the first way that breaks a property is a shortest one. */
import { hash } from 'node:crypto';
import { follows } from '../../../../src/remediate/journal/traces.ts';
import { planBack } from '../../../../src/remediate/plan/rollback-basis.ts';
import { transitions } from '../../../../src/remediate/apply/transitions.ts';
import { Broken, moves, requireSound, type Engine, type Move, type Rules } from './moves.ts';
import { beginning, type Beginning, type World } from './world.ts';

export const theEngine: Engine = { transitions, follows, planBack };

export interface Explored {
  readonly states: number;
  readonly moves: number;
  /** What went before, and the property; `null`: every one holds. */
  readonly broken: { readonly property: string; readonly way: readonly string[] } | null;
}

interface Met {
  readonly world: World;
  readonly what: string;
  readonly from: Met | null;
}

export function explore(from: Beginning, changed: Partial<Rules> = {}): Explored {
  const rules: Rules = { engine: theEngine, lateForEver: false, ...changed };
  const first: Met = { world: beginning(from), what: 'all begins', from: null };
  const known = new Set([keyOf(first.world)]);
  const open = [first];
  let made = 0;
  for (let met = open[0], at = 0; met !== undefined; at += 1, met = open[at]) {
    const after = movesFrom(met, rules);
    if ('property' in after) return { states: known.size, moves: made, broken: after };
    made += after.length;
    for (const { what, world } of after) {
      const key = keyOf(world);
      if (known.has(key)) continue;
      known.add(key);
      open.push({ world, what, from: met });
    }
  }
  return { states: known.size, moves: made, broken: null };
}

function keyOf(world: World): string {
  return hash('sha1', JSON.stringify(world), 'base64');
}

function movesFrom(met: Met, rules: Rules): readonly Move[] | NonNullable<Explored['broken']> {
  try {
    requireSound(met.world);
    return [...moves(met.world, rules)];
  } catch (error) {
    if (error instanceof Broken) return { property: error.message, way: wayTo(met) };
    throw error;
  }
}

function wayTo(met: Met): readonly string[] {
  return met.from === null ? [] : [...wayTo(met.from), met.what];
}
