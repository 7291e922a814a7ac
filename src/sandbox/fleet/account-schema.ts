/** Accounts, roles and pools of the fleet file. */
import { statedAnswers } from '../cognito/stated-reads.ts';
import { userGroup } from './directory.ts';
import { roleTemplates } from './roles/role-templates.ts';
import { accountId, actionRules, actions, policy, region, regions, tags, unitPath } from './shared-schemas.ts';

export const permissionsLike = {
  enum: roleTemplates,
  description:
    'May what deploy/NAME.yaml grants, no less and no more. `policy` and `allows` go over it, `lacks` is taken from it.',
} as const;

export const role = {
  type: 'object',
  additionalProperties: false,
  properties: {
    externalId: {
      anyOf: [{ type: 'string', minLength: 2, maxLength: 1224 }, { type: 'null' }],
      description: 'What the trust policy asks for; null asks for none.',
    },
    trusts: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description:
        'Account ids or principal ARNs. Default: the accounts of the caller, the management and the delegated administrators. [] denies everyone.',
    },
    like: permissionsLike,
    policy,
    allows: { ...actions, description: 'Default: ["*"].' },
    lacks: actionRules,
    maxSessionSeconds: { type: 'integer', minimum: 3600, maximum: 43_200, description: 'Default 3600.' },
  },
} as const;

const mfa = {
  type: 'object',
  description: 'What GetUserPoolMfaConfig answers, members that no model knows included.',
  required: ['MfaConfiguration'],
  properties: { MfaConfiguration: { enum: ['OFF', 'ON', 'OPTIONAL'] } },
} as const;

const userPool = {
  type: 'object',
  description: 'Members of DescribeUserPool, such as { UserPoolTier: LITE }.',
} as const;

const answers = {
  type: 'object',
  additionalProperties: false,
  description: 'What other reads of the pool answer, such as { DescribeRiskConfiguration: { RiskConfiguration: {} } }.',
  properties: statedAnswers,
} as const;

const like = {
  type: 'string',
  description: 'A template: what is written here goes over it, member by member.',
} as const;

export const template = {
  type: 'object',
  additionalProperties: false,
  properties: { like, mfa, userPool, tags, answers },
} as const;

const pool = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'regions'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 120, pattern: String.raw`^[\w\s+=,.@-]+$` },
    regions: { type: 'array', minItems: 1, items: region, description: 'One such pool in each.' },
    count: { type: 'integer', minimum: 1, description: 'So many in each region, named NAME-1, NAME-2, …' },
    id: {
      type: 'string',
      maxLength: 55,
      pattern: String.raw`^[\w-]+_[0-9a-zA-Z]+$`,
      description: 'Default: made from the seed.',
    },
    like,
    mfa,
    userPool,
    tags,
    answers,
    users: {
      type: 'integer',
      minimum: 0,
      description: 'EstimatedNumberOfUsers. Default: as many as `directory` has.',
    },
    directory: { type: 'array', items: userGroup, description: 'Its users, in groups of such that are alike.' },
    replicas: { type: 'array', items: region, description: 'Regions that hold a replica with the same id.' },
    vanishes: { type: 'boolean', description: 'Deleted as soon as ListUserPools has named it.' },
  },
} as const;

export const account = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name'],
  properties: {
    id: accountId,
    name: { type: 'string', minLength: 1, maxLength: 128 },
    email: { type: 'string', minLength: 6, maxLength: 64 },
    state: { enum: ['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] },
    unit: unitPath,
    tags,
    regions,
    roles: {
      type: 'object',
      description: 'Over the roles of the fleet, member by member; null takes a role away.',
      additionalProperties: { anyOf: [role, { type: 'null' }] },
    },
    pools: { type: 'array', items: pool },
  },
} as const;
