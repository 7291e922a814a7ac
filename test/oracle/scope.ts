/** Which accounts and regions an audit of a fleet reads, skips or can't read. */
import type { FleetAccount, Permissions } from '../../src/sandbox/fleet/fleet.ts';
import {
  defaultRegions,
  isEnabled,
  lossOf,
  mayAskOrganizations,
  mayDo,
  optInRegions,
  sessionIn,
  unitsAbove,
  type World,
} from './answers.ts';
import type { Configuration } from './language.ts';
import { matches, type Facts } from './selecting.ts';
import { not, some } from './three.ts';

export type AccountFate =
  | { readonly kind: 'read'; readonly session: Permissions }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'gap'; readonly code: string };

export interface ScopedAccount {
  readonly account: FleetAccount;
  readonly facts: Facts['account'];
  readonly state: string;
  readonly fate: AccountFate;
}

export type RegionFate =
  | { readonly kind: 'read' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'gap'; readonly code: string };

/** `null`: there is nothing to audit, or the accounts can't be listed, and the program can't run. */
export function scopedAccounts(fleet: World, configuration: Configuration): readonly ScopedAccount[] | null {
  const { accounts: source } = configuration;
  const isListed = source?.organization === true;
  if (isListed && !mayAskOrganizations(fleet, 'ListAccounts')) return null;
  const ids = isListed ? fleet.accounts.map(({ id }) => id) : (source?.ids ?? [fleet.caller.accountId]);
  const scoped = ids.map((id) => {
    const account = fleet.accounts.find((each) => each.id === id)!;
    const facts = isListed ? listedFacts(fleet, account) : askedFacts(fleet, account);
    const state = isListed ? stateOf(fleet, account) : 'ACTIVE';
    return { account, facts, state, fate: fateOf(fleet, configuration, account, facts, state) };
  });
  return scoped.every(({ fate }) => fate.kind === 'skipped') ? null : scoped;
}

/** `State`, else the retired `Status`, which knew three values; neither is not known. */
function stateOf(world: World, account: FleetAccount): string {
  const { organization } = world;
  const { state } = account;
  if (lossOf(world, 'State', account.id) !== null) return 'not known';
  if (organization!.accountStates === 'neither') return 'not known';
  if (organization!.accountStates !== 'Status') return state;
  if (state === 'CLOSED') return 'SUSPENDED';
  return state === 'PENDING_ACTIVATION' ? 'ACTIVE' : state;
}

function fateOf(
  fleet: World,
  configuration: Configuration,
  account: FleetAccount,
  facts: Facts['account'],
  state: string,
): AccountFate {
  const { include, exclude } = configuration.accounts ?? {};
  const isIncluded = include === undefined ? 'yes' : some(include.map((block) => matches(block, { account: facts })));
  const isKept = not(some((exclude ?? []).map((block) => matches(block, { account: facts }))));
  if (isIncluded === 'no' || isKept === 'no') return { kind: 'skipped', reason: 'left-out' };
  if (state === 'not known') return { kind: 'gap', code: lossOf(fleet, 'State', account.id) ?? 'malformed' };
  if (state !== 'ACTIVE') return { kind: 'skipped', reason: state.toLowerCase().replace('_', '-') };
  if (isIncluded === 'unknown' || isKept === 'unknown') return { kind: 'gap', code: 'selector-unreadable' };
  const session = sessionIn(account, fleet, configuration);
  if (session === null) return { kind: 'gap', code: 'AccessDenied' };
  const loss = account.id === fleet.caller.accountId ? null : lossOf(fleet, 'AssumeRole', account.id);
  return loss === null ? { kind: 'read', session } : { kind: 'gap', code: loss };
}

function listedFacts(fleet: World, account: FleetAccount): Facts['account'] {
  const path = unitsAbove(fleet, account).map(({ id, name }) => ({ id, name: mayWalk(fleet) ? name : null }));
  const isPathKnown = mayWalk(fleet) || fleet.organization!.paths;
  const tags = mayAskOrganizations(fleet, 'ListTagsForResource') ? account.tags : null;
  return { id: account.id, name: account.name, path: isPathKnown ? path : null, tags };
}

/** Accounts that nobody lists are asked for one by one, and denied means not known. */
function askedFacts(fleet: World, account: FleetAccount): Facts['account'] {
  const { path, tags } = listedFacts(fleet, account);
  const name = mayAskOrganizations(fleet, 'DescribeAccount') ? account.name : null;
  const isPlaceKnown = mayWalk(fleet) && mayAskOrganizations(fleet, 'ListParents');
  return { id: account.id, name, path: isPlaceKnown ? path : null, tags };
}

/** Names of units come from one walk of the tree. */
function mayWalk(fleet: World): boolean {
  return ['ListRoots', 'ListOrganizationalUnitsForParent'].every((each) => mayAskOrganizations(fleet, each));
}

/** Each region that the audit has something to say about in an account that is read. */
export function regionFates(
  fleet: World,
  configuration: Configuration,
  account: FleetAccount,
  session: Permissions,
): ReadonlyMap<string, RegionFate> {
  const mayList =
    mayDo(fleet, account, session, 'account:ListRegions', fleet.homeRegion) &&
    lossOf(fleet, 'ListRegions', account.id) === null;
  const asked = regionsOf(configuration);
  const isAcceptedSomewhere = asked.some((region) => isEnabled(account, region)) || !mayList;
  return new Map(
    asked.map((region): [string, RegionFate] => {
      if (isEnabled(account, region)) {
        const isRead = mayDo(fleet, account, session, 'cognito-idp:ListUserPools', region);
        const loss = isRead ? lossOf(fleet, 'ListUserPools', account.id, region) : 'AccessDenied';
        return [region, loss === null ? { kind: 'read' } : { kind: 'gap', code: loss }];
      }
      const isSkipped = mayList || (optInRegions.includes(region) && isAcceptedSomewhere);
      return [
        region,
        isSkipped ? { kind: 'skipped', reason: 'region-not-enabled' } : { kind: 'gap', code: 'credentials' },
      ];
    }),
  );
}

function regionsOf({ regions }: Configuration): readonly string[] {
  const served = [...defaultRegions, ...optInRegions];
  if (regions === 'enabled') return served;
  if (!('exclude' in regions)) return regions;
  return served.filter(
    (region) => !regions.exclude.some((glob) => matches({ regions: [glob] }, anywhereIn(region)) === 'yes'),
  );
}

function anywhereIn(region: string): Facts {
  return { account: { id: '', name: '', path: [], tags: {} }, region };
}
