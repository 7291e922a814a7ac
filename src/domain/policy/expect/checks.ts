/** What judging a pool by an expectation gives. */
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { SourceLocation } from '../../model/source-files.ts';
import type { Missing, Subject } from '../../model/subject.ts';

export interface Check {
  readonly path: string;
  readonly location: SourceLocation;
  /** `unknown`: the answer rests on something that could not be read. */
  readonly verdict: 'holds' | 'misses' | 'unknown';
  /** Variables filled in, without `set`. */
  readonly expected: JsonValue;
  readonly actual: JsonValue;
  /** What a fix would write; for a check that holds, what it would write if it did not. */
  readonly fix: Fix;
  /** For `unknown`: what could not be read. */
  readonly missing: Missing | null;
}

export type Fix =
  | { readonly kind: 'set'; readonly value: JsonValue }
  | { readonly kind: 'none'; readonly reason: 'read-only' | 'no-target' | 'unresolved' };

/** A pool whose configuration was read. */
export interface PoolInput {
  readonly subject: Subject;
  readonly config: JsonObject;
}

/** PoolInput, and never written. */
export const readOnly: Fix = { kind: 'none', reason: 'read-only' };
