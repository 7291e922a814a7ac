import { expect, test } from 'vitest';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { getUserPoolMfaConfig } from '../../../src/sandbox/cognito/user-pools.ts';
import { inEveryWorld } from './every-world.ts';
import { everyTarget } from './every-target.ts';
import { play } from './playing.ts';
import { everyConfiguration, settingsFor, storedPool } from './pool-space.ts';
import { labelOf, planTargets, playOf, reading } from './transition.ts';

test('every transition is refused with a code, or executed, verified and undone as the plan says, in every world', () => {
  const counts = new Map<string, number>();
  const faults = new Map<string, number>();
  let transitions = 0,
    played = 0,
    worlds = 0;
  const t = performance.now();
  for (const { config, userPool } of everyConfiguration) {
    for (const [name, targets] of Object.entries(everyTarget)) {
      for (const settings of settingsFor(playOf(config, userPool, targets))) {
        const pool = storedPool(config, { ...settings.userPool, ...userPool });
        const described = describeUserPool(pool);
        const hides = config['MfaConfiguration'] === 'OFF' && 'SmsMfaConfiguration' in config;
        for (const shown of hides ? ['yes', 'no'] : ['yes']) {
          const plan = planTargets(
            reading(getUserPoolMfaConfig(pool, { 'sms-block-shown-while-off': shown }), described),
            targets,
          );
          const label = labelOf(plan);
          counts.set(label, (counts.get(label) ?? 0) + settings.standsFor);
          transitions += settings.standsFor;
          played++;
          if (plan.kind !== 'change') continue;
          worlds += inEveryWorld(
            (switches) => {
              for (const fault of play(pool, plan.change, switches)) {
                const key = `${name}: ${fault}`;
                if (!faults.has(key))
                  console.log(
                    key,
                    JSON.stringify(config),
                    JSON.stringify(pool.userPool),
                    JSON.stringify(plan.change.call),
                    { ...switches },
                    shown,
                  );
                faults.set(key, (faults.get(key) ?? 0) + 1);
              }
            },
            hides ? { 'sms-block-shown-while-off': shown } : {},
          );
        }
      }
    }
  }
  console.log({ transitions, played, worlds, ms: performance.now() - t }, counts, faults);
  expect([...faults]).toEqual([]);
}, 1_200_000);
