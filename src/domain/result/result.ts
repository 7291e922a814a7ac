/**
 * The saved result: what every report is rendered from. A result may hold hundreds of thousands
 * of pools, so its collections are streams that can be read more than once; only the head is held in memory.
 */
import type { FurtherRead } from '../model/api/reads.ts';
import type { Blame, CodeEvent } from '../model/blame.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { Outcome } from '../remediation/model/outcome.ts';
import type { Account, GapCode, Place, Skip, SkipReason, Tags } from '../model/observation.ts';
import type { ReadinessRecord } from '../readiness/record.ts';
import type { ExitCode } from './exit-code.ts';
import type { Warning } from './warning.ts';
import type { Severity } from '../model/severity.ts';
import type { PolicyFileRecord } from '../model/source-files.ts';
import type { Risk } from '../model/risk.ts';

/** Another run that this one speaks of. */
export interface RunReference {
  readonly runId: string;
  readonly startedAt: string;
  readonly policySetSha256: string;
}

export interface RunInfo {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly callerArn: string | null;
  readonly organizationId: string | null;
  readonly shard: { readonly index: number; readonly count: number } | null;
  readonly interrupted: boolean;
  readonly endpointOverridden: boolean;
  /** Hosts of the endpoints that are not AWS's own. */
  readonly endpoints: readonly string[];
  /** By which clocks exceptions were judged: AWS's and this machine's, or this machine's alone. */
  readonly clocks: 'both' | 'own';
  readonly exitCode: ExitCode;
  /** The least severity that makes exit code 2. */
  readonly failOn: Severity;
  /** Whether only findings that are new against the baseline make it. */
  readonly failOnNew: boolean;
  readonly scope: {
    readonly accounts: 'organization' | 'ids' | 'caller';
    /** Flags that narrowed this run, such as `{ "account": ["1111…"], "region": ["eu-west-1"] }`; `{}` when none did. */
    readonly filters: JsonObject;
    readonly regions: 'enabled' | readonly string[];
  };
  /** The run with which this one was compared; `null`: with none. */
  readonly baseline: RunReference | null;
  /** The run that read what was judged here; `null`: this one did. */
  readonly from: RunReference | null;
  readonly policySetSha256: string;
  /** By name: what reports say of a policy beside its verdicts. */
  readonly policySet: readonly PolicyRecord[];
  /** The files that the run went by. */
  readonly policies: readonly PolicyFileRecord[];
  /** What they count from: a path from the root of the repository; absent: that root. */
  readonly sourceFolder?: string;
}

/** A policy, as far as reports speak of it. */
export interface PolicyRecord {
  readonly name: string;
  readonly severity: Severity;
  readonly description: string | null;
  /** Ids of the controls that it says it serves. */
  readonly controls: readonly string[];
  readonly file: string;
  /** Of its name. */
  readonly line: number;
}

export interface UnitRecord {
  readonly accountId: string;
  readonly region: string;
  readonly status: 'read' | 'skipped' | 'gap';
  /** A skip's reason or a gap's code. */
  readonly reason: SkipReason | GapCode | null;
  readonly pools: number;
  readonly readAt: string;
}

/** Where an exception stands and what it says. */
export interface ExceptionRecord {
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | null;
  readonly expires: string;
  readonly hold: boolean;
  /** True when it ran out: it excuses nothing any more. */
  readonly expired: boolean;
  readonly file: string;
  readonly line: number;
}

export interface Gap extends Place {
  readonly code: GapCode;
  readonly message: string;
  readonly remedy: string;
  /** The exception that accepts it. An expired exception accepts nothing, and stands here for its date. */
  readonly accepted: ExceptionRecord | null;
}

/** An expired exception accepts nothing. */
export function isOpen({ accepted }: Gap): boolean {
  return accepted === null || accepted.expired;
}

/** What becomes of a finding where pools are changed. */
export interface FixRecord {
  readonly risk: string | null;
  readonly refused: string | null;
  /** `rolling-out`: what is wanted waits until enough users are ready, and something weaker is there meanwhile. */
  readonly status: 'rolling-out' | null;
}

export interface Finding {
  /** The same in every run for the same account, region, pool, policy and path. */
  readonly id: string;
  /** `null`: no policy matches the pool (`uncovered`), and `path` is empty. */
  readonly policy: string | null;
  readonly severity: Severity;
  readonly path: string;
  readonly expected: JsonValue;
  readonly actual: JsonValue;
  readonly status: 'drift' | 'excepted' | 'fixed';
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly exception: ExceptionRecord | null;
  readonly fix: FixRecord | null;
  /** Against the baseline: drift that stood excused there is new. `null`: there was no comparison. */
  readonly change: 'new' | 'persisting' | null;
  /** When the first run of the line of baselines began that found it; ISO 8601, UTC. */
  readonly since: string | null;
}

/** A finding of the baseline, with the place it was found in. */
export interface EarlierFinding
  extends
    Pick<PoolRecord, 'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName' | 'poolArn'>,
    Pick<Finding, 'id' | 'policy' | 'severity' | 'path' | 'expected' | 'actual' | 'file' | 'line' | 'column'> {
  /** `drift` or `excepted`, as the baseline had it. */
  readonly status: 'drift' | 'excepted';
  readonly since: string;
  /** Of its pool. */
  readonly codeEvent?: CodeEvent;
}

