/** The outcome of policy tests for a program; it is written too where the files are wrong. */
import type { JsonValue } from '../../domain/model/json.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import type { TestMismatch, TestOutcome, WantedFinding } from '../../domain/policy/tests/policy-tests.ts';
import type { UserError } from '../../errors.ts';
import {
  anyValue,
  choice,
  count,
  described,
  either,
  flag,
  list,
  nullable,
  record,
  text,
} from '../../result/saved/schema-pieces.ts';
import {
  documentErrors,
  documentSchema,
  errorsOf,
  headMembers,
  headOf,
  type DocumentError,
  type DocumentHead,
} from './document.ts';

/** `error`: why nothing was tested. */
export interface PolicyTestView {
  readonly outcomes: readonly TestOutcome[];
  readonly error: UserError | null;
}

interface Mismatch extends WantedFinding {
  readonly kind: TestMismatch['kind'];
  readonly expected: JsonValue;
  readonly actual: JsonValue;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

interface TestedCase
  extends SourceLocation, Pick<TestOutcome, 'name' | 'passed' | 'wanted' | 'got' | 'flaws' | 'policies'> {
  readonly mismatches: readonly Mismatch[];
}

interface PolicyTestDocument extends DocumentHead<'PolicyTestReport'> {
  readonly passed: boolean;
  readonly summary: { readonly cases: number; readonly failed: number };
  readonly cases: readonly TestedCase[];
  readonly errors: readonly DocumentError[];
}

export function policyTestDocument({ outcomes, error }: PolicyTestView): PolicyTestDocument {
  const failed = outcomes.filter(({ passed }) => !passed).length;
  return {
    ...headOf('PolicyTestReport'),
    passed: error === null && failed === 0,
    summary: { cases: outcomes.length, failed },
    cases: outcomes.map(testedCase),
    errors: error === null ? [] : errorsOf(error),
  };
}

function testedCase({ name, location, passed, wanted, got, flaws, policies, mismatches }: TestOutcome): TestedCase {
  return { name, ...location, passed, wanted, got, flaws, policies, mismatches: mismatches.map(mismatchOf) };
}

function mismatchOf({ kind, policy, path, finding, location }: TestMismatch): Mismatch {
  const { file = null, line = null, column = null } = location ?? {};
  return {
    kind,
    policy,
    path,
    expected: finding?.expected ?? null,
    actual: finding?.actual ?? null,
    file,
    line,
    column,
  };
}

const findings = list(record<WantedFinding>({ policy: text, path: text }));

const mismatch = record<Mismatch>({
  kind: described(
    'missing: wanted and not found; unexpected: found and not wanted.',
    choice(['missing', 'unexpected']),
  ),
  policy: text,
  path: text,
  expected: described('What the policy wants; null for one that is missing.', anyValue),
  actual: described('What the case has; null for one that is missing.', anyValue),
  file: described('Of the policy.', nullable(text)),
  line: nullable(count),
  column: nullable(count),
});

const testedCaseSchema = record<TestedCase>({
  name: text,
  file: text,
  line: count,
  column: count,
  passed: flag,
  wanted: either(choice(['compliant', 'uncovered']), findings),
  got: described(
    'unreadable: the case says what no answer of AWS says.',
    either(choice(['compliant', 'uncovered', 'unreadable']), findings),
  ),
  flaws: described('Why it is unreadable.', list(text)),
  policies: described('Names of those that match the pool.', list(text)),
  mismatches: list(mismatch),
});

export const policyTestSchema = documentSchema(
  {
    name: 'policy-test-report',
    title: 'mfa-drift policy test',
    description: 'What mfa-drift policy test writes with --report json, whether the files are valid or not.',
  },
  record<PolicyTestDocument>({
    ...headMembers('PolicyTestReport'),
    passed: described('Every case says what it should.', flag),
    summary: record<PolicyTestDocument['summary']>({ cases: count, failed: count }),
    cases: list(testedCaseSchema),
    errors: documentErrors,
  }),
  {},
);
