import { loadPolicyTests } from '../../config/policies/load-policy-tests.ts';
import { loadSettings } from '../../config/settings/load-settings.ts';
import { runPolicyTests, type TestOutcome } from '../../domain/policy/tests/policy-tests.ts';
import { UserError } from '../../errors.ts';
import { jsonPage } from '../../escape/json.ts';
import { policyTestDocument, type PolicyTestView } from '../../report/documents/policy-test-document.ts';
import type { DocumentFormat } from '../../report/format.ts';
import { policyTestText } from '../../report/policy-test-text.ts';
import type { DeploymentFlags } from '../line/deployment-flags.ts';
import type { DocumentFlags, PolicyFlags } from '../line/flags.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat } from '../output/format-outputs.ts';
import { say, type Shell } from '../output/shell.ts';
import { usedFiles } from '../output/used-files.ts';

export type PolicyTestFlags = PolicyFlags & DocumentFlags & DeploymentFlags & { readonly template?: readonly string[] };

const formats = {
  table: ({ outcomes, error }) => (error === null ? [policyTestText(outcomes)] : []),
  json: (view) => [`${jsonPage(policyTestDocument(view))}\n`],
} satisfies Record<DocumentFormat, DrawFormat<PolicyTestView>>;

/** Runs the policies' own tests, or judges templates; exit 0 when every case says what it should, and every pool holds. */
export async function policyTest(flags: PolicyTestFlags, shell: Shell): Promise<0 | 1 | 2 | 3> {
  const { template } = flags;
  if (template === undefined) return runTests(flags, shell);
  const { policyTestTemplate } = await import('./policy-test-template.ts');
  return policyTestTemplate({ ...flags, template }, shell);
}

async function runTests(flags: PolicyTestFlags, shell: Shell): Promise<0 | 1> {
  refuseIdle(flags);
  const outputs = await documentOutputs(flags);
  const write = (view: PolicyTestView): Promise<void> =>
    writeFormatOutputs(view, formats, outputs, { color: 'auto', redact: true }, shell);
  const outcomes = await tested(flags, shell).catch(async (error: unknown) => {
    if (error instanceof UserError) await write({ outcomes: [], error });
    throw error;
  });
  await write({ outcomes, error: null });
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

async function tested(flags: PolicyFlags, shell: Shell): Promise<readonly TestOutcome[]> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  await say(shell, usedFiles(settings, null));
  const outcomes = runPolicyTests(loadPolicyTests(settings.policies, settings));
  if (outcomes.length > 0) return outcomes;
  throw new UserError(
    `No policy test in ${settings.policies.join(', ')}: tests are files named *.test.yaml, kind PolicyTest.`,
  );
}

/** Where nothing is deployed, such a flag would do nothing. */
function refuseIdle(flags: PolicyTestFlags): void {
  const own = ['config', 'settings', 'template', 'report'];
  const idle = Object.keys(flags).find((name) => !own.includes(name));
  if (idle === undefined) return;
  const flag = `--${idle.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UserError(`${flag} says where a template would be deployed: name it with --template FILE.`);
}
