/** From a configuration that the schema accepted to settings without holes. */
import { dirname, isAbsolute, join } from 'node:path';
import type { JsonObject } from '../../domain/model/json.ts';
import type { Risk } from '../../domain/model/risk.ts';
import type { AccountSource, RegionSettings, Settings } from '../../domain/settings.ts';
import type { SettingValues } from '../../domain/settings/values.ts';
import { withDefaults } from './defaults.ts';

export interface Beside {
  readonly file: string | null;
  readonly allowedByFlag: readonly Risk[];
  readonly off: boolean;
  /** Paths that the file names, and the default, are relative to it; those of flags and variables to the working directory. */
  readonly policiesFromFile: boolean;
}

export function toSettings(config: JsonObject, { file, allowedByFlag, off, policiesFromFile }: Beside): Settings {
  const values = withDefaults(config);
  return {
    ...values,
    file,
    accounts: accountSource(values.accounts),
    organizationRole: values.accounts.organizationRole,
    include: values.accounts.include,
    exclude: values.accounts.exclude,
    regions: regionSettings(values.regions),
    policies: policyPaths(values.policies, policiesFromFile ? file : null),
    remediation: { ...values.remediation, allowedByFlag, off },
  };
}

function accountSource({ organization, ids }: SettingValues['accounts']): AccountSource {
  if (organization) return { kind: 'organization' };
  return ids === null ? { kind: 'caller' } : { kind: 'ids', ids };
}

function regionSettings(regions: SettingValues['regions']): RegionSettings {
  if (regions === 'enabled') return { kind: 'enabled', exclude: [] };
  return 'exclude' in regions ? { kind: 'enabled', exclude: regions.exclude } : { kind: 'list', regions };
}

function policyPaths(paths: readonly string[], file: string | null): readonly string[] {
  const folder = file === null ? '.' : dirname(file);
  return paths.map((path) => (folder === '.' || isAbsolute(path) ? path : join(folder, path)));
}
