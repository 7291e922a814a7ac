/**
 * Every setting, one row each, under its path in `mfa-drift.yaml`. The schema of the configuration, the defaults, the
 * types, the variables (named after the path), the flags and docs/configuration.md are made from it, in this order.
 */
import { requestsUnder } from '../model/api/reads.ts';
import { isForPersons, risks } from '../model/risk.ts';
import type { SectionRow, SettingRow } from './kinds.ts';

const forPersons = risks.filter(isForPersons).join(', ');

export const settingTable = {
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
  'limits.concurrency': {
    kind: 'whole',
    least: 1,
    most: 1000,
    default: 64,
    description: 'Requests in flight in the whole run.',
    flag: null,
  },
  'limits.quotaShare': {
    kind: 'number',
    over: 0,
    most: 1,
    default: 0.5,
    description: "The part of each account's Cognito request quota that the run may use: over 0, up to 1.",
    flag: null,
  },
  // The service's own quotas. Source: AWS developer guide, "Quotas in Amazon Cognito".
  'limits.quotas.UserPoolRead': {
    kind: 'number',
    over: 0,
    default: 15,
    description: `Requests a second for each account and region: ${requestsUnder('UserPoolRead')}. The service's own quota is 15.`,
    flag: null,
  },
  'limits.quotas.UserPoolResourceRead': {
    kind: 'number',
    over: 0,
    default: 20,
    description: `Requests a second for each account and region: ${requestsUnder('UserPoolResourceRead')}. The service's own quota is 20.`,
    flag: null,
  },
  'limits.quotas.UserPoolResourceUpdate': {
    kind: 'number',
    over: 0,
    default: 15,
    description: "Requests a second for each account and region: SetUserPoolMfaConfig. The service's own quota is 15.",
    flag: null,
  },
  'limits.quotas.UserList': {
    kind: 'number',
    over: 0,
    default: 30,
    description:
      "Requests a second for each account and region: ListUsers. The service's own quota is 30, and AWS raises it for nobody.",
    flag: null,
  },
  'limits.quotas.UserRead': {
    kind: 'number',
    over: 0,
    default: 120,
    description:
      "Requests a second for each account and region: AdminGetUserAuthFactors. The service's own quota is 120, which applications share.",
    flag: null,
  },
  'limits.quotas.LookupEvents': {
    kind: 'number',
    over: 0,
    default: 2,
    description:
      "Requests a second for each account and region: CloudTrail's LookupEvents, where `blame` asks. The service's own quota is 2, which everybody who looks up events shares.",
    flag: null,
  },
  'limits.lookupPages': {
    kind: 'whole',
    least: 1,
    default: 10,
    description:
      'Pages of 50 events, of every pool of an account and region, that are read of each of the three look-ups at most.',
    flag: null,
  },
  'remediation.mode': {
    kind: 'mode',
    default: 'manual',
    description: 'auto: `audit --remediate` may fix it. manual: only `plan` and `apply`. never: nothing does.',
    flag: null,
  },
  'remediation.allow': {
    kind: 'risks',
    default: ['tightening'],
    description: `Risks that a fix may take. \`${forPersons}\` can only be allowed on the command line, with --allow ${forPersons}.`,
    examples: [['tightening'], ['tightening', 'disruptive']],
    flag: {
      flag: '--allow <risk>',
      help: `allow changes of this risk too: ${risks.slice(1).join(', ')} (repeatable)`,
      family: 'limits',
      effect: 'adds',
    },
  },
  'remediation.readiness': {
    kind: 'number',
    least: 0,
    most: 1,
    default: null,
    description:
      'Of the local users of a pool the share that must surely be able to sign in before a fix requires MFA, or takes a factor away; 0.98 is 98 %. Without it nobody is asked.',
    examples: [0.98],
    flag: null,
  },
  'remediation.maxChanges': {
    kind: 'whole',
    least: 0,
    default: 25,
    description: 'More pools than this stop all changes.',
    flag: {
      flag: '--max-changes <n>',
      help: 'change nothing where more pools would change (replaces the percentage)',
      family: 'limits',
      effect: 'replaces',
      implies: { 'remediation.maxChangesPercent': 100 },
    },
  },
  'remediation.maxChangesPercent': {
    kind: 'number',
    least: 0,
    most: 100,
    default: 10,
    description: 'More than this part of the pools read, once there are 10, stops all changes.',
    flag: {
      flag: '--max-changes-percent <n>',
      help: 'change nothing where more of the pools read would change',
      family: 'limits',
      effect: 'replaces',
    },
  },
  'remediation.maxUsers': {
    kind: 'whole',
    least: 0,
    default: 1000,
    description: 'Users of all pools that change disruptively, together.',
    flag: {
      flag: '--max-users <n>',
      help: 'refuse all disruptive changes where together they touch more users',
      family: 'limits',
      effect: 'replaces',
    },
  },
  'remediation.maxFailures': {
    kind: 'whole',
    least: 1,
    default: 3,
    description: 'Failed changes in a row that stop the rest.',
    flag: null,
  },
  'remediation.includeManaged': {
    kind: 'truth',
    default: false,
    description: 'Also change pools that are managed as code.',
    flag: {
      flag: '--include-managed',
      help: 'change pools too whose tags, or events of CloudTrail, say that they are managed as code',
      family: 'limits',
      effect: 'replaces',
    },
  },
  'remediation.allowEndpoint': {
    kind: 'hosts',
    default: [],
    description:
      'Hosts that changes may be sent to although an override names them in place of AWS; this machine itself needs no consent.',
    examples: [['vpce-0a1b2c3d-example.cognito-idp.eu-west-1.vpce.amazonaws.com']],
    flag: {
      flag: '--allow-endpoint <host>',
      help: 'change pools through this host, which an override names in place of AWS (repeatable)',
      family: 'endpoint',
      effect: 'adds',
    },
  },
  'remediation.managedTags': {
    kind: 'tags',
    default: ['aws:cloudformation:stack-name'],
    description: 'Tags that tell that a pool is managed as code.',
    flag: null,
  },
  'exceptions.maxDays': {
    kind: 'whole',
    least: 1,
    default: 180,
    description: 'An exception that runs longer from today is an error.',
    flag: null,
  },
  reports: {
    kind: 'reports',
    default: ['table'],
    description: 'FORMAT or FORMAT=FILE; without a file, standard output.',
    examples: [['table', 'html=reports/drift.html']],
    flag: {
      flag: '--report <format[=file]>',
      help: 'a report; without a file, or with -, on standard output; asff=FOLDER/ writes a file a batch (repeatable; default: table)',
      family: 'report',
      effect: 'replaces',
    },
  },
  deliver: {
    kind: 'targets',
    default: [],
    description:
      'Where an audit is told when it has ended, and `mfa-drift deliver` without `--to`. Secrets stand in the environment, never here.',
    examples: [['slack']],
    flag: {
      flag: '--deliver <target>',
      help: 'tell it there when all is saved, as mfa-drift deliver does (repeatable)',
      family: 'deliver',
      effect: 'replaces',
    },
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** Where a setting stands in the configuration: keys with dots between them. */
export type SettingPath = keyof typeof settingTable;

type SectionOf<Path> = Path extends `${infer Head}.${infer Rest}` ? Head | Below<Head, SectionOf<Rest>> : never;
type Below<Head extends string, Rest> = Rest extends string ? `${Head}.${Rest}` : never;
export type SectionPath = SectionOf<SettingPath>;

/** The maps that settings stand in. */
export const settingSections = {
  accounts: {
    description: "Which accounts are audited. Without it: the caller's own.",
    examples: [{ organization: true, exclude: [{ accounts: ['444455556666'] }] }],
  },
  role: { description: 'The role that is assumed in each account.' },
  limits: { description: 'How much the run may ask of AWS.' },
  'limits.quotas': {
    description: 'Requests a second in each account and region, where AWS grants other than the usual quotas.',
  },
  remediation: { description: 'What may be changed.' },
  exceptions: { description: 'Rules for exceptions.' },
} as const satisfies Readonly<Record<SectionPath, SectionRow>>;

/** The rows as they all are, in order. */
export const settings: readonly (readonly [SettingPath, SettingRow])[] = paths(settingTable).map((path) => [
  path,
  settingTable[path],
]);

function paths<Path extends string>(table: Readonly<Record<Path, unknown>>): readonly Path[] {
  return Object.keys(table).filter((path): path is Path => path in table);
}
