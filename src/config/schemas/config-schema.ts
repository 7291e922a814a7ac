/* oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema; nobody awaits a schema. */
/** `mfa-drift.yaml` (kind Config). */
import { accountSelectorSchema } from './selector-schema.ts';
import {
  accountIdSchema,
  allowSchema,
  apiVersionSchema,
  draft,
  modeSchema,
  regionSchema,
  severitySchema,
} from './words.ts';

/** Filled in before anything is judged; here so that an editor accepts it. */
const reference = '\\$\\{env:[^}]+\\}';

/** IAM's own rules for role names and paths; PARTITION and ACCOUNT are put in for each account. */
const roleName = {
  type: 'string',
  pattern: `^((arn:[A-Za-z0-9-]+:iam::(ACCOUNT|\\d{12}):role/)?([\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}|${reference})$`,
  patternErrorMessage: 'must be a role name (a path is allowed) or arn:PARTITION:iam::ACCOUNT:role/NAME',
} as const;

const quota = (operations: string, perSecond: number) =>
  ({
    description: `Requests a second for each account and region: ${operations}. The service's own quota is ${perSecond}.`,
    type: 'number',
    exclusiveMinimum: 0,
    default: perSecond,
  }) as const;

const selectors = { type: 'array', items: accountSelectorSchema } as const;
const count = { type: 'integer', minimum: 0 } as const;

