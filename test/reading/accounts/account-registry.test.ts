import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/domain/model/observation.ts';
import type { LogFields } from '../../../src/log.ts';
import {
  AccountRegistry,
  accountState,
  asFailure,
  type AccountFate,
} from '../../../src/reading/accounts/account-registry.ts';
import { enter } from '../../../src/reading/accounts/classify-account.ts';
import { anAccount, denied } from '../../domain/a-pool.ts';
import { scopeOf } from '../a-scope.ts';
import { hr, lab, shop } from './fake-organization.ts';

const read: AccountFate = { kind: 'read' };
const gap: AccountFate = { kind: 'gap', failure: denied };
const skip: AccountFate = { kind: 'skip', reason: 'suspended' };
const nowhere = { region: null, poolId: null };

function recorded() {
  const lines: (readonly [string, LogFields])[] = [];
  const registry = new AccountRegistry({ debug: (...line) => void lines.push(line), trace: () => {} });
  return { registry, lines };
}

describe('an account that is entered', () => {
  it.each<[AccountFate, boolean]>([
    [read, true],
    [gap, false],
    [skip, false],
  ])('is to be read, or not: %o', (fate, isRead) => {
    expect(new AccountRegistry(null).enter(anAccount(), fate)).toBe(isRead);
  });

  it.each<[AccountFate, AccountFate, boolean]>([
    [read, read, false],
    [read, gap, false],
    [read, skip, false],
    [gap, read, true],
    [gap, gap, false],
    [gap, skip, false],
    [skip, read, true],
    [skip, gap, false],
    [skip, skip, false],
  ])('twice is what is more: %o and then %o', (first, second, isRead) => {
    const registry = new AccountRegistry(null);
    registry.enter(anAccount({ name: 'first' }), first);
    expect(registry.enter(anAccount({ name: 'second' }), second)).toBe(isRead);
    const kinds = ['read', 'gap', 'skip'];
    const isSecond = kinds.indexOf(second.kind) < kinds.indexOf(first.kind);
    expect(registry.accounts().map(({ name }) => name)).toEqual([isSecond ? 'second' : 'first']);
    const stronger = isSecond ? second : first;
    expect([registry.gaps.length, registry.skipped.length]).toEqual([
      stronger.kind === 'gap' ? 1 : 0,
      stronger.kind === 'skip' ? 1 : 0,
    ]);
  });

  it('is told of in the log where it is skipped or passed over', () => {
    const { registry, lines } = recorded();
    registry.enter(anAccount({ id: shop }), read);
    registry.enter(anAccount({ id: hr }), skip);
    registry.passOver(lab);
    expect(lines).toEqual([
      ['skipped', { account: hr, region: null, pool: null, reason: 'suspended' }],
      ['skipped', { account: lab, region: null, pool: null, reason: 'not asked for' }],
    ]);
    const silent = new AccountRegistry(null);
    silent.enter(anAccount(), skip);
    silent.passOver(lab);
    expect(silent.accounts()).toHaveLength(1);
  });

  it('keeps what became known of it since, and its fate', () => {
    const registry = new AccountRegistry(null);
    registry.enter(anAccount({ id: shop, path: null }), skip);
    registry.amend(shop, { path: [] });
    registry.amend(hr, { path: [] });
    expect(registry.accounts()).toEqual([anAccount({ id: shop, path: [] })]);
    expect(registry.skipped).toHaveLength(1);
  });
});

