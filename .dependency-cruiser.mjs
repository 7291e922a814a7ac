/**
 * The arrows: what each folder of `src` may import, and why. Whatever is not in a folder's line is refused, and so is a
 * folder without a line. `npm run arrows` asks; test/arrows.test.ts plants every forbidden import and sees it refused.
 */

/** Files, errors and numbers: for whoever needs them, and themselves without any room. */
const ground = [
  'atomic-file.ts',
  'errors.ts',
  'log.ts',
  'ndjson.ts',
  'number-format.ts',
  'package-file.ts',
  'regular-file.ts',
  'system-error.ts',
  'version.ts',
];
const domain = ['domain/'];
const policy = ['domain/model/', 'domain/policy/', 'domain/settings.ts'];
const change = ['domain/model/', 'domain/readiness/', 'domain/remediation/model/', 'domain/settings.ts'];

/** By folder, or file, of `src`: what it may import beside itself, and the reason that a refusal is told with. */
export const arrows = {
  'cli.ts': {
    may: ['commands/', 'domain/result/exit-code.ts', ...ground],
    because: 'the entry point starts commands, and ends with what they or a signal say',
  },
  ...Object.fromEntries(
    ground.map((file) => [
      file,
      { may: [...ground, 'escape/'], because: 'what every room stands on knows none of them' },
    ]),
  ),
  'escape/': { may: [], because: 'a text is made safe for its reader, whoever writes it' },
  'lock/': { may: ground, because: 'a lock knows files and processes' },

  'domain/model/': {
    may: ['number-format.ts'],
    because: 'plain data and what the API model says of it: everything else is told in its words',
  },
  'domain/policy/expect/': {
    may: ['domain/model/'],
    because: 'what a policy can want of a pool, whatever pools it selects',
  },
  'domain/policy/match/': {
    may: ['domain/model/', 'domain/policy/expect/'],
    because: 'which pools a policy speaks of, whatever it wants of them',
  },
  'domain/settings/': {
    may: ['domain/model/', 'domain/policy/match/'],
    because: 'one table of what can be set, whoever reads, shows or acts on it',
  },
  'domain/settings.ts': {
    may: ['domain/model/', 'domain/policy/match/', 'domain/settings/'],
    because: 'what can be set; whoever acts on it reads it from here',
  },
  'domain/policy/': {
    may: [...policy, 'domain/result/'],
    because: 'policies are read before there is a verdict or a change',
  },
  'domain/policy/advice/': {
    may: [...policy, 'domain/result/'],
    because: 'what policies say about themselves, before any pool is read',
  },
  'domain/policy/tests/': {
    may: [...policy, 'domain/result/', 'domain/verdict/'],
    because: 'cases of a policy are judged as pools are',
  },
  'domain/result/': {
    may: [...change, 'domain/settings/names.ts'],
    because: 'what a run has found and changed, told without the policies and verdicts that led to it',
  },
  'domain/verdict/': {
    may: [...policy, 'domain/result/', 'number-format.ts'],
    because: 'a verdict knows nothing of what would be done about it',
  },
  'domain/baseline/': {
    may: ['domain/model/', 'domain/blame/', 'domain/policy/expect/', 'domain/result/'],
    because: 'two results side by side',
  },
  'domain/blame/': {
    may: ['domain/model/'],
    because: 'who changed a pool follows from events and what drifts, whoever asks',
  },
  'domain/news/': {
    may: ['domain/model/', 'domain/policy/', 'domain/result/', 'domain/baseline/'],
    because: 'what is new between two results, whoever tells it',
  },
  'domain/readiness/': {
    may: ['domain/model/'],
    because: 'which users could still sign in follows from them and their pool, whoever asks',
  },
  'domain/remediation/model/': { may: change, because: 'a plan as data can be read without what made it' },
  'domain/remediation/request/': {
    may: [...change, 'domain/policy/', 'domain/verdict/'],
    because: 'what policies ask for; whether it may be done is decided further on',
  },
  'domain/remediation/service-rules/': {
    may: ['domain/model/', 'domain/remediation/model/'],
    because: "the service's own rules hold whoever asks",
  },
  'domain/remediation/write/': {
    may: [...change, 'domain/policy/advice/', 'domain/remediation/service-rules/'],
    because: 'a call and what it leads to, whoever wants it',
  },
  'domain/remediation/risk/': {
    may: [...change, 'domain/remediation/write/', 'number-format.ts'],
    because: 'the risk of a change follows from the change and not from the policy',
  },
  'domain/remediation/plan/': {
    may: [...domain, 'number-format.ts'],
    because: 'a plan brings requests, rules and risks together',
  },

  'domain/patch/': {
    may: [...change, 'domain/remediation/plan/', 'domain/remediation/request/', 'number-format.ts'],
    because: "what a tool's text must say follows from the change that would be made, and nothing follows from it",
  },

  'domain/template/': {
    may: [...domain],
    because:
      'a pool that a template would make is judged as one that is there, by the names that patches have for its settings',
  },

  'yaml/': { may: [...domain, ...ground, 'escape/'], because: 'a file is read and complained of, whatever it says' },
  'pacing/': { may: [...domain, ...ground], because: 'when a request may leave, whatever it asks for' },
  'ports/': { may: [...domain, 'pacing/'], because: 'what reading and changing ask of AWS, in our words' },
  'reading/': {
    may: [...domain, ...ground, 'pacing/', 'ports/'],
    because: 'reading speaks to AWS through ports, and judges nothing',
  },
  'run-directory/': {
    may: [...domain, ...ground, 'lock/', 'yaml/', 'reading/'],
    because: 'where a run keeps what it has read',
  },
  'result/': {
    may: [...domain, ...ground, 'escape/', 'yaml/', 'pacing/', 'reading/', 'run-directory/'],
    because: 'a result is made of what was read, and read again from a file, whoever shows it',
  },
  'remediate/': {
    may: [...domain, ...ground, 'escape/', 'lock/', 'yaml/', 'pacing/', 'ports/', 'reading/', 'result/'],
    because: 'changing speaks to AWS through ports',
  },
  'report/formats/html/page/': { may: [], because: 'it runs in a browser, with what the page carries and no more' },
  'report/': {
    may: [...domain, ...ground, 'escape/', 'result/'],
    because: 'a report knows a result and not where it comes from',
  },
  'evidence/': {
    may: [...domain, ...ground, 'escape/', 'report/'],
    because: 'a pack is made of a result and its reports',
  },
  'history/': {
    may: [...domain, ...ground, 'escape/', 'report/'],
    because: 'nights are kept as tables made of results, and drawn as reports are',
  },
  'deliver/': {
    may: [...domain, ...ground, 'escape/', 'lock/', 'pacing/', 'ports/', 'report/'],
    because: 'a night is told where people look, by whatever means it is given; what it tells it does not decide',
  },
  'config/': {
    may: [...domain, ...ground, 'escape/', 'yaml/'],
    because: 'from files, flags and variables to plain data',
  },
  'aws/': {
    may: [...domain, ...ground, 'escape/', 'pacing/', 'ports/'],
    because: 'the SDK behind the ports; nothing of reading or changing',
  },
  'sandbox/': {
    may: ['domain/model/json.ts', ...ground, 'yaml/'],
    because: 'what the program is tried against shares nothing with it that could be wrong on both sides',
  },
  'library/': {
    may: [...domain, ...ground, 'config/', 'report/', 'result/'],
    because: 'what others build on reads files and judges, and neither asks AWS nor changes anything',
  },
  'commands/': {
    may: [
      ...domain,
      ...ground,
      'aws/',
      'config/',
      'deliver/',
      'escape/',
      'evidence/',
      'history/',
      'lock/',
      'pacing/',
      'ports/',
      'reading/',
      'remediate/',
      'report/',
      'result/',
      'run-directory/',
      'sandbox/',
      'yaml/',
    ],
    because: 'a command brings the rooms together; no room knows commands',
  },
};

