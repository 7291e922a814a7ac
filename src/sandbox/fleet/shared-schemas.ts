/** What several parts of the fleet file are written in. */
export const accountId = {
  type: 'string',
  pattern: String.raw`^\d{12}$`,
  description: 'Twelve digits, quoted: "111122223333".',
} as const;

export const region = { type: 'string', pattern: '^[a-z]{2,4}(-[a-z]+)+-[0-9]+$' } as const;

export const tags = {
  type: 'object',
  description: 'Such as { audience: customer }.',
  additionalProperties: { type: 'string', maxLength: 256 },
} as const;

export const unitPath = {
  type: 'string',
  pattern: '^(/|(/[^/]+)+)$',
  description: 'Names from the root down: /Workloads/Prod. "/" is the root itself.',
} as const;

export const actionRules = {
  type: 'array',
  description: 'Actions that the identity lacks, such as cognito-idp:GetUserPoolMfaConfig or cognito-idp:*.',
  items: {
    anyOf: [
      { type: 'string', minLength: 1 },
      {
        type: 'object',
        additionalProperties: false,
        required: ['action', 'whereTagged'],
        properties: {
          action: { type: 'string', minLength: 1 },
          whereTagged: { ...tags, description: 'Only on pools with these tags, such as { mfa-remediation: exempt }.' },
        },
      },
    ],
  },
} as const;

export const policy = {
  type: 'object',
  description:
    'May what this IAM policy document grants: Effect, Action, Resource, StringEquals and StringNotEquals are played, all else is refused.',
} as const;

export const actions = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } as const;

const optStatus = { enum: ['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'] } as const;

export const regions = {
  type: 'object',
  description:
    'What account:ListRegions says, such as { me-central-1: ENABLED }. Opt-in regions are DISABLED by default.',
  propertyNames: region,
  additionalProperties: optStatus,
} as const;
