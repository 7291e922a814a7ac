import type { Warning } from '../domain/result/warning.ts';
import { counted } from '../number-format.ts';
import type { FactName, UnreadFact } from '../reading/accounts/unread-facts.ts';

/** What is not known, of so many accounts. */
const words: Readonly<Record<FactName, (accounts: number) => string>> = {
  organization: () => 'It is not known which organization this is',
  units: () => 'The names of the organizational units are not known',
  names: (accounts) => `The names of ${counted(accounts, 'account')} are not known`,
  parents: (accounts) => `The organizational units of ${counted(accounts, 'account')} are not known`,
  tags: (accounts) => `The tags of ${counted(accounts, 'account')} are not known`,
  regions: (accounts) =>
    `It is not known which regions ${counted(accounts, 'account has', 'accounts have')} enabled, so that every region was tried`,
};

/** A denial names the action, and the remedy whom to allow it. */
export function unreadFactWarnings(unread: readonly UnreadFact[]): readonly Warning[] {
  return unread.map(({ fact, failure: { message, remedy }, accounts }) => ({
    code: 'fact-unread',
    message: `${words[fact](accounts)} (${message.replace(/\.$/, '')}). ${remedy}`,
    file: null,
    line: null,
  }));
}
