/** The schemas that are published for editors, by file name under `policies/schemas`. */
import { configSchema } from './config-schema.ts';
import { exceptionsSchema } from './exceptions-schema.ts';
import { policySchema } from './policy-schema.ts';
import { policyTestSchema } from './policy-test-schema.ts';

export function publishedSchemas(): Readonly<Record<string, object>> {
  return {
    'config.schema.json': configSchema,
    'policy.schema.json': policySchema,
    'exceptions.schema.json': exceptionsSchema,
    'policy-test.schema.json': policyTestSchema,
  };
}
