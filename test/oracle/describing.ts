/** Which pools an audit may describe at all: `DescribeUserPool` is for pools that some policy or exception needs it for. */
import type { PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import { placeText } from './expected.ts';
import type { Scene } from './generate.ts';
import type { Selector, Writing } from './language.ts';
import { scopedAccounts } from './scope.ts';
import { matches, type Facts } from './selecting.ts';

/** Places of the pools where a policy or exception that may match asks for what only `DescribeUserPool` says. */
export function describablePools({ fleet, writing }: Scene): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { account, facts } of scopedAccounts(fleet, writing.configuration) ?? []) {
    for (const placed of account.pools) {
      if (asksForDescription(undescribed(facts, placed), writing)) {
        places.add(placeText(account.id, placed.pool.region, placed.pool.id));
      }
    }
  }
  return places;
}

/** `facts` as they are without the description. */
export function asksForDescription(facts: Facts, { policies, exceptions }: Writing): boolean {
  const mayMatch = (selector: Selector | undefined) => matches(selector ?? {}, facts) !== 'no';
  return (
    policies.some((policy) => mayMatch(policy.match) && mentionsDescription([policy.match, policy.expect])) ||
    exceptions.some((exception) => mayMatch(exception.match) && mentionsDescription(exception.match))
  );
}

function mentionsDescription(text: unknown): boolean {
  return /"(?:UserPool|poolTags|factors)":|\$\{pool\.tags\./.test(JSON.stringify(text));
}

function undescribed(account: Facts['account'], { pool }: PlacedPool): Facts {
  return { account, region: pool.region, pool: { id: pool.id, name: pool.name, userPool: null } };
}
