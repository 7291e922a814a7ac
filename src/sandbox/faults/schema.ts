/** The faults file: what goes wrong, how often and where. */
export const faultKinds = [
  'throttle',
  'http500',
  'notJson',
  'truncate',
  'cutBody',
  'resetBefore',
  'resetAfter',
  'hang',
  'expireSession',
] as const;

const words = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } as const;

const fault = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['fault'] }, { required: ['latencyMs'] }],
  properties: {
    fault: {
      enum: faultKinds,
      description:
        'throttle, http500, notJson (an HTML 503), truncate (half of the body), cutBody (half of what was promised, then the connection ends), resetBefore and resetAfter (before or after acting), hang (never an answer), expireSession (until a new AssumeRole).',
    },
    latencyMs: {
      description: 'Answer late, by so many milliseconds, or by [least, most].',
      oneOf: [
        { type: 'number', minimum: 0 },
        { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number', minimum: 0 } },
      ],
    },
    rate: { type: 'number', minimum: 0, maximum: 1, description: 'Share of the calls. Default 1.' },
    operations: { ...words, description: 'Such as [GetUserPoolMfaConfig]. Default: all.' },
    accounts: { ...words, description: 'Account ids, quoted. Default: all.' },
    regions: { ...words, description: 'Such as [eu-west-1]. Default: all.' },
    after: { type: 'integer', minimum: 0, description: 'Let so many matching calls pass first. Default 0.' },
    count: { type: 'integer', minimum: 1, description: 'Stop after so many. Default: never.' },
  },
} as const;

export const faultsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mfa-drift:schema:v1:faults',
  title: 'mfa-drift sandbox: faults',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'faults'],
  properties: {
    apiVersion: { const: 'mfa-drift/v1' },
    kind: { const: 'Faults' },
    seed: { type: 'integer', minimum: 0, description: 'The same seed spoils the same calls. Default 1.' },
    faults: { type: 'array', items: fault },
  },
} as const;
