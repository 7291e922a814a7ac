/** The JSON Schema of a saved result; it is published as policies/schemas/result.schema.json. */
import {
  gapCodes,
  skipReasons,
  type Account,
  type OrganizationalUnit,
  type Skip,
} from '../../domain/model/observation.ts';
import {
  poolStatuses,
  resolvedReasons,
  type EarlierFinding,
  type ExceptionRecord,
  type Finding,
  type Gap,
  type PoolRecord,
  type RemediationRecord,
  type RemediationSummary,
  type ResolvedFinding,
  type ResultHead,
  type RunInfo,
  type RunReference,
  type Summary,
  type UnitRecord,
} from '../../domain/result/result.ts';
import {
  anyObject,
  anyValue,
  choice,
  closed,
  constant,
  count,
  described,
  either,
  flag,
  list,
  map,
  moment,
  nullable,
  open,
  record,
  reference,
  text,
  type Schema,
} from './schema-pieces.ts';
import { warningCodes, type Warning } from '../../domain/result/warning.ts';
import { severities } from '../../domain/model/severity.ts';
import type { PolicyFileRecord } from '../../domain/model/policy-file.ts';
import { risks } from '../../domain/model/risk.ts';

const exception = record<ExceptionRecord>({
  reason: text,
  owner: text,
  ticket: nullable(text),
  expires: described('The last day on which it holds, UTC.', text),
  hold: flag,
  expired: described('It ran out and excuses nothing any more.', flag),
  file: text,
  line: count,
});
const exceptionOrNull = nullable(reference('exception', exception));

const account = open<Account>(
  {
    id: text,
    arn: described('As Organizations gives it; null: it was not listed there.', nullable(text)),
    name: nullable(text),
    state: nullable(choice(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])),
    path: described(
      "From the root's first child down to the account's parent; null: not known.",
      nullable(list(record<OrganizationalUnit>({ id: text, name: nullable(text) }))),
    ),
    tags: described('null: not read.', nullable(map(text))),
    inOrganization: described('Present where the account is known to be in no organization.', constant(false)),
    regionsNotAudited: described(
      'Enabled regions that the list of regions leaves out; null: could not be asked, or is not the question.',
      nullable(list(text)),
    ),
  },
  ['inOrganization'],
);

const unit = open<UnitRecord>({
  accountId: text,
  region: text,
  status: choice(['read', 'skipped', 'gap']),
  reason: described("A skip's reason or a gap's code.", nullable(choice([...skipReasons, ...gapCodes]))),
  pools: described('How many pools were listed.', count),
  readAt: moment,
});

const gap = open<Gap>({
  scope: choice(['organization', 'account', 'region', 'pool']),
  accountId: nullable(text),
  region: nullable(text),
  poolId: nullable(text),
  code: choice(gapCodes),
  message: text,
  remedy: text,
  accepted: described('The exception that accepts it; an expired one accepts nothing.', exceptionOrNull),
});

const skip = open<Skip>({
  scope: choice(['account', 'region', 'pool']),
  accountId: text,
  region: nullable(text),
  poolId: nullable(text),
  reason: choice(skipReasons),
});

const warning = open<Warning>({
  code: choice(warningCodes),
  message: text,
  file: nullable(text),
  line: nullable(count),
});

const finding = record<Finding>({
  id: described('The same in every run for the same account, region, pool, policy and path.', text),
  policy: described('null: no policy matches the pool (uncovered), and path is empty.', nullable(text)),
  severity: choice(severities),
  path: text,
  expected: anyValue,
  actual: anyValue,
  status: choice(['drift', 'excepted', 'fixed']),
  file: nullable(text),
  line: nullable(count),
  column: nullable(count),
  exception: exceptionOrNull,
  fix: nullable(record<NonNullable<Finding['fix']>>({ risk: nullable(text), refused: nullable(text) })),
  change: nullable(choice(['new', 'persisting'])),
  since: described('When the first run began that found it; ISO 8601, UTC.', nullable(moment)),
});

