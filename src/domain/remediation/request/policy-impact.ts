/** Whether the state after a change is what the policies want. */
import type { JsonObject } from '../../model/json.ts';
import type { RequestedChange } from './requested-changes.ts';
import type { Objection } from '../model/refusals.ts';

/** An expectation that does not hold, or of which that can't be said. */
export interface Miss {
  readonly policy: string;
  readonly path: string;
}

/** All that every matching policy misses in a state, exceptions left aside. */
export type ViolationsIn = (config: JsonObject, userPool: JsonObject) => readonly Miss[];

/** A change must clear every finding that asked for it, but for what it only comes nearer to, and break none that holds. */
export function judgementObjections(
  requested: readonly RequestedChange[],
  before: readonly Miss[],
  after: readonly Miss[],
): readonly Objection[] {
  const kept = requested.filter((request) => !request.isInterim && after.some((miss) => isSame(miss, request)));
  const broken = after.filter((miss) => !before.some((other) => isSame(other, miss)));
  return [
    ...kept.map(({ policy, path, file, line }) =>
      conflict(`Writing ${path} would not satisfy policy ${policy} (${file}:${line}).`),
    ),
    ...broken.map(({ policy, path }) =>
      conflict(`The change would break ${path} of policy ${policy}, which holds now.`),
    ),
  ];
}

function isSame(a: Miss, b: Miss): boolean {
  return a.policy === b.policy && a.path === b.path;
}

function conflict(message: string): Objection {
  return { code: 'conflict', message };
}
