/** The JSON Schema of a saved result; it is published as policies/schemas/result.schema.json. */
import type { JsonObject } from '../../domain/model/json.ts';
import { type Account, type Skip } from '../../domain/model/observation.ts';
import {
  type EarlierFinding,
  type Gap,
  type PolicyRecord,
  type PoolRecord,
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
  choice,
  closed,
  constant,
  count,
  described,
  either,
  flag,
  list,
  moment,
  nullable,
  open,
  record,
  reference,
  text,
  type Schema,
} from './schema-pieces.ts';
import { type Warning } from '../../domain/result/warning.ts';
import { exitCodes } from '../../domain/result/exit-code.ts';
import { severities } from '../../domain/model/severity.ts';
import type { PolicyFileRecord } from '../../domain/model/source-files.ts';
import {
  exception,
  account,
  unit,
  gap,
  skip,
  warning,
  finding,
  readiness,
  remediation,
  pool,
  unseen,
  resolved,
} from './record-schemas.ts';

export const policyRecord = record<PolicyRecord>({
  name: text,
  severity: choice(severities),
  description: nullable(text),
  controls: list(text),
  file: text,
  line: count,
});

const otherRun = nullable(record<RunReference>({ runId: text, startedAt: moment, policySetSha256: text }));

const run = record<RunInfo>(
  {
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
    exitCode: choice(exitCodes),
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
    policySet: described(
      'By name: what reports say of each policy beside its verdicts; the line is that of its name.',
      list(policyRecord),
    ),
    policies: list(record<PolicyFileRecord>({ file: text, sha256: text, names: list(text), text })),
    sourceFolder: described(
      'What the files of the run count from: a path from the root of its repository; absent: that root.',
      text,
    ),
  },
  ['sourceFolder'],
);

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
      record<RemediationSummary>(
        {
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
          rollingOut: described('Of outcomes.refused: those whose rollout goes on. Absent: none.', count),
        },
        ['rollingOut'],
      ),
    ),
  ),
  api: record<Summary['api']>({ calls: count, throttled: count, retried: count }),
});

/** The head without its warnings, which are records of their own in a file. */
export type SavedHead = Omit<ResultHead, 'warnings'>;

const beforeRecords = {
  schemaVersion: constant('1'),
  tool: record<ResultHead['tool']>({ name: constant('mfa-drift'), version: text }),
  run: reference('run', run),
  complete: described('No gap that is not accepted, and not interrupted.', flag),
  redacted: described('A copy for sharing, with some values masked.', flag),
};

const head = open<SavedHead>({ ...beforeRecords, summary: reference('summary', summary) });

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
  ...beforeRecords,
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

export const resultSchema: JsonObject & { readonly $id: string } = {
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
    readiness,
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
