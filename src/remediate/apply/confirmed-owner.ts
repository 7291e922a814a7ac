/** One account's writer, of whose credentials it is known whose they are, whenever they were renewed. */
import { isSamePrincipal } from '../../domain/model/principal.ts';
import { IdentityChanged } from '../../errors.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import type { AccountWriter, Owner } from '../../ports/account-writer.ts';
import type { AccountCalls } from '../../ports/cloud.ts';

/**
 * Resolves with whose the credentials are that would sign the next write, asked once for each generation of them; a
 * failure where those that read are another account's. Throws `IdentityChanged` where they are another's than at first.
 */
export function confirmedOwner(
  accountId: string,
  account: Pick<AccountCalls, 'ready' | 'confirm'>,
  writer: Omit<AccountWriter, 'set'>,
  calls: Calls,
  quota: Quota,
): () => Promise<Attempt<Owner>> {
  let first: Owner | null = null;
  let asked: { readonly generation: number; readonly answer: Promise<Attempt<Owner>> } | null = null;

  async function ask(): Promise<Attempt<Owner>> {
    if (first === null) {
      const readers = await calls.run(
        quota,
        () => account.confirm(),
        () => account.ready(),
      );
      if (!readers.ok) return readers;
    }
    const now = await calls.run(
      quota,
      () => writer.owner(),
      () => writer.ready(),
    );
    if (now.ok) first = requireSame(accountId, first ?? now.value, now.value);
    return now;
  }

  return async () => {
    const ready = await writer.ready();
    if (!ready.ok) return ready;
    const generation = writer.generation();
    if (asked?.generation !== generation) asked = { generation, answer: ask() };
    return asked.answer;
  };
}

function requireSame(accountId: string, first: Owner, now: Owner): Owner {
  if (isSamePrincipal(first.arn, now.arn)) return first;
  throw new IdentityChanged(
    `The credentials that write in account ${accountId} were those of ${first.arn}, and since they were renewed they are those of ${now.arn}: nothing more is written`,
    'Check role.remediationName and what answers for STS.',
  );
}
