/** What can be seen of the organization with the credentials at hand. */
import { loadSettings } from '../../config/settings/load-settings.ts';
import { counted } from '../../number-format.ts';
import { ownOrganization } from '../../reading/accounts/own-organization.ts';
import { allItems, pages } from '../../reading/pages.ts';
import type { ConnectionFlags, LogFlags } from '../line/flags.ts';
import type { Shell } from '../output/shell.ts';
import { openSession, type Session } from '../run/aws-session.ts';
import { tellingFor } from '../run/telling.ts';
import { UserError } from '../../errors.ts';

export interface Seen {
  /** Whether the accounts of an organization could be listed. */
  readonly scope: 'organization' | 'caller';
  /** One sentence, without its end. */
  readonly sentence: string;
}

/** No credentials and a refusal are answers too, and said. */
export async function lookAround(flags: ConnectionFlags & LogFlags, shell: Shell): Promise<Seen> {
  const settings = loadSettings({ file: null, flags: {}, env: shell.env });
  const telling = await tellingFor(flags, shell);
  try {
    const session = await openSession(settings, flags, shell, telling, () => Promise.resolve());
    try {
      return await organizationSeenBy(session);
    } finally {
      session.connection.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first = ''] = error.message.split('\n');
    return { scope: 'caller', sentence: `AWS could not be asked, which is no matter now: ${first}` };
  }
}

async function organizationSeenBy({ connection, calls }: Session): Promise<Seen> {
  const quota = calls.quota({ perSecond: 10, name: 'organizations', isSerial: true });
  const { organization, callerAccountId } = connection;
  const described = await ownOrganization({ organization, calls, quota })();
  if (!described.ok)
    return { scope: 'caller', sentence: `account ${callerAccountId}; its organization: ${described.failure.message}` };
  const { id } = described.value;
  const accounts = await allItems(pages(calls, quota, organization.accounts, () => organization.ready()));
  if (!accounts.ok)
    return { scope: 'caller', sentence: `organization ${id}; its accounts: ${accounts.failure.message}` };
  return { scope: 'organization', sentence: `organization ${id}, ${counted(accounts.value.length, 'account')}` };
}
