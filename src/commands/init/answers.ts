/** What `init` needs to know: from flags, else from whoever sits at the terminal, else what AWS showed. */
import { roleName } from '../../config/schemas/setting-schemas.ts';
import type { SkeletonMfa } from '../../config/policies/policy-text.ts';
import { UserError } from '../../errors.ts';
import type { Shell } from '../output/shell.ts';
import { runnerNames, runners, type RunnerName } from './runners.ts';

export const scopes = ['organization', 'caller'] as const;
export const floors = ['offered', 'required'] as const satisfies readonly SkeletonMfa[];

export interface InitAnswers {
  /** The whole organization, or the caller's own account. */
  readonly scope: (typeof scopes)[number];
  /** The role to assume in each account. */
  readonly role: string;
  /** Whether pools with users must offer a second factor, or require one. */
  readonly mfa: (typeof floors)[number];
  readonly runner: RunnerName;
}

const whats = {
  scope: { organization: 'every account of the organization', caller: "the caller's own account alone" },
  mfa: { offered: 'every pool with users offers a second factor', required: 'every one requires it' },
  runner: Object.fromEntries(runnerNames.map((name) => [name, runners[name].what])),
};

/**
 * @param given by flags
 * @param seen the scope that AWS's answers suggest
 * @throws UserError where nobody can be asked and there is no sensible default, or an answer is none
 */
export async function answersFrom(
  given: Partial<InitAnswers>,
  seen: InitAnswers['scope'],
  shell: Shell,
): Promise<InitAnswers> {
  const { line = null } = shell;
  const ask = (question: string, preset: string): Promise<string> =>
    line === null ? Promise.resolve(preset) : answered(line, question, preset);
  const scope = given.scope ?? oneOf(scopes, await ask(listed('Which accounts', whats.scope), seen));
  const needsRole = scope === 'organization' && given.role === undefined;
  const role = roleNamed(
    needsRole ? await ask('Role to assume in each account', defaultRole) : (given.role ?? defaultRole),
  );
  const mfa = given.mfa ?? oneOf(floors, await ask(listed('What to ask of them', whats.mfa), 'offered'));
  if (given.runner === undefined && line === null)
    throw new UserError(
      `--runner is missing, and there is no terminal to ask at: where it will run, one of ${runnerNames.join(', ')}.`,
    );
  const runner = given.runner ?? oneOf(runnerNames, await ask(listed('Where will it run', whats.runner), 'none'));
  return { scope, role, mfa, runner };
}

const defaultRole = 'MfaDriftAudit';

function roleNamed(name: string): string {
  if (new RegExp(roleName.pattern).test(name)) return name;
  throw new UserError(`"${name}" is no name of a role: it ${roleName.patternErrorMessage}. Nothing was written.`);
}

async function answered(line: NonNullable<Shell['line']>, question: string, preset: string): Promise<string> {
  const answer = await line(`${question} [${preset}] `);
  if (answer === null) throw new UserError('Nothing was answered, so nothing was written.');
  return answer === '' ? preset : answer;
}

function listed(question: string, words: Readonly<Record<string, string>>): string {
  const lines = Object.entries(words).map(([word, what]) => `  ${word}: ${what}\n`);
  return `${question}?\n${lines.join('')}`;
}

function oneOf<Word extends string>(words: readonly Word[], answer: string): Word {
  const word = words.find((one) => one === answer);
  if (word === undefined) throw new UserError(`"${answer}" is none of ${words.join(', ')}; nothing was written.`);
  return word;
}
