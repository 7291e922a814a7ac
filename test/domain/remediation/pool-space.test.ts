import { assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { DesiredValue } from '../../../src/domain/remediation/write/call.ts';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { tries } from '../../strength.ts';
import { everyTarget } from './every-target.ts';
import { inEveryWorld } from './every-world.ts';
import {
  everyConfiguration,
  everySettings,
  looksAtSender,
  representative,
  storedPool,
  throughSns,
  type Configured,
} from './pool-space.ts';
import { labelOf, planTargets, playOf, reading } from './transition.ts';

function label({ config, userPool }: Configured, settings: JsonObject, wanted: readonly DesiredValue[]): string {
  const pool = storedPool(config, { ...settings, ...userPool });
  return labelOf(planTargets(reading(config, describeUserPool(pool)), wanted));
}

test('what the enumeration leaves out as not mattering does not matter to the plan', () => {
  const configurations = constantFrom(...everyConfiguration);
  const settings = constantFrom(...everySettings);
  const targets = constantFrom(...Object.values(everyTarget));
  assert(
    property(configurations, settings, targets, (configured, full, wanted) => {
      const played = looksAtSender(wanted) ? configured : throughSns(configured);
      const settingsPlayed = representative(full, playOf(configured.config, configured.userPool, wanted));
      expect(label(configured, full, wanted)).toBe(label(played, settingsPlayed, wanted));
    }),
    { numRuns: tries({ usual: 1000, extended: 40_000 }) },
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
