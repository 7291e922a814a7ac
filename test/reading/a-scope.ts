/** What is to be read: a whole organization, where nothing else is asked for. */
import type { ReadingScope } from '../../src/reading/accounts/scope.ts';
import { defaultSettings } from '../default-settings.ts';

export type ScopeOptions = Partial<Omit<ReadingScope, 'settings' | 'needs' | 'filters'>> & {
  readonly settings?: Partial<ReadingScope['settings']>;
  readonly needs?: Partial<ReadingScope['needs']>;
  readonly filters?: Partial<ReadingScope['filters']>;
};

export function scopeOf({ settings, needs, filters, namedUnits = [] }: ScopeOptions = {}): ReadingScope {
  return {
    settings: {
      organizationRole: null,
      accounts: { kind: 'organization' },
      include: [],
      exclude: [],
      regions: { kind: 'enabled', exclude: [] },
      limits: defaultSettings.limits,
      ...settings,
    },
    needs: {
      accountNames: false,
      accountPaths: false,
      accountTags: false,
      furtherReads: () => {
        throw new Error('No pool is in question.');
      },
      ...needs,
    },
    filters: { accounts: null, regions: null, shard: null, ...filters },
    namedUnits,
  };
}
