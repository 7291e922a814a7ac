/** `mfa-drift.yaml` as its schema accepts it. */
import type { SettingValues } from '../../domain/settings/values.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { builtSchema } from '../../yaml/built-schemas.ts';
import { validate } from '../schemas/file-checks.ts?compiled';

/** Any setting may be missing; those whose rules a schema can't say are typed. */
export type ConfigFile = JsonObject & { readonly accounts?: Partial<SettingValues['accounts']> };

export const configFileSchema = builtSchema<ConfigFile>(validate, 'config');
