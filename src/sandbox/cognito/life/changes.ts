/** What CreateUserPool, UpdateUserPool and DeleteUserPool make of a pool: pure functions over stored pools. */
import type { JsonObject } from '../../../domain/model/json.ts';
import type { ServiceError, StoredPool } from '../../world/stored-pool.ts';
import { madePool } from './made-pool.ts';
import { refusalOf } from './refusals.ts';
import { lifeTable, type LifeTable } from './rules.ts';
import { updatedPool } from './updated-pool.ts';

export type LifeOutcome =
  { readonly ok: true; readonly pool: StoredPool } | { readonly ok: false; readonly error: ServiceError };

type Place = Parameters<typeof madePool>[0];

export function createUserPool(place: Place, request: JsonObject, nowMs: number, table = lifeTable): LifeOutcome {
  const after = madePool(place, request, nowMs);
  return outcome(after, refusalOf({ request, before: null, after }, table.create));
}

export function updateUserPool(before: StoredPool, request: JsonObject, nowMs: number, table = lifeTable): LifeOutcome {
  const after = updatedPool(before, request, nowMs, table.effects);
  return outcome(after, refusalOf({ request, before, after }, table.update));
}

/** Answers with the pool that is to go. */
export function deleteUserPool(pool: StoredPool, request: JsonObject, table: LifeTable = lifeTable): LifeOutcome {
  return outcome(pool, refusalOf({ request, before: pool, after: pool }, table.delete));
}

function outcome(pool: StoredPool, error: ServiceError | null): LifeOutcome {
  return error === null ? { ok: true, pool } : { ok: false, error };
}
