/** The organization of the caller's own account, which any account may ask for. */
import type { Account } from '../../domain/model/observation.ts';
import type { Directory } from './account-facts.ts';
import type { Organization } from '../../ports/cloud.ts';
import type { Attempt } from '../../pacing/call-result.ts';

/** Asks once, however often it is called. */
export function ownOrganization({
  organization,
  calls,
  quota,
}: Omit<Directory, 'rows' | 'unread'>): () => Promise<Attempt<Organization>> {
  let described: Promise<Attempt<Organization>> | null = null;
  return () =>
    (described ??= calls.run(
      quota,
      () => organization.describe(),
      () => organization.ready(),
    ));
}

/** AWS says that the account is in none: that is known, and not merely unread. */
export function isNone(described: Attempt<Organization>): boolean {
  return !described.ok && described.failure.name === 'AWSOrganizationsNotInUseException';
}

/** What is known of an account that is in no organization. */
export const inNone = { path: [], tags: {}, inOrganization: false } as const satisfies Partial<Account>;
