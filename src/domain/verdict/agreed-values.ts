/** Several policies on one pool: the value for each field that satisfies all of them, or the conflict between them. */
import { configMember } from '../model/api/api-values.ts';
import type { Check, PoolInput } from '../policy/expect/checks.ts';
import type { Expectation, ValueExpectation } from '../policy/expect/expectations.ts';
import { isWithin } from '../policy/exceptions.ts';
import { fillValue } from '../policy/expect/filled-values.ts';
import type { JsonValue } from '../model/json.ts';
import { asksForPresence, holds, type Condition } from '../policy/expect/operators.ts';
import type { Policy } from '../policy/policy.ts';
import type { SourceLocation } from '../model/source-files.ts';
import { severities } from '../model/severity.ts';

/** A policy that surely matches, with what it found. */
export interface PolicyVerdict {
  readonly policy: Policy;
  readonly checks: readonly Check[];
}

/** A line that speaks of a field. */
export interface Demand {
  readonly policy: string;
  readonly location: SourceLocation;
}

/** No candidate of any matching policy satisfies every matching policy: never fixed. */
export interface Conflict {
  readonly path: string;
  readonly demands: readonly Demand[];
}

export interface AgreedValue {
  readonly path: string;
  readonly value: JsonValue;
  /** The lines that ask for a change: those whose check misses. */
  readonly because: readonly Demand[];
}

interface Claim extends Demand {
  readonly rank: number;
  readonly expectation: ValueExpectation;
  readonly wanted: Condition;
  /** What a fix by this policy alone would write. */
  readonly stated: readonly JsonValue[];
  /** Every value that the policy names for the field. */
  readonly candidates: readonly JsonValue[];
  readonly misses: boolean;
}

export interface Merged {
  readonly agreed: readonly AgreedValue[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Fields in the order of their paths. Of several values that satisfy all, one that a policy would write by itself is
 * taken before one that it merely admits, and the most severe policy's before others.
 */
export function agreedValues(verdicts: readonly PolicyVerdict[], input: PoolInput): Merged {
  const claims = verdicts.flatMap((verdict) => claimsOf(verdict, input)).sort((a, b) => a.rank - b.rank);
  const paths = [...new Set(claims.map(({ expectation }) => expectation.path))].sort();
  const agreed: AgreedValue[] = [];
  const conflicts: Conflict[] = [];
  for (const path of paths) {
    const own = claims.filter((claim) => claim.expectation.path === path);
    const above = claims.filter((claim) => claim.expectation.path !== path && isWithin(path, claim.expectation.path));
    const chosen = chooseValue(own, above);
    if (chosen === 'conflict') conflicts.push({ path, demands: [...own, ...above].map(demandOf) });
    else if (chosen !== null) agreed.push({ path, ...chosen });
  }
  return { agreed, conflicts };
}

/** `null`: nothing to write. */
function chooseValue(own: readonly Claim[], above: readonly Claim[]): Omit<AgreedValue, 'path'> | 'conflict' | null {
  const candidates = [...own.flatMap(({ stated }) => stated), ...own.flatMap((claim) => claim.candidates)];
  const fitting = candidates.filter((value) => own.every((claim) => fits(claim, value)) && above.every(admitsBlock));
  const first = fitting[0];
  const isShared = new Set([...own, ...above].map(({ policy }) => policy)).size > 1;
  if (first === undefined) return candidates.length > 0 && isShared ? 'conflict' : null;
  const missing = own.filter(({ misses }) => misses);
  return missing.length === 0 ? null : { value: first, because: missing.map(demandOf) };
}

function fits({ wanted }: Claim, value: JsonValue): boolean {
  return holds(wanted, { value, present: true });
}

/** What stands above a field can only ask that the block be there, or not. */
function admitsBlock({ wanted }: Claim): boolean {
  return asksForPresence(wanted) !== false;
}

function demandOf({ policy, location }: Claim): Demand {
  return { policy, location };
}

/** What a policy asks of single fields; what can't be filled in asks nothing, nor does `ifPresent` of an absent block. */
function claimsOf({ policy, checks }: PolicyVerdict, input: PoolInput): readonly Claim[] {
  const rank = severities.indexOf(policy.severity);
  const missed = new Set<string>();
  for (const { verdict, path } of checks) if (verdict === 'misses') missed.add(path);
  const claims: Claim[] = [];
  for (const expectation of fieldsOf(policy.expectations, input)) {
    const filled = filledParts(expectation, input);
    if (filled === null) continue;
    const { path, location } = expectation;
    claims.push({ policy: policy.name, rank, location, expectation, misses: missed.has(path), ...filled });
  }
  return claims;
}

/** `null` where a variable of what is wanted can't be filled in. */
function filledParts(
  { wanted, fixValue, hasVariables }: ValueExpectation,
  input: PoolInput,
): Pick<Claim, 'wanted' | 'stated' | 'candidates'> | null {
  const stated = fixValue.kind === 'set' ? [fixValue.value] : [];
  if (!hasVariables) return { wanted, stated, candidates: fixValue.candidates };
  const filled = fillValue(wanted, input.subject);
  if (filled.state !== 'filled') return null;
  return { wanted: filled.value, stated: filledAll(stated, input), candidates: filledAll(fixValue.candidates, input) };
}

function filledAll(values: readonly JsonValue[], { subject }: PoolInput): readonly JsonValue[] {
  return values.flatMap((value) => {
    const filled = fillValue(value, subject);
    return filled.state === 'filled' ? [filled.value] : [];
  });
}

/** `anyOf`, `factors` and `exact` are judged, never written; of `UserPool` no value is a candidate. */
function* fieldsOf(expectations: readonly Expectation[], input: PoolInput): Generator<ValueExpectation> {
  for (const expectation of expectations) {
    if (expectation.kind === 'value') yield expectation;
    if (expectation.kind === 'block') yield* fieldsOf(expectation.entries, input);
    if (expectation.kind === 'ifPresent' && configMember(input.config, expectation.members).present) {
      yield* fieldsOf(expectation.inner, input);
    }
  }
}