const remediation = record<RemediationRecord>({
  outcome: choice(['applied', 'unchanged', 'refused', 'failed', 'stale', 'unknown']),
  risk: nullable(choice(risks)),
  code: nullable(text),
  message: described('Why, in whole sentences; empty where the outcome says it all.', text),
  before: nullable(anyObject),
  after: nullable(anyObject),
  journal: nullable(text),
});

const pool = open<PoolRecord>({
  accountId: text,
  accountName: nullable(text),
  region: text,
  poolId: text,
  poolName: text,
  poolArn: text,
  status: choice(poolStatuses),
  observedAt: moment,
  requestId: nullable(text),
  policies: described('Names of the policies that surely match.', list(text)),
  managedBy: nullable(text),
  replicaOf: nullable(text),
  config: described(
    'The answer of GetUserPoolMfaConfig as it came, unknown members too; null: it failed.',
    nullable(anyObject),
  ),
  unknownFields: described("Members that this version's API model does not know, as paths.", list(text)),
  userPool: described('The members of DescribeUserPool that were needed; null: not read.', nullable(anyObject)),
  tags: nullable(map(text)),
  findings: list(reference('finding', finding)),
  earlierStatus: described(
    'What the baseline says of the pool; null: it does not know it, or there was no comparison.',
    nullable(choice(poolStatuses)),
  ),
  remediation: nullable(reference('remediation', remediation)),
});

const earlierMembers = {
  accountId: text,
  accountName: nullable(text),
  region: text,
  poolId: text,
  poolName: text,
  poolArn: text,
  id: text,
  policy: nullable(text),
  severity: choice(severities),
  path: text,
  expected: anyValue,
  actual: anyValue,
  file: nullable(text),
  line: nullable(count),
  column: nullable(count),
  status: choice(['drift', 'excepted']),
  since: moment,
};
const unseen = open<EarlierFinding>(earlierMembers);
const resolved = open<ResolvedFinding>({
  ...earlierMembers,
  reason: described(
    'policy-changed: no policy asks for it there any more, though the pool was not put right.',
    choice(resolvedReasons),
  ),
});

const otherRun = nullable(record<RunReference>({ runId: text, startedAt: moment, policySetSha256: text }));

const run = record<RunInfo>({
  id: text,
  startedAt: moment,
  finishedAt: moment,
  callerArn: nullable(text),
  organizationId: nullable(text),
  shard: nullable(record<NonNullable<RunInfo['shard']>>({ index: count, count })),
  interrupted: flag,
  endpointOverridden: flag,
  endpoints: described("Hosts of the endpoints that are not AWS's own.", list(text)),
  clocks: described(
    "By which clocks exceptions were judged: AWS's and the machine's, or the machine's alone.",
    choice(['both', 'own']),
  ),
  exitCode: count,
  failOn: described('The least severity that makes exit code 2.', choice(severities)),
  failOnNew: described('Only findings that are new against the baseline make exit code 2.', flag),
  scope: record<RunInfo['scope']>({
    accounts: choice(['organization', 'ids', 'caller']),
    filters: described('Flags that narrowed the run.', anyObject),
    regions: either(constant('enabled'), list(text)),
  }),
  baseline: described('The run with which this one was compared.', otherRun),
  from: described('The run that read what was judged here; null: this one did.', otherRun),
  policySetSha256: text,
  policies: list(record<PolicyFileRecord>({ file: text, sha256: text, names: list(text), text })),
});

