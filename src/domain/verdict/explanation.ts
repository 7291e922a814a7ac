/** One pool under the light of every policy: which match and why, which do not and why not, and each expectation. */
import type { Check } from '../policy/expect/checks.ts';
import { evaluate } from '../policy/expect/evaluation.ts';
import { settingsOfSubject, usableFactors, type UsableFactors } from '../model/mfa/factors.ts';
import { mfaStateOf } from '../model/mfa/mfa-state.ts';
import type { Policy, PolicyException, PolicySet } from '../policy/policy.ts';
import { candidateOf, select, type MatchAnswer, type KeyAnswer } from '../policy/match/selection.ts';
import { keyEntry, type Candidate } from '../policy/match/selector-keys.ts';
import type { CompiledKey } from '../policy/match/selectors.ts';
import type { SourceLocation } from '../model/source-files.ts';
import { configOf, type Subject } from '../model/subject.ts';
import { judgePool, type JudgeSettings, type PoolVerdict } from './verdicts.ts';

export interface Explanation {
  readonly verdict: PoolVerdict;
  /** `null` where the configuration could not be read. */
  readonly factors: UsableFactors | null;
  /** Every policy: those that match, then those that may, then the others; by name. */
  readonly policies: readonly PolicyExplanation[];
  /** Exceptions whose selector does not rule the pool out. */
  readonly exceptions: readonly { readonly exception: PolicyException; readonly answer: MatchAnswer }[];
}

export interface PolicyExplanation {
  readonly policy: Policy;
  readonly answer: MatchAnswer;
  /** The keys that decided, in words, such as `pools customers-*` or `poolTags.audience is staff`. */
  readonly reasons: readonly string[];
  /** The exclude block that decided. */
  readonly excludedBy: SourceLocation | null;
  /** Of policies that match, also those that hold. */
  readonly checks: readonly Check[];
}

export function explainPool(set: PolicySet, subject: Subject, settings: JudgeSettings): Explanation {
  const candidate = candidateOf(subject);
  const config = configOf(subject.pool);
  const order: readonly MatchAnswer[] = ['yes', 'unknown', 'no'];
  const policies = set.policies
    .map((policy) => explainPolicy(policy, subject, candidate))
    .sort((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer));
  const exceptions = set.exceptions
    .map((exception) => ({ exception, answer: select(exception.match, candidate).answer }))
    .filter(({ answer }) => answer !== 'no');
  return {
    verdict: judgePool(set, subject, settings),
    factors: config === null ? null : usableFactors(mfaStateOf(config), settingsOfSubject(subject)),
    policies,
    exceptions,
  };
}

function explainPolicy(policy: Policy, subject: Subject, candidate: Candidate): PolicyExplanation {
  const { answer, because, excludedBy } = select(policy.match, candidate);
  const config = configOf(subject.pool);
  const reasons = because.map((one) => reasonText(one, candidate));
  return {
    policy,
    answer,
    reasons: policy.match.keys.length === 0 && answer === 'yes' ? ['every pool'] : reasons,
    excludedBy: excludedBy?.location ?? null,
    checks: answer !== 'yes' || config === null ? [] : evaluate(policy.expectations, { subject, config }),
  };
}

function reasonText({ key, answer, entry, missing }: KeyAnswer, candidate: Candidate): string {
  if (answer === 'unknown') return `${key.label}: ${missing?.what ?? 'something'} could not be read`;
  if (entry !== null) return `${key.label} ${entry.text}`;
  const actual = actualText(key, candidate);
  if (actual === null) return answer === 'yes' ? key.label : `${key.label} does not match`;
  return answer === 'yes' ? `${key.label} ${actual}` : `${key.label} is ${actual}`;
}

/** What the pool or its account has where the key looks. */
function actualText({ key, test }: CompiledKey, candidate: Candidate): string | null {
  const asked = keyEntry(key);
  if (asked.holds === 'entries') return asked.actual(candidate);
  if (asked.holds !== 'tags' || test.kind !== 'tag') return null;
  const tags = asked.tags(candidate, test.tag);
  if (!tags.known) return null;
  return Object.hasOwn(tags.value, test.tag) ? (tags.value[test.tag] ?? null) : 'not set';
}
