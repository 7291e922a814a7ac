/** Unit tests of policies (kind PolicyTest). */
/* oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema; nobody awaits a schema. */
import { byFurtherRead, poolReads, type FurtherRead } from '../../domain/model/api/reads.ts';
import { accountIdSchema, apiVersionSchema, draft } from './shared-schemas.ts';

const tags = { type: 'object', additionalProperties: { type: 'string' }, examples: [{ env: 'prod' }] } as const;

/** What a read answers in a case; tags are the pool's own there. */
function answerOf(read: FurtherRead) {
  const { request } = poolReads[read];
  const isDescription = read === 'userPool';
  return {
    description: `Members of the answer of ${request}${isDescription ? '; the tags are those of `pool`.' : '.'}`,
    type: 'object',
    ...(isDescription ? { examples: [{ EstimatedNumberOfUsers: 12 }] } : {}),
  } as const;
}

const finding = {
  type: 'object',
  additionalProperties: false,
  required: ['policy', 'path'],
  properties: {
    policy: { description: 'Name of the policy that misses something.', type: 'string' },
    path: {
      description: 'Path of the finding.',
      type: 'string',
      examples: ['MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled', 'factors.allow'],
    },
  },
} as const;

const caseSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'config', 'expect'],
  properties: {
    name: { description: 'What the case claims.', type: 'string', minLength: 1 },
    account: {
      description:
        'The account of the pool. What is left out reads as: id 111122223333, name "account", no tags, directly under the root.',
      type: 'object',
      additionalProperties: false,
      properties: {
        id: accountIdSchema,
        name: { type: 'string' },
        tags,
        path: { description: 'Path of the organizational unit.', type: 'string', examples: ['/Workloads/Prod'] },
      },
    },
    region: { description: 'Without it: eu-west-1.', type: 'string' },
    pool: {
      description: 'What is left out reads as: id REGION_Test12345, name "pool", no tags.',
      type: 'object',
      additionalProperties: false,
      properties: { id: { type: 'string' }, name: { type: 'string' }, tags },
    },
    config: {
      description: 'The answer of GetUserPoolMfaConfig.',
      type: 'object',
      required: ['MfaConfiguration'],
      examples: [{ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }],
    },
    ...byFurtherRead(answerOf),
    expect: {
      description: 'compliant, uncovered, or every finding.',
      if: { type: 'array' },
      then: { minItems: 1, items: finding },
      else: { enum: ['compliant', 'uncovered'] },
      examples: ['compliant', [{ policy: 'prod-customers', path: 'MfaConfiguration' }]],
    },
  },
} as const;

export const policyTestSchema = {
  $schema: draft,
  $id: 'urn:mfa-drift:schema:v1:policy-test',
  title: 'mfa-drift policy tests',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'cases'],
  properties: {
    apiVersion: apiVersionSchema,
    kind: { const: 'PolicyTest', description: 'Each case is run against the policies in the same folder.' },
    cases: { type: 'array', minItems: 1, items: caseSchema },
  },
} as const;
