/**
 * The policy that AssumeRole narrows a session with: what it denies is denied, and what it does not allow is not allowed,
 * whatever the role may (IAM user guide, "Session policies"). Actions alone are played; a resource must be `*`.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { ServiceFailure } from '../service-failure.ts';
import { matchesAction } from './matches-action.ts';

export interface SessionPolicy {
  readonly allows: readonly string[];
  readonly denies: readonly string[];
}

/** Throws a `ServiceFailure` where the text is no such policy. */
export function parseSessionPolicy(text: string): SessionPolicy {
  const document = parsed(text);
  const statements = isJsonObject(document) ? listOf(document['Statement']) : [];
  if (statements.length === 0) throw malformed();
  const actions = (effect: string): readonly string[] =>
    statements.flatMap((statement) => (statement['Effect'] === effect ? textsOf(statement['Action']) : []));
  return { allows: actions('Allow'), denies: actions('Deny') };
}

/** How a session policy speaks against an action; `null`: it does not. */
export function narrowedBy(policy: SessionPolicy | null, action: string): 'denied' | 'not-allowed' | null {
  if (policy === null) return null;
  if (policy.denies.some((pattern) => matchesAction(pattern, action))) return 'denied';
  return policy.allows.some((pattern) => matchesAction(pattern, action)) ? null : 'not-allowed';
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((statement) => {
    if (!isJsonObject(statement) || statement['Resource'] !== '*') throw malformed();
    return statement;
  });
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((action) => {
    if (typeof action !== 'string') throw malformed();
    return action;
  });
}

function malformed(): ServiceFailure {
  return new ServiceFailure('MalformedPolicyDocument', 'This policy contains invalid Json');
}
