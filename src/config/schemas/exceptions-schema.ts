/** An exceptions file (kind Exceptions). */
import { expectationDefinitions } from './expectation-schema.ts';
import { matchDefinitions } from './policy-schema.ts';
import { apiVersionSchema, dateSchema, draft, gapCodeSchema } from './shared-schemas.ts';

const exceptionShape = {
  type: 'object',
  additionalProperties: false,
  required: ['match', 'reason', 'owner', 'expires'],
  properties: {
    match: {
      type: 'object',
      minProperties: 1,
      description: 'Which pools (or, with `gaps`, which accounts and regions).',
    },
    policies: {
      description: 'Names of the policies that it is an exception to. Without it: all.',
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
      examples: [['prod-customers']],
    },
    gaps: {
      description: 'Accepts gaps of these codes instead of excusing drift.',
      type: 'array',
      minItems: 1,
      items: gapCodeSchema,
      examples: [['AccessDenied']],
    },
    paths: {
      description: 'Only these fields, each with all below it.',
      type: 'array',
      minItems: 1,
      items: { type: 'string', minLength: 1 },
      examples: [['SmsMfaConfiguration']],
    },
    reason: { description: 'Why.', type: 'string', minLength: 1, examples: ['Legacy call centre, migrates in Q1'] },
    owner: { description: 'Who answers for it.', type: 'string', minLength: 1, examples: ['identity@example.com'] },
    ticket: { description: 'Where it is tracked.', type: 'string', minLength: 1, examples: ['SEC-1234'] },
    expires: { ...dateSchema, description: 'It holds through that day, UTC.', examples: ['2027-03-31'] },
    hold: {
      description: 'It only stops fixes: the drift stays drift.',
      type: 'boolean',
      default: false,
    },
  },
} as const;

export const exceptionsShape = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'exceptions'],
  properties: {
    apiVersion: apiVersionSchema,
    kind: { const: 'Exceptions', description: 'This file excuses drift or accepts gaps, for a time.' },
    exceptions: { type: 'array', items: exceptionShape },
  },
} as const;

export const exceptionsSchema = {
  $schema: draft,
  $id: 'urn:mfa-drift:schema:v1:exceptions',
  title: 'mfa-drift exceptions',
  ...exceptionsShape,
  properties: {
    ...exceptionsShape.properties,
    exceptions: {
      type: 'array',
      items: {
        ...exceptionShape,
        properties: {
          ...exceptionShape.properties,
          match: { ...exceptionShape.properties.match, $ref: '#/$defs/match' },
        },
      },
    },
  },
  $defs: { ...expectationDefinitions(), ...matchDefinitions() },
};
