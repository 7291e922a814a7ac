/** The schema of a plan file, for compiled-schemas.mjs. */
import { forPeople, newAjv, writtenDown } from '../../yaml/schemas.ts';
import { planSchema } from './plan-schema.ts';

/** @public */
export const ajv = newAjv({ ...writtenDown, ...forPeople });
ajv.addSchema(planSchema);

/** @public */
export const schemas = { plan: planSchema.$id };
