/** What becomes of an account that is in sight: read, skipped, or a gap. */
import { selectAccount } from '../../domain/policy/match/account-selection.ts';
import type { Account, Failure } from '../../domain/model/observation.ts';
import { skipReasonOf, type AccountFate, type AccountRegistry } from './account-registry.ts';
import type { ReadingScope } from './scope.ts';

/** Enters the account in the registry. Returns whether it is to be read, and was not before. */
export function enter(
  account: Account,
  stateWord: string | null,
  { settings }: ReadingScope,
  registry: AccountRegistry,
): boolean {
  return registry.enter(account, fateOf(account, stateWord, settings));
}

function fateOf(account: Account, stateWord: string | null, settings: ReadingScope['settings']): AccountFate {
  const answer = selectAccount(account, settings.include, settings.exclude);
  if (answer === 'no') return { kind: 'skip', reason: 'left-out' };
  if (account.state === null) return { kind: 'gap', failure: noState(stateWord) };
  if (account.state !== 'ACTIVE') return { kind: 'skip', reason: skipReasonOf[account.state] };
  return answer === 'unknown' ? { kind: 'gap', failure: unreadableSelector } : { kind: 'read' };
}

const unreadableSelector: Failure = {
  code: 'selector-unreadable',
  message: 'accounts.include or accounts.exclude asks for a name, unit or tag of the account that could not be read',
  remedy:
    'Allow organizations:DescribeAccount, ListParents, ListRoots, ListOrganizationalUnitsForParent and ListTagsForResource to the caller, or name accounts by id.',
};

function noState(word: string | null): Failure {
  return {
    code: 'malformed',
    message: `organizations:ListAccounts gives the account ${word === null ? 'no state' : `the unknown state ${word}`}`,
    remedy: 'Run again; if it stays, use a newer version of this program.',
  };
}
