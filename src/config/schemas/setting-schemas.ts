/* oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema; nobody awaits a schema. */
/** What each kind of setting may be, as JSON Schema. */
import { accountIdPattern } from '../../domain/model/ids.ts';
import { severities } from '../../domain/model/severity.ts';
import { remediationModes, type Bounds, type KindName, type SettingRow } from '../../domain/settings/kinds.ts';
import { accountSelectorSchema } from './selector-schema.ts';
import { accountIdSchema, allowSchema, regionSchema } from './shared-schemas.ts';

/** Filled in before anything is judged; here so that an editor accepts it. */
const reference = '\\$\\{env:[^}]+\\}';

/** IAM's own rules for role names and paths; PARTITION and ACCOUNT are put in for each account. */
export const roleName = {
  type: 'string',
  pattern: `^((arn:[A-Za-z0-9-]+:iam::(ACCOUNT|${accountIdPattern}):role/)?([\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}|${reference})$`,
  patternErrorMessage: 'must be a role name (a path is allowed) or arn:PARTITION:iam::ACCOUNT:role/NAME',
} as const;

const roleArn = {
  type: 'string',
  pattern: `^(arn:[A-Za-z0-9-]+:iam::\\d{12}:role/([\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}|${reference})$`,
  patternErrorMessage: "must be a role's whole ARN: arn:PARTITION:iam::ACCOUNT:role/NAME",
} as const;

/** STS's own rules for ExternalId. */
export const externalId = {
  type: 'string',
  minLength: 2,
  maxLength: 1224,
  pattern: `^([\\w+=,.@:/-]|${reference})*$`,
  patternErrorMessage: 'may hold letters, digits and +=,.@:/-_ only',
} as const;

const text = { type: 'string', minLength: 1 } as const;

const regions = {
  if: { type: 'object' },
  then: {
    additionalProperties: false,
    required: ['exclude'],
    properties: {
      exclude: {
        description: 'Globs on regions to leave out.',
        type: 'array',
        minItems: 1,
        items: text,
        examples: [['ap-*']],
      },
    },
  },
  else: {
    if: { type: 'array' },
    then: { minItems: 1, uniqueItems: true, items: regionSchema },
    else: { const: 'enabled' },
  },
} as const;

const kindSchemas = {
  truth: { type: 'boolean' },
  whole: { type: 'integer' },
  number: { type: 'number' },
  severity: { enum: severities },
  mode: { enum: remediationModes },
  risks: allowSchema,
  roleName,
  roleArn,
  externalId,
  rolesByAccount: {
    type: 'object',
    propertyNames: accountIdSchema,
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: { name: { ...roleName, description: 'Assumed to read in this account.' } },
    },
  },
  accountIds: { type: 'array', minItems: 1, uniqueItems: true, items: accountIdSchema },
  accountSelectors: { type: 'array', items: accountSelectorSchema },
  regions,
  paths: { type: 'array', minItems: 1, items: text },
  tags: { type: 'array', items: text },
  hosts: {
    type: 'array',
    items: {
      type: 'string',
      pattern: '^[A-Za-z0-9.-]+(:\\d+)?$|^\\[[0-9A-Fa-f:.]+\\](:\\d+)?$',
      patternErrorMessage: 'must be a host, without a scheme or a path',
    },
  },
  reports: {
    type: 'array',
    items: { type: 'string', pattern: '^[a-z][a-z-]*(=.+)?$', patternErrorMessage: 'must be FORMAT or FORMAT=FILE' },
  },
  targets: {
    type: 'array',
    uniqueItems: true,
    items: {
      type: 'string',
      pattern: '^[a-z][a-z0-9]*(:.+)?$',
      patternErrorMessage: 'must be a target, such as slack',
    },
  },
} as const satisfies Readonly<Record<KindName, object>>;

/** The schema of one setting. */
export function settingSchema(row: SettingRow): object {
  return {
    description: row.description,
    ...kindSchemas[row.kind],
    ...('over' in row || 'least' in row || 'most' in row ? boundsSchema(row) : {}),
    ...(row.default === null ? {} : { default: row.default }),
    ...(row.examples === undefined ? {} : { examples: row.examples }),
  };
}

function boundsSchema({ over, least, most }: Bounds): object {
  return {
    ...(over === undefined ? {} : { exclusiveMinimum: over }),
    ...(least === undefined ? {} : { minimum: least }),
    ...(most === undefined ? {} : { maximum: most }),
  };
}
