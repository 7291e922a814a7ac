/** The schemas of the files that people write, for compiled-schemas.mjs. */
import { forPeople, newAjv, writtenDown } from '../../yaml/schemas.ts';
import { configSchema } from './config-schema.ts';
import { exceptionsSchema } from './exceptions-schema.ts';
import { policySchema } from './policy-schema.ts';
import { policyTestSchema } from './policy-test-schema.ts';

/** What a policy and an exception match by is the same, and compiled once. */
const exceptions = { ...exceptionsSchema, $defs: { match: { $ref: `${policySchema.$id}#/$defs/match` } } };

/** @public */
export const ajv = newAjv({ ...writtenDown, ...forPeople });
ajv.addSchema([configSchema, policySchema, exceptions, policyTestSchema]);

/** @public */
export const schemas = {
  config: configSchema.$id,
  policy: policySchema.$id,
  exceptions: exceptionsSchema.$id,
  policyTest: policyTestSchema.$id,
};
