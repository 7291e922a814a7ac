/** `mfa-drift.yaml` as its schema accepts it. */
import type { FromSchema } from 'json-schema-to-ts';
import { compileSchema } from '../../yaml/schemas.ts';
import { configSchema } from '../schemas/config-schema.ts';

export type ConfigFile = FromSchema<typeof configSchema, { keepDefaultedPropertiesOptional: true }>;

export const configFileSchema = compileSchema(configSchema);
