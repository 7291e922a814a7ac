import { assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { everyTarget } from './every-target.ts';
import { inEveryWorld } from './every-world.ts';
import { everyConfiguration, everySettings, representative, storedPool } from './pool-space.ts';
import { labelOf, planTargets, playOf, reading } from './transition.ts';

test('what the enumeration leaves out as not mattering does not matter to the plan', () => {
  const configurations = constantFrom(...everyConfiguration);
  const settings = constantFrom(...everySettings);
  const targets = constantFrom(...Object.values(everyTarget));
  assert(
    property(configurations, settings, targets, ({ config, userPool }, full, wanted) => {
      const labels = [full, representative(full, playOf(config, userPool, wanted))].map((each) => {
        const pool = storedPool(config, { ...each, ...userPool });
        return labelOf(planTargets(reading(config, describeUserPool(pool)), wanted));
      });
      expect(labels[0]).toBe(labels[1]);
    }),
    { numRuns: 5000 },
  );
});

test('every settings of the switches that are asked for is visited once', () => {
  const seen: string[] = [];
  const ways = inEveryWorld((switches) => {
    const first = switches['partial-webauthn-block'];
    seen.push(first === 'merges' ? `${first} ${switches['totp-only-with-sms-configuration']}` : String(first));
  });
  expect(seen.sort()).toEqual([
    'merges accepted-sms-hidden',
    'merges accepted-sms-stays',
    'merges rejected',
    'replaces',
  ]);
  expect(ways).toBe(4);
});
