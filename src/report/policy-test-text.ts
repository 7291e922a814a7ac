/** The outcome of policy tests for a person: each failure with what was wanted, what came, and the line of the policy. */
import type { TestMismatch, TestOutcome } from '../domain/policy/tests/policy-tests.ts';
import { visible } from '../escape/visible.ts';

/** Ends in one newline. */
export function policyTestText(outcomes: readonly TestOutcome[]): string {
  const failed = outcomes.filter(({ passed }) => !passed);
  const cases = outcomes.length === 1 ? '1 case' : `${outcomes.length} cases`;
  const closing =
    failed.length === 0
      ? `OK  ${cases} ${outcomes.length === 1 ? 'holds' : 'hold'}`
      : `FAILED  ${failed.length} of ${cases}`;
  return `${[...failed.map(failureText), closing].join('\n')}\n`;
}

function failureText({ name, location, wanted, got, flaws, policies, mismatches }: TestOutcome): string {
  const lines = [
    `${location.file}:${location.line}:${location.column}  ${name}`,
    `    wanted    ${verdictText(wanted)}`,
    `    got       ${verdictText(got)}`,
    `    policies  ${policies.length === 0 ? 'none matches this pool' : policies.join(', ')}`,
    ...flaws.map((flaw) => `    ${flaw}`),
    ...mismatches.map((mismatch) => `    ${mismatchText(mismatch)}`),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

function verdictText(verdict: TestOutcome['got']): string {
  if (typeof verdict === 'string') return verdict;
  return verdict.map(({ policy, path }) => `${policy} ${path}`).join(', ');
}

function mismatchText({ kind, policy, path, finding, location }: TestMismatch): string {
  const where = location === null ? '' : `  ${location.file}:${location.line}`;
  if (kind === 'missing') return `${policy} has no finding at ${path}${where}`;
  const wants = JSON.stringify(finding?.expected ?? null);
  const found = JSON.stringify(finding?.actual ?? null);
  return `${policy} ${path}  wants ${wants}, and the case has ${found}${where}`;
}
