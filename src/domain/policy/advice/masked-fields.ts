/** What copies for sharing do not show. */
import { withInner, type Expectation } from '../expect/expectations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { PolicySet } from '../policy.ts';
import { allKeys } from '../match/selector-compilation.ts';
import type { SourceLocation } from '../../model/source-files.ts';

export const mask = '(masked)';

/** Whether a path is, or lies below, the external id of a pool's SMS role. */
export function isMasked(path: string): boolean {
  return /(?:^|\.)ExternalId(?:\.|$)/.test(path);
}

/** The value without the external ids inside it. */
export function maskValue(value: JsonValue): JsonValue {
  if (isJsonObject(value)) return maskObject(value);
  return Array.isArray(value) ? value.map(maskValue) : value;
}

export function maskObject<T extends JsonObject | null>(object: T): JsonObject | T {
  if (object === null) return object;
  const members = Object.entries<JsonValue>(object).map(([name, value]): [string, JsonValue] => [
    name,
    name === 'ExternalId' ? mask : maskValue(value),
  ]);
  return Object.fromEntries(members);
}

/** The first line that asks for what a redacted copy does not show; `null`: nothing does. */
export function asksForMasked({
  policies,
  exceptions,
}: Pick<PolicySet, 'policies' | 'exceptions'>): SourceLocation | null {
  const selectors = [...policies, ...exceptions].flatMap(({ match }) => [...allKeys(match)]);
  const asked: readonly Expectation[] = [
    ...policies.flatMap(({ expectations }) => expectations),
    ...selectors.flatMap(({ test }) => (test.kind === 'expectations' ? test.expectations : [])),
  ];
  for (const { path, location } of withInner(asked)) if (isMasked(path)) return location;
  return null;
}