/**
 * Why drift of the baseline is no drift any more. `policy-changed`: no policy asks for it there, though the pool was not
 * put right. `account-left`: its account is closed, or in the organization no more.
 */
export const resolvedReasons = ['fixed', 'pool-gone', 'account-left', 'policy-changed', 'excepted'] as const;
export type ResolvedReason = (typeof resolvedReasons)[number];

export interface ResolvedFinding extends EarlierFinding {
  readonly reason: ResolvedReason;
}

/** Worst first: a pool's status is the first of these that applies to it. */
export const poolStatuses = ['unreadable', 'drifted', 'uncovered', 'excepted', 'compliant'] as const;
export type PoolStatus = (typeof poolStatuses)[number];

export interface RemediationRecord {
  readonly outcome: Exclude<Outcome, 'not-started'>;
  /** Of the change; `null` where none was worked out. */
  readonly risk: Risk | null;
  readonly code: string | null;
  /** Why, in whole sentences; empty where the outcome says it all. */
  readonly message: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly journal: string | null;
}

/** The members that were needed; `null`: not read. */
export type SavedMembers = Readonly<Record<FurtherRead, JsonObject | null>>;

export interface PoolRecord extends SavedMembers {
  readonly accountId: string;
  readonly accountName: string | null;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  readonly poolArn: string;
  readonly status: PoolStatus;
  readonly observedAt: string;
  readonly requestId: string | null;
  /** Names of the policies that surely match. */
  readonly policies: readonly string[];
  readonly managedBy: string | null;
  readonly replicaOf: string | null;
  readonly config: JsonObject | null;
  readonly unknownFields: readonly string[];
  readonly tags: Tags | null;
  readonly findings: readonly Finding[];
  /** What the baseline says of the pool; `null`: it does not know it, or there was no comparison. */
  readonly earlierStatus: PoolStatus | null;
  /** Where a change waits for its users: how many could still sign in. */
  readonly readiness: ReadinessRecord | null;
  /** The same, as the baseline has it. */
  readonly earlierReadiness: ReadinessRecord | null;
  readonly remediation: RemediationRecord | null;
  /** Who changed the pool last; present where it drifts and CloudTrail was asked (`--blame`). */
  readonly blame?: Blame;
  /** The last event known of a tool that manages the pool as code, kept from baseline to baseline; absent: none is known. */
  readonly codeEvent?: CodeEvent;
}

/** What `--remediate` did, in numbers. */
export interface RemediationSummary {
  /** Pools by what became of what was wanted of them. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Of `outcomes.refused`: those whose rollout goes on. Absent: none. */
  readonly rollingOut?: number;
  /** `null`: there was nothing to journal. The digest is the last line's. */
  readonly journal: { readonly file: string; readonly digest: string } | null;
  /** Why not everything had its turn, in short; `null`: everything had. */
  readonly stop: {
    readonly reason: 'limit' | 'forbidden' | 'failures' | 'interrupted' | 'journal';
    readonly message: string;
  } | null;
}

export interface Summary {
  readonly accounts: {
    readonly listed: number;
    readonly audited: number;
    readonly skipped: number;
    readonly failed: number;
  };
  readonly pools: Readonly<Record<'total' | 'compliant' | 'drifted' | 'excepted' | 'uncovered' | 'unreadable', number>>;
  readonly findings: Readonly<Record<Severity | 'fixed', number>>;
  /** Pools with a finding of status drift, and those of them with one that makes exit code 2 (`failOn`, `failOnNew`). */
  readonly drift: { readonly pools: number; readonly failing: number };
  readonly gaps: { readonly open: number; readonly accepted: number };
  /**
   * Against the baseline, findings of status drift; `unseen` are those that stood where this run did not look or could
   * not read. `null`: there was no comparison.
   */
  readonly changes: Readonly<Record<'new' | 'persisting' | 'resolved' | 'unseen', number>> | null;
  /** `null`: the run was not to change anything. */
  readonly remediation: RemediationSummary | null;
  readonly api: { readonly calls: number; readonly throttled: number; readonly retried: number };
}

export interface ResultHead {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'mfa-drift'; readonly version: string };
  readonly run: RunInfo;
  /** Every gap is accepted, and the run was not interrupted. */
  readonly complete: boolean;
  /** A copy for sharing: external ids of SMS roles, and other accounts' ids in AWS's denials, are masked. */
  readonly redacted: boolean;
  readonly summary: Summary;
  readonly warnings: readonly Warning[];
}

/**
 * A result wherever it lies. Each method starts a fresh reading from the beginning; order is fixed: accounts by id,
 * units by account and region; pools, and findings of the baseline, by account, region and id.
 */
export interface Result {
  readonly head: ResultHead;
  accounts(): AsyncIterable<Account>;
  units(): AsyncIterable<UnitRecord>;
  gaps(): AsyncIterable<Gap>;
  skipped(): AsyncIterable<Skip>;
  /** Drift of the baseline that is none any more. */
  resolved(): AsyncIterable<ResolvedFinding>;
  /**
   * Findings of the baseline where this run did not look or could not read: neither there nor resolved. They are kept,
   * so that one bad night does not make them new on the next.
   */
  unseen(): AsyncIterable<EarlierFinding>;
  pools(): AsyncIterable<PoolRecord>;
}
