/** What may be changed, and for how long it may be excepted. */
import { isForPersons, risks } from '../../model/risk.ts';
import type { SettingRow } from '../kinds.ts';

const forPersons = risks.filter(isForPersons).join(', ');

export const changes = {
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
} as const satisfies Readonly<Record<string, SettingRow>>;
