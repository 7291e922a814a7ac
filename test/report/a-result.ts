/** Results for tests: a plain one of each kind of record, and whole results whose counts are taken from their records. */
import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import type { Account, Skip } from '../../src/domain/model/observation.ts';
import type {
  PolicyRecord,
  EarlierFinding,
  ExceptionRecord,
  Finding,
  Gap,
  PoolRecord,
  ResolvedFinding,
  Result,
  ResultHead,
  RunInfo,
  RemediationSummary,
  Summary,
  UnitRecord,
} from '../../src/domain/result/result.ts';
import { severities, type Severity } from '../../src/domain/model/severity.ts';
import type { Warning } from '../../src/domain/result/warning.ts';

export const anException: ExceptionRecord = {
  reason: 'Legacy call centre, migrates in Q1',
  owner: 'identity@example.com',
  ticket: 'SEC-1234',
  expires: '2026-11-30',
  hold: false,
  expired: false,
  file: 'policies/exceptions.yaml',
  line: 4,
};

export function anAccount(members: Partial<Account> = {}): Account {
  const { id = '111122223333' } = members;
  return {
    id,
    arn: `arn:aws:organizations::999988887777:account/o-a1b2c3d4e5/${id}`,
    name: 'shop-prod',
    state: 'ACTIVE',
    path: [{ id: 'ou-ab12-cdef3456', name: 'Prod' }],
    tags: null,
    regionsNotAudited: null,
    ...members,
  };
}

export function aUnit(members: Partial<UnitRecord> = {}): UnitRecord {
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    status: 'read',
    reason: null,
    pools: 1,
    readAt: '2026-11-18T02:12:00.000Z',
    ...members,
  };
}

export function aGap(members: Partial<Gap> = {}): Gap {
  return {
    scope: 'region',
    accountId: '444455556666',
    region: 'ap-east-1',
    poolId: null,
    code: 'AccessDenied',
    message:
      'User: arn:aws:sts::444455556666:assumed-role/MfaDriftAudit/mfa-drift is not authorized to perform: ' +
      'cognito-idp:ListUserPools on resource: arn:aws:cognito-idp:ap-east-1:444455556666:userpool/* ' +
      'with an explicit deny in a service control policy',
    remedy: 'leave the region out: regions.exclude, or accept it: exceptions with gaps: [AccessDenied]',
    accepted: null,
    ...members,
  };
}

export function aSkip(members: Partial<Skip> = {}): Skip {
  return {
    scope: 'region',
    accountId: '111122223333',
    region: 'me-south-1',
    poolId: null,
    reason: 'region-not-enabled',
    ...members,
  };
}

export function aFinding(members: Partial<Finding> = {}): Finding {
  return {
    id: '5f0c1a7e9d3b2468',
    policy: 'prod-customers',
    severity: 'high',
    path: 'SoftwareTokenMfaConfiguration.Enabled',
    expected: true,
    actual: false,
    status: 'drift',
    file: 'policies/customers.yaml',
    line: 9,
    column: 3,
    exception: null,
    fix: null,
    change: null,
    since: null,
    ...members,
  };
}

