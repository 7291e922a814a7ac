/** What a policy expects, compiled: a list of expectations that must all hold. */
import type { PoolRead } from '../../model/api/reads.ts';
import type { Factor } from '../../model/mfa/factors.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Condition } from './operators.ts';
import type { SourceLocation } from '../../model/source-files.ts';

export type Expectation =
  ValueExpectation | BlockExpectation | IfPresentExpectation | AnyOfExpectation | FactorsExpectation | ExactExpectation;

interface Named {
  /** As findings show it: names joined with dots, `UserPool` in front where that is the source. */
  readonly path: string;
  /** Of the field in `expect`. */
  readonly location: SourceLocation;
}

export interface Field extends Named {
  /** Whose answer the member is read from. */
  readonly source: PoolRead;
  /** Member names from the root of the answer. */
  readonly members: readonly string[];
}

export interface ValueExpectation extends Field {
  readonly kind: 'value';
  /** Variables not filled in. */
  readonly wanted: Condition;
  /** What a fix writes. */
  readonly fixValue: FixValue;
  /** Whether `wanted` or the target hold variables. */
  readonly hasVariables: boolean;
}

/** `candidates`: every value that a policy names for the field, for merging policies; empty for read-only ones. */
export type FixValue =
  | { readonly kind: 'set'; readonly value: JsonValue; readonly candidates: readonly JsonValue[] }
  | { readonly kind: 'none'; readonly reason: 'read-only' | 'no-target'; readonly candidates: readonly JsonValue[] };

/** A map of API fields: each entry holds, and the block is there. */
export interface BlockExpectation extends Field {
  readonly kind: 'block';
  readonly wanted: JsonValue;
  readonly entries: readonly Expectation[];
}

export interface IfPresentExpectation extends Field {
  readonly kind: 'ifPresent';
  readonly inner: readonly Expectation[];
}

export interface AnyOfExpectation extends Named {
  readonly kind: 'anyOf';
  readonly alternatives: readonly (readonly Expectation[])[];
  /** The alternatives as written, without `set`. */
  readonly wanted: readonly JsonValue[];
}

export interface FactorsExpectation extends Named {
  readonly kind: 'factors';
  readonly rule: 'allow' | 'atLeastOne';
  readonly factors: readonly Factor[];
}

/** No member beyond those that `expect` names. */
export interface ExactExpectation extends Named {
  readonly kind: 'exact';
  readonly mentioned: Mentioned;
}

/** `whole`: the member is judged as it is, whatever is inside. */
export type Mentioned = 'whole' | ReadonlyMap<string, Mentioned>;

/** The expectation and all that stand inside it. */
export function* withInner(expectations: readonly Expectation[]): Generator<Expectation> {
  for (const expectation of expectations) {
    yield expectation;
    if (expectation.kind === 'block') yield* withInner(expectation.entries);
    if (expectation.kind === 'ifPresent') yield* withInner(expectation.inner);
    if (expectation.kind === 'anyOf') for (const inner of expectation.alternatives) yield* withInner(inner);
  }
}
