/**
 * The whole state space of a pool's MFA, each state with every target: planned, carried out on the sandbox's rules,
 * verified and rolled back, in every world that the open questions about the service leave. `npm test` takes one in 47,
 * `npm run test:extended` all, and writes the page with `--update`.
 */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { DesiredValue } from '../../../src/domain/remediation/write/call.ts';
import type { PoolPlan } from '../../../src/domain/remediation/plan/draft-pool.ts';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { getUserPoolMfaConfig } from '../../../src/sandbox/cognito/user-pools.ts';
import { fraction } from '../../../src/sandbox/seeded.ts';
import type { StoredPool, Switches } from '../../../src/sandbox/world/stored-pool.ts';
import { isExtended, seed } from '../../strength.ts';
import { everyTarget } from './every-target.ts';
import { inEveryWorld } from './every-world.ts';
import { play } from './playing.ts';
import { configurationsFor, settingsFor, storedPool } from './pool-space.ts';
import { labelOf, planTargets, playOf, reading } from './transition.ts';
import { transitionsPage, type Enumeration } from './transitions-page.ts';

interface Played {
  readonly pool: StoredPool;
  readonly plan: PoolPlan;
  readonly standsFor: number;
  /** The switches that this very reading rests on. */
  readonly settled: Switches;
}

const page = 'docs/remediation-transitions.md';
/** Of so many transitions one is played; which, the seed says. */
const step = isExtended ? 1 : 47;

test('every transition is refused with a code, or done, verified and undone as planned, in every world', async () => {
  const counts = new Map<string, Map<string, number>>();
  const faults = new Map<string, string>();
  let worlds = 0;
  for (const [name, targets] of Object.entries(everyTarget)) {
    const labels = new Map<string, number>();
    counts.set(name, labels);
    for (const { pool, plan, standsFor, settled } of transitionsTo(targets)) {
      const label = labelOf(plan);
      labels.set(label, (labels.get(label) ?? 0) + standsFor);
      if (plan.kind !== 'change') continue;
      worlds += inEveryWorld((switches) => {
        for (const fault of play(pool, plan.change, switches)) {
          faults.set(`${name}: ${fault}`, JSON.stringify({ switches, pool, call: plan.change.call }));
        }
      }, settled);
    }
  }
  expect(Object.fromEntries(faults)).toEqual({});
  const total = [...counts.values()].flatMap((labels) => [...labels.values()]).reduce((sum, count) => sum + count, 0);
  console.log(`${total} transitions, carried out in ${worlds} worlds`);
  expect(worlds).toBeGreaterThan(isExtended ? 100_000 : 2_000);
  await checkPage({ counts, worlds });
}, 1_200_000);

/** A part says nothing of the counts. */
async function checkPage(counted: Enumeration): Promise<void> {
  if (!isExtended) return;
  await expect(transitionsPage(counted)).toMatchFileSnapshot(`../../../${page}`);
}

function* transitionsTo(targets: readonly DesiredValue[]): Generator<Played> {
  let at = Math.floor(fraction(seed, 'transitions') * step);
  for (const { config, userPool, standsFor } of configurationsFor(targets)) {
    for (const settings of settingsFor(playOf(config, userPool, targets))) {
      at += 1;
      if (at % step !== 0) continue;
      const pool = storedPool(config, { ...settings.userPool, ...userPool });
      for (const settled of readingsOf(config)) {
        const shown = getUserPoolMfaConfig(pool, settled);
        const plan = planTargets(reading(shown, describeUserPool(pool)), targets);
        yield { pool, plan, standsFor: standsFor * settings.standsFor, settled };
      }
    }
  }
}

/** Beside OFF the service may show an SMS block or not: two pools, as far as the plan can see. */
function readingsOf(config: JsonObject): readonly Switches[] {
  if (config['MfaConfiguration'] !== 'OFF' || !('SmsMfaConfiguration' in config)) return [{}];
  return [{ 'sms-block-shown-while-off': 'yes' }, { 'sms-block-shown-while-off': 'no' }];
}
