/** What is read and judged: accounts, roles, regions, policies. */
import type { SettingRow } from '../kinds.ts';

export const scope = {
  'accounts.organization': {
    kind: 'truth',
    default: false,
    description: 'List the accounts with AWS Organizations.',
    flag: null,
  },
  'accounts.organizationRole': {
    kind: 'roleArn',
    default: null,
    description:
      'Assumed to ask AWS Organizations and for nothing else, in the management account or a delegated administrator. Without it the caller asks.',
    examples: ['arn:aws:iam::111122223333:role/MfaDriftOrganization'],
    flag: null,
  },
  'accounts.ids': {
    kind: 'accountIds',
    default: null,
    description: 'Audit exactly these accounts.',
    examples: [['111122223333']],
    flag: null,
  },
  'accounts.include': {
    kind: 'accountSelectors',
    default: [],
    description: 'Only accounts that one of these blocks matches. Without it: all.',
    flag: null,
  },
  'accounts.exclude': {
    kind: 'accountSelectors',
    default: [],
    description: 'Accounts that one of these blocks matches are left out.',
    flag: null,
  },
  'role.name': {
    kind: 'roleName',
    default: 'MfaDriftAudit',
    description: 'Assumed to read.',
    flag: null,
  },
  'role.remediationName': {
    kind: 'roleName',
    default: null,
    description: 'Assumed only to write. Without it: the same as `name`.',
    examples: ['MfaDriftRemediate'],
    flag: null,
  },
  'role.readinessName': {
    kind: 'roleName',
    default: null,
    description:
      'Assumed only to read users, for `mfa-drift readiness` and for changes that wait for them. Without it: the same as `name`.',
    examples: ['MfaDriftReadiness'],
    flag: null,
  },
  'role.deliveryName': {
    kind: 'roleName',
    default: 'MfaDriftDelivery',
    description:
      "Assumed to import findings into Security Hub, in an account that is not the caller's, and for nothing else.",
    flag: null,
  },
  'role.externalId': {
    kind: 'externalId',
    default: null,
    description: 'Handed to AssumeRole; best kept out of the file.',
    examples: ['${env:MFA_DRIFT_EXTERNAL_ID}'],
    flag: null,
  },
  'role.durationSeconds': {
    kind: 'whole',
    least: 900,
    most: 43_200,
    default: 3600,
    description: 'How long a session lasts. With role chaining AWS gives at most 3600.',
    flag: null,
  },
  'role.sessionPolicy': {
    kind: 'truth',
    default: true,
    description:
      'Sessions that read are assumed with a session policy that denies cognito-idp:Set*, so that an audit cannot write even where the role could.',
    flag: null,
  },
  'role.overrides': {
    kind: 'rolesByAccount',
    default: {},
    description: 'Another role for single accounts, by account id.',
    examples: [{ '777788889999': { name: 'OtherRole' } }],
    flag: null,
  },
  regions: {
    kind: 'regions',
    default: 'enabled',
    description: 'enabled: all that the account has enabled and Cognito serves; or a list; or globs to leave out.',
    examples: ['enabled', { exclude: ['ap-*'] }, ['eu-west-1', 'eu-central-1']],
    flag: null,
  },
  policies: {
    kind: 'paths',
    default: ['policies'],
    description: 'Files and folders with policies and exceptions, relative to this file.',
    flag: {
      flag: '--policies <path>',
      help: 'a file or folder of policies (repeatable; default: policies, beside the configuration)',
      family: 'policies',
      effect: 'replaces',
    },
  },
  failOn: {
    kind: 'severity',
    default: 'low',
    description: 'Drift below this severity does not make exit code 2.',
    flag: {
      flag: '--fail-on <severity>',
      help: 'the least severity that makes exit code 2',
      family: 'audit',
      effect: 'replaces',
    },
  },
  requireCoverage: {
    kind: 'truth',
    default: true,
    description: 'A pool that no policy matches is uncovered, and counts as drift of severity medium.',
    flag: null,
  },
  blame: {
    kind: 'truth',
    default: false,
    description:
      'Ask AWS CloudTrail who changed the pools that drift. It needs cloudtrail:LookupEvents, and three look-ups for each account and region with drift.',
    flag: {
      flag: '--blame',
      help: 'also ask CloudTrail who changed the pools that drift, when and from what',
      family: 'audit',
      effect: 'replaces',
    },
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