describe('a registry', () => {
  function full() {
    const registry = new AccountRegistry(null);
    registry.enter(anAccount({ id: lab }), skip);
    registry.enter(anAccount({ id: hr }), gap);
    registry.enter(anAccount({ id: shop }), read);
    return registry;
  }

  it('has the accounts by id, and those apart that are skipped or gaps', () => {
    const registry = full();
    expect(registry.accounts().map(({ id }) => id)).toEqual([shop, hr, lab]);
    expect(registry.skipped).toEqual([{ scope: 'account', accountId: lab, ...nowhere, reason: 'suspended' }]);
    expect(registry.gaps).toEqual([{ scope: 'account', accountId: hr, ...nowhere, ...denied }]);
  });

  it('has the gaps of accounts that failed as a whole, and of the organization, behind those', () => {
    const registry = full();
    const failure = { ...denied, retry: 'no', requestId: '8f0c' };
    registry.gap(anAccount({ id: shop }), failure);
    registry.organizationGap(failure);
    expect(registry.gaps.slice(1)).toEqual([
      { scope: 'account', accountId: shop, ...nowhere, ...denied },
      { scope: 'organization', accountId: null, ...nowhere, ...denied },
    ]);
  });

  it('knows how many there are to read once they are listed, and which of them were not read to their end', () => {
    const registry = full();
    registry.enter(anAccount({ id: '555555555555' }), read);
    expect(registry.total).toBeNull();
    registry.listed();
    expect(registry.total).toBe(2);
    expect(registry.unfinished()).toEqual([shop, '555555555555']);
    registry.wasRead(shop);
    expect(registry.unfinished()).toEqual(['555555555555']);
  });

  it.each<[string, (registry: AccountRegistry) => unknown, boolean]>([
    ['nothing', () => {}, false],
    ['an account that is skipped', (registry) => registry.enter(anAccount(), skip), false],
    ['one that is read', (registry) => registry.enter(anAccount(), read), true],
    ['a gap', (registry) => registry.enter(anAccount(), gap), true],
    ['an organization that broke off', (registry) => registry.organizationGap(denied), true],
  ])('of %s holds work, or does not', (_what, fill, holds) => {
    const registry = new AccountRegistry(null);
    fill(registry);
    expect(registry.holdsWork()).toBe(holds);
  });
});

it('a failure is its own members alone', () => {
  const told = { ...denied, name: 'AccessDeniedException', requestId: '8f0c' };
  expect(asFailure(told)).toEqual(denied);
});

it.each([
  ['ACTIVE', 'ACTIVE'],
  ['PENDING_ACTIVATION', 'PENDING_ACTIVATION'],
  ['SUSPENDED', 'SUSPENDED'],
  ['PENDING_CLOSURE', 'PENDING_CLOSURE'],
  ['CLOSED', 'CLOSED'],
  ['active', null],
  ['SLEEPING', null],
  [null, null],
])('the word %s is the state %s', (word, state) => {
  expect(accountState(word)).toBe(state);
});

describe('what becomes of an account', () => {
  const unreadable: Failure = {
    code: 'selector-unreadable',
    message: 'accounts.include or accounts.exclude asks for a name, unit or tag of the account that could not be read',
    remedy:
      'Allow organizations:DescribeAccount, ListParents, ListRoots, ListOrganizationalUnitsForParent and ListTagsForResource to the caller, or name accounts by id.',
  };
  const noState = (words: string): Failure => ({
    code: 'malformed',
    message: `organizations:ListAccounts gives the account ${words}`,
    remedy: 'Run again; if it stays, use a newer version of this program.',
  });
  const hrOnly = { include: [{ accounts: ['hr-*'] }] };
  const nameless = { name: null };
  it.each<[string, Parameters<typeof anAccount>[0], string | null, Parameters<typeof scopeOf>[0], unknown]>([
    ['in scope', {}, 'ACTIVE', {}, 'read'],
    ['left out', {}, 'ACTIVE', { settings: hrOnly }, 'left-out'],
    ['left out, whatever its state', { state: null }, null, { settings: hrOnly }, 'left-out'],
    ['of no state', { state: null }, null, {}, noState('no state')],
    ['of a state nobody knows', { state: null }, 'SLEEPING', {}, noState('the unknown state SLEEPING')],
    ['of no state that may be left out', { ...nameless, state: null }, null, { settings: hrOnly }, noState('no state')],
    ['not active yet', { state: 'PENDING_ACTIVATION' }, 'PENDING_ACTIVATION', {}, 'pending-activation'],
    ['suspended', { state: 'SUSPENDED' }, 'SUSPENDED', {}, 'suspended'],
    ['being closed', { state: 'PENDING_CLOSURE' }, 'PENDING_CLOSURE', {}, 'pending-closure'],
    ['closed', { state: 'CLOSED' }, 'CLOSED', {}, 'closed'],
    ['closed that may be left out', { ...nameless, state: 'CLOSED' }, 'CLOSED', { settings: hrOnly }, 'closed'],
    ['that may be left out', nameless, 'ACTIVE', { settings: hrOnly }, unreadable],
  ])('%s', (_which, more, word, scoped, becomes) => {
    const registry = new AccountRegistry(null);
    expect(enter(anAccount(more), word, scopeOf(scoped), registry)).toBe(becomes === 'read');
    const failures = registry.gaps.map((open) => asFailure(open));
    const reasons = registry.skipped.map(({ reason }) => reason);
    expect([...failures, ...reasons]).toEqual(becomes === 'read' ? [] : [becomes]);
  });
});
