/** The fleet file: an organization in YAML. One schema is the validator, the type and the editor's help. */
import type { FromSchema } from 'json-schema-to-ts';
import { account, permissionsLike, role, template } from './account-schema.ts';
import { accountId, actionRules, actions, policy, region, regions, tags, unitPath } from './shared-schemas.ts';

const organization = {
  type: 'object',
  additionalProperties: false,
  required: ['managementAccount'],
  properties: {
    id: { type: 'string', pattern: '^o-[a-z0-9]{10,32}$' },
    managementAccount: accountId,
    delegatedAdministrators: { type: 'array', items: accountId },
    units: {
      type: 'object',
      description: 'Units with tags of their own, or without accounts. The others come from the accounts.',
      propertyNames: unitPath,
      additionalProperties: { type: 'object', additionalProperties: false, properties: { tags } },
    },
    serviceControlPolicies: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'attachedTo', 'actions', 'regions'],
        properties: {
          id: { type: 'string', pattern: '^p-[0-9a-zA-Z_]{8,128}$' },
          attachedTo: { type: 'array', items: { type: 'string' }, description: 'Unit paths and account ids.' },
          actions: { ...actions, description: 'What is denied, such as ["cognito-idp:*"].' },
          regions: { type: 'array', minItems: 1, items: region, description: 'Where it is denied.' },
        },
      },
    },
    accountStates: {
      enum: ['State', 'Status', 'both', 'neither'],
      description: 'Which member of an account says its state; Status is the retired one. Default State.',
    },
    paths: { type: 'boolean', description: 'Whether accounts carry Paths. Default true.' },
  },
} as const;

const caller = {
  type: 'object',
  additionalProperties: false,
  description: 'Whose credentials the sandbox prints: a user, or a role (then assuming a role is chaining).',
  required: ['account'],
  properties: {
    account: accountId,
    user: { type: 'string', minLength: 1, description: 'Default: auditor.' },
    role: { type: 'string', minLength: 1 },
    like: permissionsLike,
    policy,
    allows: { ...actions, description: 'Default: ["*"].' },
    lacks: actionRules,
  },
} as const;

const rate = { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { const: 'off' }] } as const;

const quotas = {
  description: 'Requests a second by category, each "off" or a number; "off" switches all off. Default: AWS\'s.',
  anyOf: [
    { const: 'off' },
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        UserPoolRead: rate,
        UserPoolResourceRead: rate,
        UserPoolResourceUpdate: rate,
        UserPoolUpdate: rate,
        UserList: rate,
        UserRead: rate,
        PerUserPool: rate,
        LookupEvents: rate,
        Organizations: rate,
        AccountManagement: rate,
        SecurityTokens: rate,
      },
    },
  ],
} as const;

export const fleetSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mfa-drift:schema:v1:fleet',
  title: 'mfa-drift sandbox: fleet',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'accounts'],
  properties: {
    apiVersion: { const: 'mfa-drift/v1' },
    kind: { const: 'Fleet' },
    seed: { type: 'integer', minimum: 0, description: 'Ids, keys and empty pages follow from it. Default 1.' },
    homeRegion: { ...region, description: 'AWS_REGION of the printed environment. Default us-east-1.' },
    organization,
    caller,
    regions,
    roles: {
      type: 'object',
      description: 'In every account but the management account, unless the account says otherwise.',
      additionalProperties: role,
    },
    templates: { type: 'object', additionalProperties: template },
    quotas,
    emptyPages: {
      type: 'number',
      minimum: 0,
      maximum: 0.9,
      description: 'Share of pages that come empty, with a token. Default 0.1.',
    },
    switches: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Answers for what is UNVERIFIED.',
    },
    accounts: { type: 'array', minItems: 1, items: account },
  },
} as const;

export type FleetDocument = FromSchema<typeof fleetSchema>;
export type AccountEntry = FleetDocument['accounts'][number];
export type PoolEntry = NonNullable<AccountEntry['pools']>[number];
export type RoleEntry = NonNullable<FleetDocument['roles']>[string];
export type TemplateEntry = NonNullable<FleetDocument['templates']>[string];
export type OrganizationEntry = NonNullable<FleetDocument['organization']>;
