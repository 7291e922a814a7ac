/** A policy file (kind Policy). */
import { expectationDefinitions } from './expectation-schema.ts';
import { placeKeys } from './selector-schema.ts';
import {
  allowSchema,
  apiVersionSchema,
  draft,
  enrolmentSchema,
  meanwhileSchema,
  modeSchema,
  readinessSchema,
  severitySchema,
} from './shared-schemas.ts';

/** A name goes into reports, ids and rule names; plain characters keep it the same everywhere. */
const nameSchema = {
  description: 'Unique among all policies.',
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
  patternErrorMessage: 'must be letters, digits, dots, dashes and underscores, at most 100',
  examples: ['prod-customers'],
} as const;

/** Blocks may hold `UserPool` and, again, `exclude`. */
const matchSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...placeKeys,
    UserPool: { type: 'object' },
    exclude: { type: 'array', minItems: 1, items: { type: 'object', minProperties: 1 } },
  },
} as const;

/** Without the fields of the API, which the type leaves open and the published schema spells out. */
export const policyShape = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'name', 'expect'],
  properties: {
    apiVersion: apiVersionSchema,
    kind: { const: 'Policy', description: 'This file says what user pools must look like.' },
    name: nameSchema,
    description: { description: 'Why the policy is there, in a sentence.', type: 'string' },
    severity: { ...severitySchema, default: 'medium' },
    controls: {
      description: 'Controls of the frameworks that the policy serves.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      examples: [['NIST-800-63B-4 AAL2', 'CIS-8.1 6.3']],
    },
    match: {
      ...matchSchema,
      description: 'Which pools: every key given must match; inside a key, any entry may. Without it: all pools.',
    },
    expect: {
      type: 'object',
      description: "What the pool must say, in the API's own field names. `{}` covers a pool and asks nothing.",
      examples: [{ MfaConfiguration: { oneOf: ['ON', 'OPTIONAL'], set: 'OPTIONAL' } }],
    },
    exact: { description: 'No member beyond those that `expect` names may be there.', type: 'boolean', default: false },
    remediation: {
      description: "Replaces the configuration's mode, allow and readiness for this policy.",
      type: 'object',
      additionalProperties: false,
      properties: {
        mode: modeSchema,
        allow: allowSchema,
        readiness: readinessSchema,
        enrolment: enrolmentSchema,
        meanwhile: meanwhileSchema,
      },
    },
  },
} as const;

export const policySchema = {
  $schema: draft,
  $id: 'urn:mfa-drift:schema:v1:policy',
  title: 'mfa-drift policy',
  ...policyShape,
  properties: {
    ...policyShape.properties,
    match: { $ref: '#/$defs/match', description: policyShape.properties.match.description },
    expect: { ...policyShape.properties.expect, $ref: '#/$defs/expect' },
  },
  $defs: { ...expectationDefinitions(), ...matchDefinitions() },
};

/** `match` and its blocks; they need the definitions of `UserPool`. */
export function matchDefinitions(): Readonly<Record<string, object>> {
  const userPool = {
    description: "Members of DescribeUserPool's answer, with operators.",
    examples: [{ EstimatedNumberOfUsers: { min: 1 } }],
    $ref: '#/$defs/UserPool',
  };
  const exclude = {
    description: 'Blocks of the same keys; a block excludes when all of its keys match.',
    type: 'array',
    minItems: 1,
    items: { $ref: '#/$defs/match', minProperties: 1 },
    examples: [[{ pools: ['*-sandbox'] }]],
  };
  return { match: { ...matchSchema, properties: { ...placeKeys, UserPool: userPool, exclude } } };
}
