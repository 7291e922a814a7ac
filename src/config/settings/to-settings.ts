/** From a configuration that the schema accepted to settings without holes. */
import { dirname, isAbsolute, join } from 'node:path';
import type { AccountSource, RegionSettings, Settings } from '../../domain/settings.ts';
import { defaultSettings as defaults } from './defaults.ts';
import type { ConfigFile } from './config-file.ts';
import type { Risk } from '../../domain/model/risk.ts';

export interface Beside {
  readonly file: string | null;
  readonly allowedByFlag: readonly Risk[];
  readonly off: boolean;
  /** Paths that the file names, and the default, are relative to it; those of flags and variables to the working directory. */
  readonly policiesFromFile: boolean;
}

export function toSettings(config: ConfigFile, { file, allowedByFlag, off, policiesFromFile }: Beside): Settings {
  const { accounts = {}, role, limits, remediation } = config;
  return {
    file,
    accounts: accountSource(accounts),
    include: accounts.include ?? [],
    exclude: accounts.exclude ?? [],
    role: { ...defaults.role, ...role, overrides: role?.overrides ?? {} },
    regions: regionSettings(config.regions),
    policies: policyPaths(config.policies, policiesFromFile ? file : null),
    failOn: config.failOn ?? defaults.failOn,
    requireCoverage: config.requireCoverage ?? defaults.requireCoverage,
    limits: { ...defaults.limits, ...limits, quotas: { ...defaults.limits.quotas, ...limits?.quotas } },
    remediation: { ...defaults.remediation, ...remediation, allowedByFlag, off },
    exceptions: { ...defaults.exceptions, ...config.exceptions },
    reports: config.reports ?? defaults.reports,
  };
}

function accountSource({ organization, ids }: NonNullable<ConfigFile['accounts']>): AccountSource {
  if (organization === true) return { kind: 'organization' };
  return ids === undefined ? { kind: 'caller' } : { kind: 'ids', ids };
}

function regionSettings(regions: unknown): RegionSettings {
  if (Array.isArray(regions)) return { kind: 'list', regions: regions.map(String) };
  if (typeof regions === 'object' && regions !== null && 'exclude' in regions && Array.isArray(regions.exclude)) {
    return { kind: 'enabled', exclude: regions.exclude.map(String) };
  }
  return { kind: 'enabled', exclude: [] };
}

function policyPaths(paths: readonly string[] | undefined, file: string | null): readonly string[] {
  const folder = file === null ? '.' : dirname(file);
  return (paths ?? defaults.policies).map((path) => (folder === '.' || isAbsolute(path) ? path : join(folder, path)));
}