export const configSchema = {
  $schema: draft,
  $id: 'urn:mfa-drift:schema:v1:config',
  title: 'mfa-drift configuration',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind'],
  properties: {
    apiVersion: apiVersionSchema,
    kind: { const: 'Config', description: 'This file configures mfa-drift.' },
    accounts: {
      description: "Which accounts are audited. Without it: the caller's own.",
      type: 'object',
      additionalProperties: false,
      properties: {
        organization: { description: 'List the accounts with AWS Organizations.', type: 'boolean' },
        ids: {
          description: 'Audit exactly these accounts.',
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: accountIdSchema,
          examples: [['111122223333']],
        },
        include: { ...selectors, description: 'Only accounts that one of these blocks matches. Without it: all.' },
        exclude: { ...selectors, description: 'Accounts that one of these blocks matches are left out.' },
      },
      examples: [{ organization: true, exclude: [{ accounts: ['444455556666'] }] }],
    },
    role: {
      description: 'The role that is assumed in each account.',
      type: 'object',
      additionalProperties: false,
      properties: {
        name: { ...roleName, description: 'Assumed to read.', default: 'MfaDriftAudit' },
        remediationName: {
          ...roleName,
          description: 'Assumed only to write. Without it: the same as `name`.',
          examples: ['MfaDriftRemediate'],
        },
        externalId: {
          description: 'Handed to AssumeRole; best kept out of the file.',
          type: 'string',
          minLength: 2,
          maxLength: 1224,
          pattern: `^([\\w+=,.@:/-]|${reference})*$`,
          patternErrorMessage: 'may hold letters, digits and +=,.@:/-_ only',
          examples: ['${env:MFA_DRIFT_EXTERNAL_ID}'],
        },
        durationSeconds: {
          description: 'How long a session lasts. With role chaining AWS gives at most 3600.',
          type: 'integer',
          minimum: 900,
          maximum: 43_200,
          default: 3600,
        },
        sessionPolicy: {
          description:
            'Sessions that read are assumed with a session policy that denies cognito-idp:Set*, so that an audit cannot write even where the role could.',
          type: 'boolean',
          default: true,
        },
        overrides: {
          description: 'Another role for single accounts, by account id.',
          type: 'object',
          propertyNames: accountIdSchema,
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            required: ['name'],
            properties: { name: { ...roleName, description: 'Assumed to read in this account.' } },
          },
          examples: [{ '777788889999': { name: 'OtherRole' } }],
        },
      },
    },
    regions: {
      description: 'enabled: all that the account has enabled and Cognito serves; or a list; or globs to leave out.',
      default: 'enabled',
      if: { type: 'object' },
      then: {
        additionalProperties: false,
        required: ['exclude'],
        properties: {
          exclude: {
            description: 'Globs on regions to leave out.',
            type: 'array',
            minItems: 1,
            items: { type: 'string', minLength: 1 },
            examples: [['ap-*']],
          },
        },
      },
      else: {
        if: { type: 'array' },
        then: { minItems: 1, uniqueItems: true, items: regionSchema },
        else: { const: 'enabled' },
      },
      examples: ['enabled', { exclude: ['ap-*'] }, ['eu-west-1', 'eu-central-1']],
    },
    policies: {
      description: 'Files and folders with policies and exceptions, relative to this file.',
      type: 'array',
      minItems: 1,
      items: { type: 'string', minLength: 1 },
      default: ['policies'],
    },
    failOn: { ...severitySchema, description: 'Drift below this severity does not make exit code 2.', default: 'low' },
    requireCoverage: {
      description: 'A pool that no policy matches is uncovered, and counts as drift of severity medium.',
      type: 'boolean',
      default: true,
    },
    limits: {
      description: 'How much the run may ask of AWS.',
      type: 'object',
      additionalProperties: false,
      properties: {
        concurrency: {
          description: 'Requests in flight in the whole run.',
          type: 'integer',
          minimum: 1,
          maximum: 1000,
          default: 64,
        },
        quotaShare: {
          description: "The part of each account's Cognito request quota that the run may use: over 0, up to 1.",
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          default: 0.5,
        },
        quotas: {
          description: 'Requests a second in each account and region, where AWS grants other than the usual quotas.',
          type: 'object',
          additionalProperties: false,
          properties: {
            UserPoolRead: quota('ListUserPools, DescribeUserPool', 15),
            UserPoolResourceRead: quota('GetUserPoolMfaConfig', 20),
            UserPoolResourceUpdate: quota('SetUserPoolMfaConfig', 15),
          },
        },
      },
    },
    remediation: {
      description: 'What may be changed.',
      type: 'object',
      additionalProperties: false,
      properties: {
        mode: { ...modeSchema, default: 'manual' },
        allow: { ...allowSchema, default: ['tightening'] },
        maxChanges: { ...count, description: 'More pools than this stop all changes.', default: 25 },
        maxChangesPercent: {
          description: 'More than this part of the pools read, once there are 10, stops all changes.',
          type: 'number',
          minimum: 0,
          maximum: 100,
          default: 10,
        },
        maxUsers: { ...count, description: 'Users of all pools that change disruptively, together.', default: 1000 },
        maxFailures: {
          description: 'Failed changes in a row that stop the rest.',
          type: 'integer',
          minimum: 1,
          default: 3,
        },
        includeManaged: { description: 'Also change pools that are managed as code.', type: 'boolean', default: false },
        allowEndpoint: {
          description:
            'Hosts that changes may be sent to although an override names them in place of AWS; this machine itself needs no consent.',
          type: 'array',
          items: {
            type: 'string',
            pattern: '^[A-Za-z0-9.-]+(:\\d+)?$|^\\[[0-9A-Fa-f:.]+\\](:\\d+)?$',
            patternErrorMessage: 'must be a host, without a scheme or a path',
          },
          default: [],
          examples: [['vpce-0a1b2c3d-example.cognito-idp.eu-west-1.vpce.amazonaws.com']],
        },
        managedTags: {
          description: 'Tags that tell that a pool is managed as code.',
          type: 'array',
          items: { type: 'string', minLength: 1 },
          default: ['aws:cloudformation:stack-name'],
        },
      },
    },
    exceptions: {
      description: 'Rules for exceptions.',
      type: 'object',
      additionalProperties: false,
      properties: {
        maxDays: {
          description: 'An exception that runs longer from today is an error.',
          type: 'integer',
          minimum: 1,
          default: 180,
        },
      },
    },
    reports: {
      description: 'FORMAT or FORMAT=FILE; without a file, standard output.',
      type: 'array',
      items: {
        type: 'string',
        pattern: '^[a-z][a-z-]*(=.+)?$',
        patternErrorMessage: 'must be FORMAT or FORMAT=FILE',
      },
      examples: [['table', 'html=reports/drift.html']],
    },
  },
} as const;
