/** Policies from a text, without files: what a test of policies begins with. */
import { compileSet, type PolicyRules } from '../src/config/policies/load-policy-set.ts';
import { documentsIn } from '../src/config/policies/documents.ts';
import { defaultSettings } from './default-settings.ts';
import type { PolicySet } from '../src/domain/policy/policy.ts';
import { ComplaintsError } from '../src/errors.ts';
import { renderComplaints } from '../src/yaml/complaints.ts';

export const today = new Date('2026-11-22T12:00:00Z');

/** Every document gets the head that it lacks; the file is `policies/p.yaml`. */
export function policySet(text: string, rules: Partial<PolicyRules> = {}, now = today): PolicySet {
  const reading = documentsIn(new Map([['policies/p.yaml', text]]));
  return compileSet(reading, [], ['policies'], { ...defaultSettings, ...rules }, now);
}

/** One policy that matches every pool, expecting the YAML given. */
export function expecting(fields: string, more = ''): PolicySet {
  return policySet(`${policy('p')}${more}\nexpect: ${fields}\n`);
}

export function policy(name: string): string {
  return `apiVersion: mfa-drift/v1\nkind: Policy\nname: ${name}\n`;
}

/** What a person sees of the complaints about a text. */
export function complaintsAbout(text: string, rules: Partial<PolicyRules> = {}): string {
  try {
    policySet(text, rules);
  } catch (error) {
    if (error instanceof ComplaintsError) return renderComplaints(error);
    throw error;
  }
  return '';
}
