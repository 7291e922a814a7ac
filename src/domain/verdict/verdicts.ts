/** What the policies say of one pool. */
import type { Check, PoolInput } from '../policy/expect/checks.ts';
import { evaluate } from '../policy/expect/evaluation.ts';
import { applyExceptions } from './excused-findings.ts';
import { findingId } from './finding-id.ts';
import { acceptGap } from './gap-acceptance.ts';
import { configGap, doubtGap, doubtsOf, type Doubt, type PoolGap } from './pool-gaps.ts';
import { poolRecord } from './pool-record.ts';
import type { Policy, PolicySet } from '../policy/policy.ts';
import { type Finding, type Gap, type PoolRecord, type PoolStatus } from '../result/result.ts';
import { candidateOf, select } from '../policy/match/selection.ts';
import type { Candidate } from '../policy/match/selector-keys.ts';
import { compareTexts } from '../model/order.ts';
import { configOf, type Subject } from '../model/subject.ts';
import { agreedValues, type Conflict, type PolicyVerdict } from './agreed-values.ts';
import { severities } from '../model/severity.ts';

export interface JudgeSettings {
  readonly requireCoverage: boolean;
  readonly now: Date;
  /** Tags that tell that a pool is managed as code. */
  readonly managedTags: readonly string[];
}

export interface PoolVerdict {
  readonly record: PoolRecord;
  /** Of scope pool; those that an exception accepts say so. */
  readonly gaps: readonly Gap[];
  /** Policies that surely match, most severe first, then by name; without checks where the configuration is not known. */
  readonly matching: readonly PolicyVerdict[];
  /** Fields on which those policies can't agree. */
  readonly conflicts: readonly Conflict[];
}

export function judgePool(set: PolicySet, subject: Subject, settings: JudgeSettings): PoolVerdict {
  const candidate = candidateOf(subject);
  const { surely, doubts: selectorDoubts } = selectPolicies(set, candidate);
  const config = configOf(subject.pool);
  const input: PoolInput | null = config === null ? null : { subject, config };
  const matching = surely.map((policy) => ({
    policy,
    checks: input === null ? [] : evaluate(policy.expectations, input),
  }));
  const isUncovered = input !== null && surely.length === 0 && selectorDoubts.length === 0;
  const bare = isUncovered
    ? uncoveredFinding(subject, settings)
    : matching.flatMap((verdict) => missesOf(verdict, subject));
  const { findings, doubts: exceptionDoubts } = applyExceptions(set, bare, candidate, settings.now);
  const open = [
    ...(input === null ? [configGap(subject)] : []),
    ...gapOf('selector-unreadable', [...selectorDoubts, ...exceptionDoubts], subject),
    ...gapOf('expectation-unreadable', matching.flatMap(expectationDoubts), subject),
  ];
  return {
    record: poolRecord(subject, set.members, settings.managedTags, {
      config,
      status: statusOf(open.length > 0, isUncovered, findings),
      policies: surely.map(({ name }) => name).sort(),
      findings,
    }),
    gaps: open.map((gap) => acceptGap(set, gap, subject.account, settings.now, subject.pool)),
    matching,
    conflicts: input === null || matching.length < 2 ? [] : agreedValues(matching, input).conflicts,
  };
}

function selectPolicies(set: PolicySet, candidate: Candidate): { surely: readonly Policy[]; doubts: readonly Doubt[] } {
  const surely: Policy[] = [];
  const doubts: Doubt[] = [];
  for (const policy of set.policies) {
    const { answer, because } = select(policy.match, candidate);
    if (answer === 'yes') surely.push(policy);
    const missing = because.map((key) => key.missing);
    doubts.push(...doubtsOf(`policy ${policy.name}`, missing));
  }
  return { surely: surely.sort(bySeverity), doubts };
}

function bySeverity(a: Policy, b: Policy): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compareTexts(a.name, b.name);
}

function expectationDoubts({ policy, checks }: PolicyVerdict): readonly Doubt[] {
  return doubtsOf(
    `policy ${policy.name}`,
    checks.map(({ missing }) => missing),
  );
}

function gapOf(
  code: 'selector-unreadable' | 'expectation-unreadable',
  doubts: readonly Doubt[],
  subject: Subject,
): PoolGap[] {
  return doubts.length === 0 ? [] : [doubtGap(code, doubts, subject)];
}

function missesOf({ policy, checks }: PolicyVerdict, subject: Subject): readonly Finding[] {
  return checks
    .filter(({ verdict }) => verdict === 'misses')
    .map((check) => ({ ...blankFinding(subject, policy.name, check.path), ...seenBy(policy, check) }));
}

function seenBy(policy: Policy, { expected, actual, location }: Check): Partial<Finding> {
  return { severity: policy.severity, expected, actual, ...location };
}

function uncoveredFinding(subject: Subject, { requireCoverage }: JudgeSettings): readonly Finding[] {
  return requireCoverage ? [blankFinding(subject, null, '')] : [];
}

function blankFinding({ account, region, pool }: Subject, policy: string | null, path: string): Finding {
  return {
    id: findingId(account.id, region, pool.poolId, policy, path),
    policy,
    severity: 'medium',
    path,
    expected: null,
    actual: null,
    status: 'drift',
    file: null,
    line: null,
    column: null,
    exception: null,
    fix: null,
    change: null,
    since: null,
  };
}

function statusOf(hasGap: boolean, isUncovered: boolean, findings: readonly Finding[]): PoolStatus {
  if (hasGap) return 'unreadable';
  const isDrift = findings.some(({ status }) => status === 'drift');
  if (isUncovered) return findings.length === 0 || isDrift ? 'uncovered' : 'excepted';
  if (isDrift) return 'drifted';
  return findings.length > 0 ? 'excepted' : 'compliant';
}
