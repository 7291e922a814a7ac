/** What matched nothing, in words: for certain, or as far as something was read, and then how much was not. */
import type { Policy, PolicyException } from '../policy/policy.ts';
import { siteInWords, type Site } from '../policy/selector-sites.ts';
import { selectorKeys } from '../policy/match/selector-keys.ts';
import type { CompiledKey } from '../policy/match/selectors.ts';
import type { Unread, UnreadPlaces } from './unread-places.ts';
import { warningAt, type Warning } from '../result/warning.ts';

export interface Unused {
  readonly sites: readonly Site[];
  readonly policies: readonly Policy[];
  /** With the number of pools that each matches without having anything to excuse there. */
  readonly exceptions: readonly (readonly [exception: PolicyException, matched: number])[];
  /** Warnings that were given before anything was read; what they explain is not said again. */
  readonly told: readonly Warning[];
  readonly unread: UnreadPlaces;
  /** By site, policy or exception: how many accounts or pools could not answer. */
  readonly doubts: ReadonlyMap<object, number>;
}

/** A selector whose own entries explain why it matched nothing is not named twice. */
export function unusedWarnings(unused: Unused): readonly Warning[] {
  const { sites, policies, exceptions } = unused;
  const explained = new Set(sites.map(({ selector }) => selector));
  return [
    ...sites.filter((site) => !isTold(site, unused)).map((site) => siteWarning(site, unused)),
    ...policies.filter(({ match }) => !explained.has(match)).map((policy) => policyWarning(policy, unused)),
    ...exceptions
      .filter(([{ match }]) => !explained.has(match))
      .map(([exception, matched]) => exceptionWarning(exception, matched, unused)),
  ];
}

/** Others may stand in the same line. */
function isTold(site: Site, { told }: Unused): boolean {
  const wanted = warningAt(site.entry.location, 'place-unknown', `${siteInWords(site)} `);
  return told.some(
    ({ code, file, line, message }) =>
      code === wanted.code && file === wanted.file && line === wanted.line && message.startsWith(wanted.message),
  );
}

function siteWarning(site: Site, { unread, doubts }: Unused): Warning {
  const { key, entry } = site;
  const asked = siteInWords(site);
  const missing = missingWords(unreadFor(site, unread), doubtWords(key, doubts.get(site) ?? 0));
  return warningAt(
    entry.location,
    'selector-unused',
    nothing(asked, `matches no ${selectorKeys[key.key].noun}`, missing),
  );
}

function unreadFor({ key, entry, beside }: Site, unread: UnreadPlaces): Unread {
  switch (selectorKeys[key.key].level) {
    case 'accounts':
      return unread.listOnly();
    case 'regions':
      return unread.withoutRegions(beside);
    case 'pools':
      return unread.withoutPools([...beside, { ...key, test: { kind: 'entries', entries: [entry] } }]);
  }
}

function policyWarning(policy: Policy, { unread, doubts }: Unused): Warning {
  const { name, match, location } = policy;
  const missing = missingWords(unread.withoutPools(match.keys, match.exclude), poolWords(doubts.get(policy) ?? 0));
  return warningAt(location, 'policy-unused', nothing(`policy ${name}`, 'matches no pool', missing));
}

function exceptionWarning(exception: PolicyException, matched: number, { unread, doubts }: Unused): Warning {
  const { owner, match, gaps, location, hold } = exception;
  const missing = missingWords(unread.withoutPools(match.keys, match.exclude), poolWords(doubts.get(exception) ?? 0));
  const asked = `the exception of ${owner}`;
  if (matched === 0)
    return warningAt(
      location,
      'exception-unused',
      nothing(asked, `matches no ${gaps === null ? 'pool' : 'gap'}`, missing),
    );
  const pools = `matches ${matched} ${matched === 1 ? 'pool' : 'pools'} and`;
  const idle = hold ? 'holds nothing: no finding' : 'excuses nothing: no finding';
  const where = missing === '' ? '' : ` in what was read (${missing})`;
  return warningAt(location, 'exception-idle', `${asked} ${pools} ${idle} of theirs is one that it covers${where}`);
}

function nothing(asked: string, certain: string, missing: string): string {
  return missing === '' ? `${asked} ${certain}` : `${asked} matched nothing in what was read (${missing})`;
}

/** `3 accounts and 14 regions were not`; empty: nothing was missing. */
function missingWords({ isListCut, accounts, regions }: Unread, doubts: string): string {
  const parts = [
    isListCut ? 'a part of the accounts' : '',
    accounts === 0 ? '' : counted(accounts, 'account'),
    regions === 0 ? '' : `${counted(regions, 'region')}${accounts === 0 ? '' : ' of others'}`,
    doubts,
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const isOne = parts.length === 1 && (isListCut || accounts + regions === 1);
  return `${listed(parts)} ${isOne ? 'was' : 'were'} not`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** What of the accounts or pools that were read could not be read. */
function doubtWords({ key }: CompiledKey, count: number): string {
  const { fact, level } = selectorKeys[key];
  if (count === 0 || fact === null) return '';
  return `the ${fact} of ${counted(count, level === 'pools' ? 'pool' : 'account')}`;
}

function poolWords(count: number): string {
  return count === 0 ? '' : `parts of ${counted(count, 'pool')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
