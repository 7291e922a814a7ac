/** Exceptions that keep the next run from doing again what was undone. */
import type { PoolPlace } from '../../domain/model/observation.ts';
import { dayMs } from '../../domain/model/day.ts';
import { Document } from 'yaml';
import { yamlPage } from '../../escape/yaml.ts';

export interface Held extends PoolPlace {
  /** Names of the policies that asked for the change; none: all policies. */
  readonly policies: readonly string[];
}

export interface HoldWords {
  /** Who answers for the exceptions: the caller's ARN. */
  readonly owner: string;
  /** Name of the journal that was rolled back. */
  readonly journal: string;
  readonly now: Date;
}

const days = 7;

/** A document of kind Exceptions, YAML: one exception with `hold: true` for each pool, for seven days. */
export function holdDocument(pools: readonly Held[], { owner, journal, now }: HoldWords): string {
  const document = new Document({ apiVersion: 'mfa-drift/v1', kind: 'Exceptions' });
  const expires = new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
  const exceptions = pools.map(({ accountId, region, poolId, policies }) => ({
    match: document.createNode({ accounts: [accountId], regions: [region], pools: [poolId] }, { flow: true }),
    ...(policies.length === 0 ? {} : { policies: document.createNode(policies, { flow: true }) }),
    reason: `Rolled back on ${now.toISOString().slice(0, 10)} (${journal})`,
    owner,
    expires,
    hold: true,
  }));
  document.set('exceptions', exceptions);
  return yamlPage(document);
}