export function aPool(members: Partial<PoolRecord> = {}): PoolRecord {
  const { accountId = '111122223333', region = 'eu-west-1', poolId = 'eu-west-1_Ab12Cd34E' } = members;
  return {
    accountId,
    accountName: 'shop-prod',
    region,
    poolId,
    poolName: 'customers',
    poolArn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`,
    status: 'compliant',
    observedAt: '2026-11-18T02:13:07.000Z',
    requestId: '8f0c1234-aaaa-bbbb-cccc-123456789abc',
    policies: ['prod-customers'],
    earlierStatus: null,
    readiness: null,
    earlierReadiness: null,
    managedBy: null,
    replicaOf: null,
    config: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
    unknownFields: [],
    ...byFurtherRead(() => null),
    tags: null,
    findings: [],
    remediation: null,
    ...members,
  };
}

/** Drift of an earlier run. */
export function anEarlier(members: Partial<EarlierFinding> = {}): EarlierFinding {
  const { status: _status, ...place } = members;
  const { accountId, accountName, region, poolId, poolName, poolArn } = aPool(place);
  const { id, policy, severity, path, expected, actual, file, line, column } = aFinding();
  return {
    accountId,
    accountName,
    region,
    poolId,
    poolName,
    poolArn,
    id,
    policy,
    severity,
    path,
    expected,
    actual,
    file,
    line,
    column,
    status: 'drift',
    since: '2026-11-01T02:11:30.000Z',
    ...members,
  };
}

export function aResolved(members: Partial<ResolvedFinding> = {}): ResolvedFinding {
  return { ...anEarlier(members), reason: 'fixed', ...members };
}

export function aRun(members: Partial<RunInfo> = {}): RunInfo {
  return {
    id: 'run-1',
    startedAt: '2026-11-18T02:11:30.000Z',
    finishedAt: '2026-11-18T02:14:01.000Z',
    callerArn: 'arn:aws:sts::999988887777:assumed-role/nightly/ci',
    organizationId: 'o-a1b2c3d4e5',
    shard: null,
    interrupted: false,
    endpointOverridden: false,
    endpoints: [],
    clocks: 'both',
    exitCode: 0,
    failOn: 'low',
    failOnNew: false,
    scope: { accounts: 'organization', filters: {}, regions: 'enabled' },
    baseline: null,
    from: null,
    policySetSha256: '4f1c0000aaaabbbbccccddddeeeeffff00001111222233334444555566667777',
    policySet: [aPolicyRecord()],
    policies: [
      {
        file: 'policies/customers.yaml',
        sha256: 'a'.repeat(64),
        names: ['prod-customers'],
        text: [
          'apiVersion: mfa-drift/v1',
          'kind: Policy',
          'name: prod-customers',
          'description: Customer pools in production require an authenticator app.',
          'severity: high',
          'controls: ["NIST-800-63B-4 AAL2", "CIS-8.1 6.3"]',
          'expect:',
          '  MfaConfiguration: ON',
          '  SoftwareTokenMfaConfiguration: { Enabled: true }',
          '',
        ].join('\n'),
      },
    ],
    ...members,
  };
}

export function aPolicyRecord(members: Partial<PolicyRecord> = {}): PolicyRecord {
  return {
    name: 'prod-customers',
    severity: 'high',
    description: 'Customer pools in production require an authenticator app.',
    controls: ['NIST-800-63B-4 AAL2', 'CIS-8.1 6.3'],
    file: 'policies/customers.yaml',
    line: 3,
    ...members,
  };
}

export interface Records {
  readonly accounts?: readonly Account[];
  readonly units?: readonly UnitRecord[];
  readonly gaps?: readonly Gap[];
  readonly skipped?: readonly Skip[];
  readonly pools?: readonly PoolRecord[];
  readonly warnings?: readonly Warning[];
  readonly resolved?: readonly ResolvedFinding[];
  readonly unseen?: readonly EarlierFinding[];
  readonly run?: Partial<RunInfo>;
  readonly remediation?: RemediationSummary;
}

/** A whole result in memory, counted from its records; the exit code is the one that the records make. */
export function aResult(records: Records = {}): Result {
  const { accounts = [], units = [], gaps = [], skipped = [], resolved = [], unseen = [], pools = [] } = records;
  return {
    head: headOf(records),
    accounts: () => streamed(accounts),
    units: () => streamed(units),
    gaps: () => streamed(gaps),
    skipped: () => streamed(skipped),
    resolved: () => streamed(resolved),
    unseen: () => streamed(unseen),
    pools: () => streamed(pools),
  };
}

function headOf(records: Records): ResultHead {
  const { accounts = [], gaps = [], skipped = [], pools = [], warnings = [], run = {} } = records;
  const findings = pools.flatMap((pool) => pool.findings);
  const severe = (severity: Severity): number =>
    findings.filter((finding) => finding.status === 'drift' && finding.severity === severity).length;
  const inStatus = (status: PoolRecord['status']): number => pools.filter((pool) => pool.status === status).length;
  const open = gaps.filter(({ accepted }) => accepted === null || accepted.expired);
  const skippedAccounts = skipped.filter(({ scope }) => scope === 'account').length;
  const failed = new Set(open.filter(({ scope }) => scope !== 'pool').map(({ accountId }) => accountId));
  failed.delete(null);
  const drift = driftOf(pools, { failOn: run.failOn ?? 'low', failOnNew: run.failOnNew ?? false });
  return {
    schemaVersion: '1',
    tool: { name: 'mfa-drift', version: '1.2.3' },
    run: aRun({ exitCode: open.length > 0 ? 3 : drift.failing > 0 ? 2 : 0, ...run }),
    complete: open.length === 0 && run.interrupted !== true,
    redacted: false,
    summary: {
      accounts: {
        listed: accounts.length,
        audited: accounts.length - skippedAccounts - failed.size,
        skipped: skippedAccounts,
        failed: failed.size,
      },
      pools: {
        total: pools.length,
        compliant: inStatus('compliant'),
        drifted: inStatus('drifted'),
        excepted: inStatus('excepted'),
        uncovered: inStatus('uncovered'),
        unreadable: inStatus('unreadable'),
      },
      findings: {
        critical: severe('critical'),
        high: severe('high'),
        medium: severe('medium'),
        low: severe('low'),
        info: severe('info'),
        fixed: findings.filter(({ status }) => status === 'fixed').length,
      },
      drift,
      gaps: { open: open.length, accepted: gaps.length - open.length },
      changes: changesOf(records),
      remediation: records.remediation ?? null,
      api: { calls: 12_406, throttled: 3, retried: 3 },
    },
    warnings,
  };
}

function driftOf(pools: readonly PoolRecord[], rule: Pick<RunInfo, 'failOn' | 'failOnNew'>): Summary['drift'] {
  const counts = (finding: Finding): boolean =>
    finding.status === 'drift' &&
    severities.indexOf(finding.severity) <= severities.indexOf(rule.failOn) &&
    !(rule.failOnNew && finding.change === 'persisting');
  return {
    pools: pools.filter(({ findings }) => findings.some(({ status }) => status === 'drift')).length,
    failing: pools.filter(({ findings }) => findings.some(counts)).length,
  };
}

function changesOf({ pools = [], resolved, unseen }: Records): ResultHead['summary']['changes'] {
  const drift = pools.flatMap(({ findings }) => findings).filter(({ status }) => status === 'drift');
  const changed = (change: Finding['change']): number => drift.filter((finding) => finding.change === change).length;
  if (resolved === undefined && unseen === undefined && changed('new') + changed('persisting') === 0) return null;
  return {
    new: changed('new'),
    persisting: changed('persisting'),
    resolved: resolved?.length ?? 0,
    unseen: unseen?.filter(({ status }) => status === 'drift').length ?? 0,
  };
}

export async function* streamed<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

export async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

export async function listOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}
