/**
 * mfa-drift as a library: policies loaded from files, a pool judged by them, a saved result read and rendered. Nothing here
 * speaks to AWS, changes anything or writes to a stream.
 */
import { resolve } from 'node:path';
import { loadPolicySet } from '../config/policies/load-policy-set.ts';
import { toSettings } from '../config/settings/to-settings.ts';
import { byFurtherRead } from '../domain/model/api/reads.ts';
import type { JsonObject } from '../domain/model/json.ts';
import type { OrganizationalUnit } from '../domain/model/observation.ts';
import type { Subject } from '../domain/model/subject.ts';
import type { PolicySet } from '../domain/policy/policy.ts';
import type { Finding, Gap, PoolRecord, Result } from '../domain/result/result.ts';
import { judgePool } from '../domain/verdict/verdicts.ts';
import { UserError } from '../errors.ts';
import { formats, type FormatName } from '../report/registry.ts';
import type { Masking } from '../result/redact.ts';
import { openSavedResult, type SavedResult } from '../result/saved/open.ts';

export type { Finding, FormatName, Gap, Masking, PolicySet, PoolRecord, Result, SavedResult };
/** What is thrown where the caller's files or words are wrong: a message that names the thing, the value and the way out. */
export { UserError };

/** Those of a configuration that says nothing. */
const defaults = toSettings({}, { file: null, allowedByFlag: [], off: false, policiesFromFile: false });

/** A user pool as the caller read it. What is left out is not known, and a policy that needs it says so as a gap. */
export interface Pool {
  readonly accountId: string;
  readonly accountName?: string;
  readonly accountTags?: Readonly<Record<string, string>>;
  /** From the root's first child down to the account's parent. */
  readonly organizationalUnits?: readonly OrganizationalUnit[];
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** The answer of `GetUserPoolMfaConfig`. */
  readonly config: JsonObject;
  /** `UserPool` of the answer of `DescribeUserPool`; tags are in it. */
  readonly userPool?: JsonObject;
  /** ISO 8601, UTC; default: now. */
  readonly observedAt?: string;
}

export interface Verdict {
  /** Status, policies that match and findings, as a saved result has them. */
  readonly record: PoolRecord;
  /** What is not known: no verdict rests on it. */
  readonly gaps: readonly Gap[];
}

/**
 * Policies and exceptions of these files and folders.
 *
 * @param now the day by which exceptions are held against their longest time
 * @throws UserError with every complaint about every file
 */
export function loadPolicies(paths: string | readonly string[], now: Date = new Date()): PolicySet {
  return loadPolicySet([paths].flat(), defaults, now);
}

/**
 * What the policies say of one pool.
 *
 * @param now the day by which exceptions hold
 */
export function evaluatePool(policies: PolicySet, pool: Pool, now: Date = new Date()): Verdict {
  const { requireCoverage, remediation } = defaults;
  const settings = { requireCoverage, now, managedTags: remediation.managedTags };
  const { record, gaps } = judgePool(policies, subjectOf(pool, now), settings);
  return { record, gaps };
}

function subjectOf(pool: Pool, now: Date): Subject {
  const { userPool } = pool;
  return {
    account: {
      id: pool.accountId,
      arn: null,
      name: pool.accountName ?? null,
      state: null,
      path: pool.organizationalUnits ?? null,
      tags: pool.accountTags ?? null,
      regionsNotAudited: null,
    },
    region: pool.region,
    pool: {
      poolId: pool.poolId,
      poolName: pool.poolName,
      observedAt: pool.observedAt ?? now.toISOString(),
      requestId: null,
      mfaConfig: { read: true, value: pool.config },
      ...byFurtherRead(() => (userPool === undefined ? null : { read: true, value: userPool })),
    },
  };
}

/**
 * Opens what `--report json=FILE` or `ndjson=FILE` saved. It is read and checked once now, and again for each collection
 * that is asked for, so that memory stays flat.
 *
 * @throws UserError naming the file and the place, where it is no result or was cut off
 */
export function readResult(file: string): Promise<SavedResult> {
  return openSavedResult(file);
}

export interface ReportOptions {
  /** Default: 120. */
  readonly columns?: number;
  /** Default: `shared`, for what is made to be handed on; `json` and `ndjson` mask nothing. */
  readonly masking?: Masking;
}

/** The result in one of the formats, in pieces. Ends in one newline. */
export function renderReport(result: Result, format: FormatName, options: ReportOptions = {}): AsyncIterable<string> {
  const root = process.cwd();
  return formats[format](result, {
    columns: options.columns ?? 120,
    color: false,
    masking: options.masking ?? 'shared',
    fallbackFile: result.head.run.policies[0]?.file ?? 'mfa-drift.yaml',
    sources: { folder: resolve(root, result.head.run.sourceFolder ?? ''), root },
  });
}
