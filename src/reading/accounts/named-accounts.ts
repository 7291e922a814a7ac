/** Accounts that the configuration names, or the caller's own: Organizations is asked about each by itself. */
import type { Account } from '../../domain/model/observation.ts';
import type { AccountSource } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';
import { nameOf, pathByParent, tagsOf, type Directory } from './account-facts.ts';
import { checkedTree } from './checked-tree.ts';
import type { Cloud, Organization } from '../../ports/cloud.ts';
import { enter } from './classify-account.ts';
import { inNone, isNone } from './own-organization.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { AccountRegistry } from './account-registry.ts';
import { isInFilters, type ReadingScope } from './scope.ts';

export interface Named {
  readonly ids: readonly string[];
  /** Whose organization is asked. */
  readonly callerAccountId: string;
}

export function namedBy(source: AccountSource, { callerAccountId }: Cloud): Named {
  return { ids: source.kind === 'ids' ? source.ids : [callerAccountId], callerAccountId };
}

export async function* namedAccounts(
  directory: Directory,
  { ids, callerAccountId }: Named,
  scope: ReadingScope,
  registry: AccountRegistry,
  described: () => Promise<Attempt<Organization>>,
): AsyncGenerator<Account, void, void> {
  const { filters } = scope;
  const strangers = (filters.accounts ?? []).filter((id) => !ids.includes(id));
  if (strangers.length > 0)
    throw new UserError(`--account: ${strangers.join(', ')} is not among the accounts of the configuration.`);
  const { accountNames, accountPaths, accountTags } = scope.needs;
  const asks = accountNames || accountPaths || accountTags;
  const nobodyAnswers = asks && isNone(await described());
  const needs = nobodyAnswers ? { accountNames: false, accountPaths: false, accountTags: false } : scope.needs;
  const tree = needs.accountPaths ? await checkedTree(directory, scope) : null;
  for (const id of new Set(ids)) {
    registry.seen += 1;
    if (!isInFilters(id, filters)) {
      registry.passOver(id);
      continue;
    }
    const account: Account = {
      id,
      arn: null,
      name: needs.accountNames ? await nameOf(directory, id) : null,
      state: 'ACTIVE',
      path: tree === null ? null : await pathByParent(directory, tree, id),
      tags: needs.accountTags ? await tagsOf(directory, id) : null,
      regionsNotAudited: null,
      ...(nobodyAnswers && id === callerAccountId ? inNone : {}),
    };
    if (enter(account, account.state, scope, registry)) yield account;
  }
}
