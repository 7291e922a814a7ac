/** What holds where no flag, no variable and no file says otherwise. */
import type { JsonObject } from '../../domain/model/json.ts';
import { settings } from '../../domain/settings/table.ts';
import type { SettingValues } from '../../domain/settings/values.ts';
import { nested } from '../schemas/nested.ts';

/** The first of them that is there; both at once is an error. */
export const defaultFiles = ['mfa-drift.yaml', 'mfa-drift.yml'] as const;

/** @param config as its schema accepts it */
export function withDefaults(config: JsonObject): SettingValues {
  const values = nested<unknown>(
    settings.map(([path, row]) => [path, valueAt(config, path) ?? row.default]),
    (members) => members,
  );
  if (isWhole(values)) return values;
  throw new Error('a setting is missing although the table has a default for each');
}

/** Each value is there; that it is of its kind, the schema and the table's types have seen. */
function isWhole(values: object): values is SettingValues {
  return settings.every(([path]) => valueAt(values, path) !== undefined);
}

function valueAt(config: object, path: string): unknown {
  let value: unknown = config;
  for (const key of path.split('.')) value = isMap(value) ? value[key] : undefined;
  return value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
