/** Why a finding of the baseline is not found any more in a pool that was read. */
import { configMember, rawMember, type Actual } from '../model/api/api-values.ts';
import { settingsOfSubject, usableFactors } from '../model/mfa/factors.ts';
import { readOfBlock } from '../model/api/reads.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { mfaStateOf } from '../model/mfa/mfa-state.ts';
import { holds, isCondition } from '../policy/expect/operators.ts';
import type { EarlierFinding, PoolRecord, ResolvedReason, ResultHead } from '../result/result.ts';
import { savedObservation } from '../result/saved-pool.ts';

/** What is the same in the policies of two runs. */
export interface PolicyKinship {
  readonly isSameSet: boolean;
  /** Whether the policy's file says the same in both. */
  isSame(policy: string): boolean;
}

export function policyKinship(one: ResultHead, other: ResultHead): PolicyKinship {
  const [digests, others] = [digestsOf(one), digestsOf(other)];
  return {
    isSameSet: one.run.policySetSha256 === other.run.policySetSha256,
    isSame: (policy) => digests.has(policy) && digests.get(policy) === others.get(policy),
  };
}

function digestsOf({ run }: ResultHead): ReadonlyMap<string, string> {
  return new Map(run.policies.flatMap(({ names, sha256 }) => names.map((name) => [name, sha256])));
}

/**
 * `fixed` only where what was asked for then holds now. Where the policy speaks of the pool no more, nothing is claimed
 * of the pool: `policy-changed`, also where its tags or its account's unit moved it out of the policy's reach.
 */
export function reasonOf(
  earlier: EarlierFinding,
  before: PoolRecord | null,
  now: PoolRecord,
  kinship: PolicyKinship,
): Extract<ResolvedReason, 'fixed' | 'policy-changed'> {
  const { policy } = earlier;
  if (policy === null) return kinship.isSameSet && now.status !== 'uncovered' ? 'fixed' : 'policy-changed';
  if (!now.policies.includes(policy)) return 'policy-changed';
  return kinship.isSameSet || kinship.isSame(policy) || isPutRight(earlier, before, now) ? 'fixed' : 'policy-changed';
}

/** Whether the pool has now what was wanted then; where that can't be asked anew, whether its configuration moved. */
function isPutRight({ path, expected }: EarlierFinding, before: PoolRecord | null, now: PoolRecord): boolean {
  if (now.config === null) return false;
  if (path === 'factors.allow' || path === 'factors.atLeastOne') return areFactorsRight(path, expected, now);
  if (isCondition(expected)) {
    const value = valueAt(path, now.config, now);
    return value !== null && holds(expected, value);
  }
  const config = before?.config ?? null;
  return config !== null && JSON.stringify(config) !== JSON.stringify(now.config);
}

/** `null`: it was not read. */
function valueAt(path: string, config: JsonObject, record: PoolRecord): Actual | null {
  const [first = '', ...rest] = path.split('.');
  const read = readOfBlock(first);
  if (read === null) return configMember(config, path.split('.'));
  const saved = record[read];
  if (saved === null || !Object.hasOwn(saved, rest[0] ?? '')) return null;
  const value = rawMember(saved, rest);
  return { value, present: value !== undefined };
}

function areFactorsRight(rule: string, expected: JsonValue, now: PoolRecord): boolean {
  if (!Array.isArray(expected) || now.config === null) return false;
  const settings = settingsOfSubject({ pool: savedObservation(now, null), fromResult: true });
  const { usable, unknown } = usableFactors(mfaStateOf(now.config), settings);
  if (rule === 'factors.atLeastOne') return usable.some((factor) => expected.includes(factor));
  return unknown.size === 0 && usable.every((factor) => expected.includes(factor));
}
