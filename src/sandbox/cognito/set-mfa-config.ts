/** `SetUserPoolMfaConfig` and `GetUserPoolMfaConfig` by a table of rules. */
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import type { ServiceError, SetOutcome, StoredPool, Switches } from '../world/stored-pool.ts';
import { stateAfter } from './effects.ts';
import { knownMembers, violations } from './rules/request-rules.ts';
import type { MfaMode, SetCall } from './rules/rule.ts';
import { ruleTable, type RuleTable } from './rules/rules.ts';

/** What makes the request malformed whatever the pool, or `null`; the service says so before it looks for the pool. */
export function malformedSetRequest(input: JsonObject, table: RuleTable = ruleTable): ServiceError | null {
  for (const rule of table.types) {
    const error = rule.refuse(input);
    if (error !== null) return error;
  }
  return violations(knownMembers(input), table.constraints);
}

/**
 * The pool after the request, and the service's answer; or the service's error, and nothing has changed. The pool
 * itself is left alone. `LastModifiedDate` is the caller's to move: this has no clock.
 */
export function setUserPoolMfaConfig(
  pool: StoredPool,
  input: JsonObject,
  switches: Switches,
  table: RuleTable = ruleTable,
): SetOutcome {
  const malformed = malformedSetRequest(input, table);
  if (malformed !== null) return { ok: false, error: malformed };
  const request = knownMembers(input);
  const call: SetCall = { pool, request, mode: modeOf(request['MfaConfiguration']), switches };
  for (const rule of table.refusals) {
    const error = rule.refuse(call);
    if (error !== null) return { ok: false, error };
  }
  const { config, userPool } = stateAfter(call, table.effects);
  const after: StoredPool = { ...pool, mfaConfig: config, userPool };
  return { ok: true, pool: after, answer: getUserPoolMfaConfig(after, switches, table) };
}

/** The five members of the answer, as far as they are set. */
export function getUserPoolMfaConfig(pool: StoredPool, switches: Switches, table: RuleTable = ruleTable): JsonObject {
  const start: JsonObject = {};
  return table.answers.reduce((answer, rule) => rule.answer(answer, pool, switches), start);
}

function modeOf(value: JsonValue | undefined): MfaMode {
  return value === 'ON' || value === 'OPTIONAL' ? value : 'OFF';
}
