/** Pools that verify phone numbers by themselves: each state with every target, in every world, as the enumeration does it. */
import { expect, test } from 'vitest';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { getUserPoolMfaConfig } from '../../../src/sandbox/cognito/user-pools.ts';
import { tries } from '../../strength.ts';
import { everyTarget } from './every-target.ts';
import { inEveryWorld } from './every-world.ts';
import { play } from './playing.ts';
import { everyConfiguration, storedPool, throughSns } from './pool-space.ts';
import { labelOf, planTargets, reading } from './transition.ts';

const settings = {
  AutoVerifiedAttributes: ['phone_number'],
  UserPoolTier: 'ESSENTIALS',
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
};

/** Of so many configurations one is played; shared with no part of the space, so that each value is met. */
const step = tries({ usual: 7, extended: 1 });

/** Cognito makes no such pool without an SMS configuration. */
const configurations = everyConfiguration.filter(
  (each) => 'SmsConfiguration' in each.userPool && throughSns(each) === each,
);

test('every change is done, verified and undone as planned, whatever Cognito makes of a call without an SMS block', () => {
  const faults = new Map<string, string>();
  const labels = new Map<string, number>();
  let refusals = 0;
  for (const [name, targets] of Object.entries(everyTarget)) {
    for (const [at, { config, userPool }] of configurations.entries()) {
      if (at % step !== 0) continue;
      const pool = storedPool(config, { ...settings, ...userPool });
      const shown = getUserPoolMfaConfig(pool, {});
      const plan = planTargets(reading(shown, describeUserPool(pool)), targets);
      labels.set(labelOf(plan), (labels.get(labelOf(plan)) ?? 0) + 1);
      if (plan.kind === 'refused' && JSON.stringify(plan).includes('AutoVerifiedAttributes')) refusals += 1;
      if (plan.kind !== 'change') continue;
      inEveryWorld((switches) => {
        for (const fault of play(pool, plan.change, switches)) faults.set(`${name}: ${fault}`, JSON.stringify(config));
      });
    }
  }
  expect(Object.fromEntries(faults)).toEqual({});
  expect(refusals).toBeGreaterThan(0);
  expect(labels.get('disruptive, reversible: no')).toBeGreaterThan(0);
});
