/** What `init` needs to know: from flags, else from whoever sits at the terminal, else what AWS showed. */
import { externalId as externalIdRule, roleName } from '../../config/schemas/setting-schemas.ts';
import type { SkeletonMfa } from '../../config/policies/policy-text.ts';
import { UserError } from '../../errors.ts';
import { say, type Shell } from '../output/shell.ts';
import { runnerNames, runners, type RunnerName } from './runners.ts';

export const scopes = ['organization', 'caller'] as const;
export const floors = ['offered', 'required'] as const satisfies readonly SkeletonMfa[];

export interface InitAnswers {
  /** The whole organization, or the caller's own account. */
  readonly scope: (typeof scopes)[number];
  /** The role to assume in each account. */
  readonly role: string;
  /** The external id that the role wants; empty: it wants none. */
  readonly externalId: string;
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
 * @throws UserError where a flag says what can't be, nobody can be asked and there is no sensible default, or whoever was
 *   asked went away
 */
export async function answersFrom(
  given: Partial<InitAnswers>,
  seen: InitAnswers['scope'],
  shell: Shell,
): Promise<InitAnswers> {
  const ask = asking(shell);
  const scope = given.scope ?? (await ask(listed('Which accounts', whats.scope), seen, oneOf(scopes)));
  const assumed = scope === 'organization' ? await roleFrom(given, ask) : withoutRole(given);
  const mfa = given.mfa ?? (await ask(listed('What to ask of them', whats.mfa), 'offered', oneOf(floors)));
  if (given.runner === undefined && !shell.line)
    throw new UserError(
      `--runner is missing, and there is no terminal to ask at: where it will run, one of ${runnerNames.join(', ')}.`,
    );
  const runner = given.runner ?? (await ask(listed('Where will it run', whats.runner), 'none', oneOf(runnerNames)));
  return { scope, ...assumed, mfa, runner };
}

const defaultRole = 'MfaDriftAudit';

type Assumed = Pick<InitAnswers, 'role' | 'externalId'>;

async function roleFrom(given: Partial<Assumed>, ask: Ask): Promise<Assumed> {
  return {
    role: given.role === undefined ? await ask('Role to assume in each account', defaultRole, role) : role(given.role),
    externalId:
      given.externalId === undefined
        ? await ask('External id that this role wants, if it wants one', '', externalId)
        : externalId(given.externalId),
  };
}

/** The caller's own account is read with the credentials at hand; a role that nobody assumes must not seem to be in force. */
function withoutRole(given: Partial<Assumed>): Assumed {
  for (const [flag, value] of [
    ['--role', given.role],
    ['--external-id', given.externalId],
  ] as const)
    if (value !== undefined)
      throw new UserError(
        `${flag} "${value}": the caller's own account is read without a role. Say --scope organization, or leave ${flag} out; nothing was written.`,
      );
  return { role: defaultRole, externalId: '' };
}

function role(name: string): string {
  if (new RegExp(roleName.pattern).test(name)) return name;
  throw new UserError(`"${name}" is no name of a role: it ${roleName.patternErrorMessage}.`);
}

function externalId(id: string): string {
  const { pattern, minLength, maxLength, patternErrorMessage } = externalIdRule;
  if (id === '' || (new RegExp(pattern).test(id) && id.length >= minLength && id.length <= maxLength)) return id;
  throw new UserError(
    `"${id}" is no external id: it has ${minLength} to ${maxLength} characters, and ${patternErrorMessage}.`,
  );
}

/** @param read gives what the answer says, or throws a `UserError` where it says nothing that can be */
type Ask = <Value>(question: string, preset: string, read: (answer: string) => Value) => Promise<Value>;

/** Whoever slipped is asked again: the answers before are not lost. Without a terminal what is proposed is taken. */
function asking(shell: Shell): Ask {
  const { line } = shell;
  if (!line) return (_question, preset, read) => Promise.resolve(read(preset));
  return async (question, preset, read) => {
    for (;;) {
      const answer = await line(`${question} [${preset === '' ? 'none' : preset}] `);
      if (answer === null) throw new UserError('Nothing was answered, so nothing was written.');
      try {
        return read(answer === '' ? preset : answer);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        await say(shell, error.message);
      }
    }
  };
}

function listed(question: string, words: Readonly<Record<string, string>>): string {
  const lines = Object.entries(words).map(([word, what]) => `  ${word}: ${what}\n`);
  return `${question}?\n${lines.join('')}`;
}

function oneOf<Word extends string>(words: readonly Word[]): (answer: string) => Word {
  return (answer) => {
    const word = words.find((one) => one === answer);
    if (word === undefined) throw new UserError(`"${answer}" is none of ${words.join(', ')}.`);
    return word;
  };
}
