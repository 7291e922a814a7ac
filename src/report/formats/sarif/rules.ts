import type { Finding, ResultHead, PolicyRecord } from '../../../domain/result/result.ts';
import { visible } from '../../../escape/visible.ts';
import { wayOut } from '../../text/finding-words.ts';
import { policiesOf } from '../../views/policies.ts';
import { sentence } from '../../text/sentence.ts';
import { messageText } from './message.ts';
import type { Severity } from '../../../domain/model/severity.ts';

export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub names over 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.5',
};

/** GitHub takes at most 20 tags a rule. */
const maxTags = 20;

export interface Rules {
  /** The place of the finding's policy among the rules; a policy becomes a rule when its first finding comes. */
  indexOf(finding: Finding): number;
  all(): readonly object[];
}

export function newRules(head: ResultHead): Rules {
  const policies = policiesOf(head);
  const indexes = new Map<string, number>();
  const rules: object[] = [];
  return {
    indexOf(finding) {
      const id = ruleId(finding);
      const known = indexes.get(id);
      if (known !== undefined) return known;
      indexes.set(id, rules.length);
      rules.push(rule(id, finding, policies.get(finding.policy ?? '')));
      return rules.length - 1;
    },
    all: () => rules,
  };
}

/** A policy's name; policy names can't hold a slash, so the rule of pools without a policy is told apart. */
export function ruleId({ policy }: Finding): string {
  return policy === null ? 'mfa-drift/uncovered' : visible(policy);
}

function rule(id: string, finding: Finding, facts: PolicyRecord | undefined): object {
  const { policy, severity } = finding;
  const short =
    policy === null
      ? 'A user pool that no policy matches'
      : `A user pool's MFA configuration drifts from policy ${policy}`;
  const controls = facts?.controls ?? [];
  return {
    id,
    shortDescription: messageText(sentence(short)),
    fullDescription: messageText(sentence(facts?.description ?? short)),
    help: messageText(wayOut({ ...finding, file: facts?.file ?? null, line: null })),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'mfa', ...controls.map(visible)].slice(0, maxTags),
      precision: 'very-high',
      'security-severity': securitySeverities[severity],
    },
  };
}
