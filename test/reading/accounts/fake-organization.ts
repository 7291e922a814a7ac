/** An organization of functions, whose every request takes a tenth of a second and is written down by AWS's name for it. */
import type { Account, OrganizationalUnit } from '../../../src/domain/model/observation.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../../src/pacing/call-result.ts';
import type { Cloud, ListedAccount, Organization, OrganizationCalls, Page } from '../../../src/ports/cloud.ts';
import { newFactRows, type Directory } from '../../../src/reading/accounts/account-facts.ts';
import { AccountRegistry } from '../../../src/reading/accounts/account-registry.ts';
import { accountsToRead } from '../../../src/reading/accounts/discover-accounts.ts';
import { UnreadFacts } from '../../../src/reading/accounts/unread-facts.ts';
import { recordedCalls } from '../../pacing/service.ts';
import { scopeOf, type ScopeOptions } from '../a-scope.ts';
import { fakeCloud, refusal } from '../fake-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

export const caller = '100000000000';
export const [shop, hr, lab] = ['222222222222', '333333333333', '444444444444'] as const;
export const root = 'r-ab12';
export const workloads: OrganizationalUnit = { id: 'ou-ab12-workload', name: 'Workloads' };
export const prod: OrganizationalUnit = { id: 'ou-ab12-prodprod', name: 'Prod' };
export const denied = refusal('AccessDeniedException', 'AccessDenied');
export const inNoOrganization = refusal('AWSOrganizationsNotInUseException', 'malformed');

export type Operation =
  | 'DescribeOrganization'
  | 'ListAccounts'
  | 'ListRoots'
  | 'ListOrganizationalUnitsForParent'
  | 'DescribeAccount'
  | 'ListParents'
  | 'ListTagsForResource';

export interface OrganizationOptions {
  /** Pages of ListAccounts. */
  readonly accounts?: readonly (readonly ListedAccount[])[];
  readonly described?: Organization;
  /** By the parent's id. */
  readonly units?: Readonly<Record<string, readonly OrganizationalUnit[]>>;
  /** By the account's id. */
  readonly names?: Readonly<Record<string, string>>;
  readonly parents?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly refuses?: Readonly<Partial<Record<Operation | 'ready', CallFailure>>>;
  /** The page of ListAccounts from which on it is refused; default: the first. */
  readonly refusesFromPage?: number;
}

export function listed(id: string, more: Partial<ListedAccount> = {}): ListedAccount {
  return { id, arn: null, name: `account-${id.slice(0, 3)}`, state: 'ACTIVE', unitIds: [], ...more };
}

interface Asked {
  /** The operation, and what it was asked about. */
  readonly asked: string[];
  /** How many requests were ever under way together. */
  atOnce(): number;
}

export function fakeOrganization(options: OrganizationOptions, clock: VirtualClock): OrganizationCalls & Asked {
  const { refuses = {}, accounts = [], units = { [root]: [workloads], [workloads.id]: [prod] } } = options;
  const asked: string[] = [];
  let [underWay, most] = [0, 0];
  async function answer<T>(operation: Operation, about: string, value: T, isRefused = true): Promise<Attempt<T>> {
    asked.push(`${operation} ${about}`.trim());
    underWay += 1;
    most = Math.max(most, underWay);
    await clock.sleep(100);
    underWay -= 1;
    const refused = refuses[operation];
    return refused === undefined || !isRefused ? succeeded(value) : failed(refused);
  }
  const whole = <T>(items: readonly T[]): Page<T> => ({ items, next: null });
  return {
    asked,
    atOnce: () => most,
    ready: async () => (refuses.ready === undefined ? succeeded(undefined) : failed(refuses.ready)),
    describe: () =>
      answer('DescribeOrganization', '', options.described ?? { id: 'o-exampleorg', managementAccountId: caller }),
    async accounts(token) {
      const at = Number(token ?? 0);
      const page = { items: accounts[at] ?? [], next: at + 1 < accounts.length ? String(at + 1) : null };
      return answer('ListAccounts', token ?? '', page, at >= (options.refusesFromPage ?? 0));
    },
    roots: () => answer('ListRoots', '', whole([{ id: root, name: 'Root' }])),
    unitsBelow: (id) => () => answer('ListOrganizationalUnitsForParent', id, whole(units[id] ?? [])),
    accountName: (id) => answer('DescribeAccount', id, options.names?.[id] ?? null),
    parentOf: (id) => answer('ListParents', id, options.parents?.[id] ?? null),
    tagsOf: (id) => () => answer('ListTagsForResource', id, whole(Object.entries(options.tags?.[id] ?? {}))),
  };
}

export function directoryOf(options: OrganizationOptions) {
  const clock = new VirtualClock();
  const { calls } = recordedCalls(clock);
  const organization = fakeOrganization(options, clock);
  const directory: Directory = {
    organization,
    calls,
    quota: calls.quota({ perSecond: 100 }),
    rows: newFactRows(),
    unread: new UnreadFacts(),
  };
  return { clock, organization, directory };
}

/** All that is discovered of such an organization, and when each account was handed on. */
export function discovering(options: OrganizationOptions, scoped: ScopeOptions = {}) {
  const clock = new VirtualClock();
  const { calls, log, lines } = recordedCalls(clock);
  const organization = fakeOrganization(options, clock);
  const cloud: Cloud = {
    ...fakeCloud({ accounts: [], regions: [], unit: () => ({}) }),
    organization,
  };
  const registry = new AccountRegistry(log);
  /** What had been asked when each came. */
  const askedBefore = new Map<string, readonly string[]>();
  async function discover(): Promise<readonly Account[]> {
    const found: Account[] = [];
    for await (const account of accountsToRead(cloud, calls, scopeOf(scoped), registry)) {
      askedBefore.set(account.id, [...organization.asked]);
      found.push(account);
    }
    return found;
  }
  return { clock, organization, registry, lines, askedBefore, run: () => clock.run(discover()) };
}
