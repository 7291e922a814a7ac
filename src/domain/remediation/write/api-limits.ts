/** What a policy may ask for and the API can't give, whatever the pool's settings: said, not tried. */
import type { JsonObject } from '../../model/json.ts';
import type { DesiredValue } from './call.ts';
import { factorBlocks, modeOf } from '../../model/mfa/mfa-state.ts';
import { defaultAt, objectAt } from '../../model/api/api-values.ts';
import { isEmailAutomatic } from '../../model/mfa/factors.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';
import type { Objection } from '../model/refusals.ts';

/** `before` is the starting point of the call; `wanted` has every target written into it. */
export function impossibleValues(
  targets: readonly DesiredValue[],
  before: JsonObject,
  wanted: JsonObject,
  settings: PoolSettings,
): readonly Objection[] {
  return targets.flatMap((target) => {
    const message = impossible(target, before, wanted, settings);
    return message === null ? [] : [{ code: 'not-possible' as const, message }];
  });
}

function impossible(
  target: DesiredValue,
  before: JsonObject,
  wanted: JsonObject,
  settings: PoolSettings,
): string | null {
  const block = factorBlocks.find((name) => target.path === name || target.path.startsWith(`${name}.`));
  if (block === undefined) return null;
  const isRemoval = removes(target);
  if (modeOf(wanted) === 'OFF' && (modeOf(before) === 'OFF' || !isRemoval)) {
    return `${target.path} cannot be changed while MfaConfiguration is OFF, where Cognito keeps no factor: a policy must ask for OPTIONAL or ON too.`;
  }
  if (!isRemoval || objectAt(wanted, block) !== null) return null;
  if (block === 'SmsMfaConfiguration' && modeOf(wanted) === 'OFF') {
    return "The pool's SMS configuration outlives OFF: remove SmsConfiguration from the pool's settings (UpdateUserPool).";
  }
  return block === 'EmailMfaConfiguration' && isEmailAutomatic(settings)
    ? 'SetUserPoolMfaConfig cannot take e-mail away from a pool with an own SES sender on Essentials or Plus, where it is a factor by itself: change EmailConfiguration or UserPoolTier.'
    : null;
}

/** TOTP that is not enabled is as good as no block. */
function removes({ path, to }: DesiredValue): boolean {
  return to === null || to === defaultAt(path);
}
