import { loadPolicyTests } from '../config/policies/load-policy-tests.ts';
import { loadSettings } from '../config/settings/load-settings.ts';
import { runPolicyTests } from '../domain/policy/tests/policy-tests.ts';
import { UserError } from '../errors.ts';
import { policyTestText } from '../report/policy-test-text.ts';
import type { PolicyFlags } from './line/flags.ts';
import { say, type Shell } from './output/shell.ts';
import { usedFiles } from './output/used-files.ts';

/** Runs the policies' own tests; exit 0 when every case says what it should. */
export async function policyTest(flags: PolicyFlags, shell: Shell): Promise<0 | 1> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  await say(shell, usedFiles(settings, null));
  const outcomes = runPolicyTests(loadPolicyTests(settings.policies, settings));
  if (outcomes.length === 0) {
    throw new UserError(
      `No policy test in ${settings.policies.join(', ')}: tests are files named *.test.yaml, kind PolicyTest.`,
    );
  }
  await shell.stdout.write(policyTestText(outcomes));
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}