/** Folders whose files touch nothing of the world: no Node module but for hashing, no SDK, no terminal. */
const pure = '^src/(domain|escape|ports)/';

const anchored = (entry) => `^src/${entry.replace('.', '[.]')}${entry.endsWith('/') ? '' : '$'}`;
const entries = Object.keys(arrows);
/** Lines of their own inside of `entry`. */
const rooms = (entry) => entries.filter((other) => other !== entry && entry.endsWith('/') && other.startsWith(entry));

const refused = entries.map((entry) => ({
  name: `src/${entry}`,
  comment: arrows[entry].because,
  severity: 'error',
  from: { path: anchored(entry), pathNot: rooms(entry).map(anchored) },
  to: { path: '^src/', pathNot: [anchored(entry), ...arrows[entry].may.map(anchored)] },
}));

export default {
  forbidden: [
    ...refused,
    {
      name: 'a line for every folder',
      comment: 'a new folder says here what it may import',
      severity: 'error',
      from: { path: '^src/', pathNot: entries.map(anchored) },
      to: { path: '^src/' },
    },
    {
      name: 'the SDK is in src/aws alone',
      comment: 'everything else speaks of AWS in our words, and works without it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/aws/' },
      to: { path: '(^|/)(@aws-sdk|@smithy)/' },
    },
    {
      name: 'pure',
      comment: 'the same in, the same out: nothing of the world',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'], path: '.', pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'no circle',
      comment: 'neither can be understood first',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import'],
    },
  },
};
