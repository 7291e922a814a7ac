import { UserError } from '../../errors.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { say, type Shell } from '../output/shell.ts';

export interface Confirmations {
  /** A person answers, and not `--yes`. */
  readonly isAsked: boolean;
  /** Asked once, below what would be done and the numbers, before anything is changed. */
  begin(text: string): Promise<boolean>;
  /** Asked after the first of each kind was changed and verified. */
  goOn(kind: string, left: number): Promise<boolean>;
}

/**
 * What a person at the terminal is asked; `--yes` answers every question.
 *
 * @throws UserError where there is nobody to ask and no `--yes`.
 */
export function confirmationsFor(verb: string, isSure: boolean, { ask, stderr }: Shell): Confirmations {
  if (isSure) return { isAsked: false, begin: () => Promise.resolve(true), goOn: () => Promise.resolve(true) };
  if (ask === null) throw new UserError(`There is no terminal to ask at: ${verb} needs --yes. Nothing was changed.`);
  return {
    isAsked: true,
    async begin(text) {
      await stderr.write(text);
      return ask('Go on?');
    },
    async goOn(kind, left) {
      await say({ stderr }, `The first change of its kind is done and verified: ${kind}`);
      return ask(`Go on with the ${counted(left, 'pool')} that ${left === 1 ? 'is' : 'are'} left?`);
    },
  };
}

/** `12,480 users in 3 pools of 2 accounts` */
export function reach(changes: readonly { readonly users: number | null; readonly accountId: string }[]): string {
  const users = changes.reduce((sum, each) => sum + (each.users ?? 0), 0);
  const accounts = new Set(changes.map(({ accountId }) => accountId)).size;
  return `${counted(changes.length, 'pool')} of ${counted(accounts, 'account')}, with ${wholeNumber(users)} users`;
}