const summary = record<Summary>({
  accounts: record<Summary['accounts']>({ listed: count, audited: count, skipped: count, failed: count }),
  pools: record<Summary['pools']>({
    total: count,
    compliant: count,
    drifted: count,
    excepted: count,
    uncovered: count,
    unreadable: count,
  }),
  findings: record<Summary['findings']>({
    critical: count,
    high: count,
    medium: count,
    low: count,
    info: count,
    fixed: count,
  }),
  drift: described(
    'Pools with a finding of status drift, and those of them with one that makes exit code 2.',
    record<Summary['drift']>({ pools: count, failing: count }),
  ),
  gaps: record<Summary['gaps']>({ open: count, accepted: count }),
  changes: described(
    'Against the baseline, findings of status drift; null: there was no comparison.',
    nullable(
      record<NonNullable<Summary['changes']>>({ new: count, persisting: count, resolved: count, unseen: count }),
    ),
  ),
  remediation: described(
    'What --remediate did; null: the run was not to change anything.',
    nullable(
      record<RemediationSummary>({
        outcomes: record<RemediationSummary['outcomes']>({
          applied: count,
          unchanged: count,
          refused: count,
          stale: count,
          failed: count,
          unknown: count,
          'not-started': count,
        }),
        journal: nullable(record<NonNullable<RemediationSummary['journal']>>({ file: text, digest: text })),
        stop: described(
          'Why not everything had its turn; null: everything had.',
          nullable(
            record<NonNullable<RemediationSummary['stop']>>({
              reason: choice(['limit', 'forbidden', 'failures', 'interrupted', 'journal']),
              message: text,
            }),
          ),
        ),
      }),
    ),
  ),
  api: record<Summary['api']>({ calls: count, throttled: count, retried: count }),
});

/** The head without its warnings, which are records of their own in a file. */
export type SavedHead = Omit<ResultHead, 'warnings'>;

const head = open<SavedHead>({
  schemaVersion: constant('1'),
  tool: record<ResultHead['tool']>({ name: constant('mfa-drift'), version: text }),
  run: reference('run', run),
  complete: described('No gap that is not accepted, and not interrupted.', flag),
  redacted: described('A copy for sharing, with some values masked.', flag),
  summary: reference('summary', summary),
});

interface ResultDocument extends SavedHead {
  readonly accounts: readonly Account[];
  readonly units: readonly UnitRecord[];
  readonly gaps: readonly Gap[];
  readonly skipped: readonly Skip[];
  readonly warnings: readonly Warning[];
  readonly resolved: readonly ResolvedFinding[];
  readonly unseen: readonly EarlierFinding[];
  readonly pools: readonly PoolRecord[];
}

const document = record<ResultDocument>({
  schemaVersion: constant('1'),
  tool: record<ResultHead['tool']>({ name: constant('mfa-drift'), version: text }),
  run: reference('run', run),
  complete: described('No gap that is not accepted, and not interrupted.', flag),
  redacted: described('A copy for sharing, with some values masked.', flag),
  accounts: list(closed('account', account)),
  units: list(closed('unit', unit)),
  gaps: described('Should have been read, and was not.', list(closed('gap', gap))),
  skipped: described('Rightly not read.', list(closed('skip', skip))),
  summary: reference('summary', summary),
  warnings: list(closed('warning', warning)),
  resolved: described('Drift of the baseline that is none any more.', list(closed('resolved', resolved))),
  unseen: described(
    'Findings of the baseline where this run did not look or could not read.',
    list(closed('unseen', unseen)),
  ),
  pools: list(closed('pool', pool)),
});

/** One line of the ndjson form: a record's own members and its kind. */
function line<T>(kind: string, schema: Schema<T>) {
  return { ...closed(kind, schema), required: ['record'], properties: { record: { const: kind } } };
}

export const resultSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mfa-drift:schema:v1:result',
  title: 'mfa-drift result',
  description:
    'What mfa-drift saves with --report json=FILE. With --report ndjson=FILE each line is one "#/$defs/line", the head first.',
  ...document,
  $defs: {
    account,
    unit,
    gap,
    skip,
    warning,
    resolved,
    unseen,
    pool,
    finding,
    exception,
    remediation,
    run,
    summary,
    head,
    line: {
      oneOf: [
        line('head', head),
        line('warning', warning),
        line('account', account),
        line('unit', unit),
        line('gap', gap),
        line('skip', skip),
        line('resolved', resolved),
        line('unseen', unseen),
        line('pool', pool),
      ],
    },
  },
};
