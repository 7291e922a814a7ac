/** One line of a policy held against a pool, for a program. */
import type { JsonValue } from '../../domain/model/json.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import type { Check } from '../../domain/policy/expect/checks.ts';
import { anyValue, choice, count, described, nullable, record, text } from '../../result/saved/schema-pieces.ts';

export interface ShownCheck extends SourceLocation {
  readonly path: string;
  readonly verdict: Check['verdict'];
  readonly expected: JsonValue;
  readonly actual: JsonValue;
  readonly missing: string | null;
}

export function shownCheck({ path, verdict, expected, actual, missing, location }: Check): ShownCheck {
  return { path, verdict, expected, actual, missing: missing?.what ?? null, ...location };
}

export const checkSchema = record<ShownCheck>({
  path: text,
  verdict: choice(['holds', 'misses', 'unknown']),
  expected: anyValue,
  actual: anyValue,
  missing: described('Of an unknown one: what could not be read.', nullable(text)),
  file: text,
  line: count,
  column: count,
});
