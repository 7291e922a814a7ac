/** Undoing a change: the nearest state to the one before that the service admits. */
import { rawMember } from '../../model/api/api-values.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { buildCall, withValues, type Call } from './call.ts';
import { factorBlocks, modeOf } from '../../model/mfa/mfa-state.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { settingsOf, type PoolSettings } from '../../model/mfa/pool-settings.ts';
import { unmetRequirements } from '../service-rules/requirements.ts';
import { stateDifferences, type Difference } from '../../model/mfa/config-diff.ts';

/** What is restored or left as a whole, the most important first. */
const parts = [
  'MfaConfiguration',
  ...factorBlocks,
  'WebAuthnConfiguration.RelyingPartyId',
  'WebAuthnConfiguration.UserVerification',
  'WebAuthnConfiguration.FactorConfiguration',
] as const;

export interface RestoreCall extends Call {
  /** Where the pool will differ from the state before, all the same; empty: it comes back. */
  readonly remaining: readonly Difference[];
}

/**
 * The call that brings a pool back to `before`, or as near as the service admits: the one after which the fewest members
 * differ, and of several such calls the one with the more important parts. `null`: nothing can be restored, or nothing has to be. Each part has its value from
 * before or its present one, so that a rollback brings nothing that was never there.
 */
export function restoreCall(before: JsonObject, now: PoolNow): RestoreCall | null {
  const settings = settingsOf(now.userPool, now.region);
  const present = stateDifferences(now.config, before, settings).length;
  if (present === 0) return null;
  const moved = partsOf(before).filter((part) => !isSamePart(part, before, now.config));
  const admitted = selections(moved).flatMap((restored) => restoring(restored, before, now, settings) ?? []);
  const [nearest] = admitted.sort((a, b) => a.remaining.length - b.remaining.length);
  return nearest !== undefined && nearest.remaining.length < present ? nearest : null;
}

/** Why the service would not bring the pool back to `before` as a whole, in sentences; empty where it would. */
export function obstacles(before: JsonObject, now: PoolNow): readonly string[] {
  const settings = settingsOf(now.userPool, now.region);
  const moved = partsOf(before).filter((part) => !isSamePart(part, before, now.config));
  const { input } = callBack(moved, before, now, settings);
  return unmetRequirements(now.config, input, settings).map(({ message }) => message);
}

/** `null`: the service would not admit it. */
function restoring(
  restored: readonly string[],
  before: JsonObject,
  now: PoolNow,
  settings: PoolSettings,
): RestoreCall | null {
  const call = callBack(restored, before, now, settings);
  if (unmetRequirements(now.config, call.input, settings).length > 0) return null;
  return { ...call, remaining: stateDifferences(call.after, before, settings) };
}

function callBack(restored: readonly string[], before: JsonObject, now: PoolNow, settings: PoolSettings): Call {
  const values = restored.map((part) => ({ path: part, to: partOf(before, part) }));
  return buildCall(now.poolId, now.config, withValues(now.config, values), settings);
}

/** Of a pool that was OFF no factor block can be restored, and none has to be. */
function partsOf(before: JsonObject): readonly string[] {
  const hidden: readonly string[] = modeOf(before) === 'OFF' ? factorBlocks : [];
  return parts.filter((part) => !hidden.includes(part));
}

function partOf(config: JsonObject, part: string): JsonValue {
  return rawMember(config, part.split('.')) ?? null;
}

function isSamePart(part: string, a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(partOf(a, part)) === JSON.stringify(partOf(b, part));
}

/** Every selection of the parts; those with the earlier parts come first. */
function selections(from: readonly string[]): (readonly string[])[] {
  const [first, ...rest] = from;
  if (first === undefined) return [[]];
  const others = selections(rest);
  return [...others.map((selection) => [first, ...selection]), ...others];
}
