/**
 * The policy that AssumeRole narrows a session with: what it denies is denied, and what it does not allow is not allowed,
 * whatever the role may (IAM user guide, "Session policies").
 */
import { ServiceFailure } from '../service-failure.ts';
import { decide, parsePolicy, PolicyError, type AskedAction, type Statement } from './policy.ts';

export type SessionPolicy = readonly Statement[];

/** Throws a `ServiceFailure` where the text is no such policy. */
export function parseSessionPolicy(text: string): SessionPolicy {
  try {
    return parsePolicy(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed('This policy contains invalid Json');
    if (error instanceof PolicyError) throw malformed(error.message);
    throw error;
  }
}

/** How a session policy speaks against an action; `null`: it does not. */
export function narrowedBy(policy: SessionPolicy | null, asked: AskedAction): 'denied' | 'not-allowed' | null {
  if (policy === null) return null;
  const decision = decide(policy, asked);
  return decision === 'allowed' ? null : decision;
}

function malformed(message: string): ServiceFailure {
  return new ServiceFailure('MalformedPolicyDocument', message);
}
