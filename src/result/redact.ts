/**
 * What reports that are read or shared do not show: the external id of a pool's SMS role, and the ids of other accounts
 * and of the organization that AWS writes into its denials.
 */
import { accountIdPattern } from '../domain/model/ids.ts';
import { byFurtherRead } from '../domain/model/api/reads.ts';
import type { Blame, Principal } from '../domain/model/blame.ts';
import type { JsonValue } from '../domain/model/json.ts';
import { isMasked, mask, maskObject, maskValue } from '../domain/policy/advice/masked-fields.ts';
import type { Finding, Gap, PoolRecord, Result } from '../domain/result/result.ts';
import { withoutExternalIds } from '../yaml/external-ids.ts';
import type { PolicyFileRecord } from '../domain/model/source-files.ts';
import type { Warning, WarningCode } from '../domain/result/warning.ts';

/**
 * `secrets`: external ids, for whoever has the rest before their eyes anyway and must mend it (a terminal). `shared`: the
 * ids of other accounts and of the organization too, for all that is made to be handed on: pipes, files, formats.
 */
export type Masking = 'nothing' | 'secrets' | 'shared';

/** The same result with these masked; nothing is counted or judged anew. */
export function masked(result: Result, masking: Masking): Result {
  if (masking === 'nothing') return result;
  const { head } = result;
  const isShared = masking === 'shared';
  return {
    ...result,
    head: {
      ...head,
      run: { ...head.run, policies: head.run.policies.map(maskPolicyFile) },
      warnings: isShared ? head.warnings.map(maskWarning) : head.warnings,
    },
    gaps: () => (isShared ? mapEach(result.gaps(), maskGap) : result.gaps()),
    resolved: () => mapEach(result.resolved(), maskFinding),
    unseen: () => mapEach(result.unseen(), maskFinding),
    pools: () => mapEach(result.pools(), (pool) => maskPool(isShared ? maskSaid(pool) : pool)),
  };
}

/** A copy of the result for sharing, which says that it is one. */
export function redactedCopy(result: Result): Result {
  const copy = masked(result, 'shared');
  return { ...copy, head: { ...copy.head, redacted: true } };
}

async function* mapEach<T>(values: AsyncIterable<T>, change: (value: T) => T): AsyncGenerator<T> {
  for await (const value of values) yield change(value);
}

function maskPolicyFile(policy: PolicyFileRecord): PolicyFileRecord {
  return { ...policy, text: withoutExternalIds(policy.text) };
}

const accountIds = new RegExp(`(?<!\\d)${accountIdPattern}(?!\\d)`, 'g');
const organizationIds = /\bo-[a-z0-9]{10,32}\b/g;

/** What AWS says, without the ids of the organization and of accounts other than the one that it is about. */
export function maskForeignIds(text: string, accountId: string | null): string {
  return text
    .replace(accountIds, (id) => (id === accountId ? id : '(account)'))
    .replace(organizationIds, '(organization)');
}

export function maskGap(gap: Gap): Gap {
  return { ...gap, message: maskForeignIds(gap.message, gap.accountId) };
}

/** Warnings that quote AWS; all others are our own words about the user's files. */
const quotingWarnings: ReadonlySet<WarningCode> = new Set(['fact-unread', 'remediation-stopped']);

function maskWarning(warning: Warning): Warning {
  if (!quotingWarnings.has(warning.code)) return warning;
  return { ...warning, message: maskForeignIds(warning.message, null) };
}

/** What AWS said of a change is masked like what it said of a gap. */
export function maskSaid(pool: PoolRecord): PoolRecord {
  const { remediation, blame, accountId } = pool;
  return {
    ...pool,
    remediation: remediation && { ...remediation, message: maskForeignIds(remediation.message, accountId) },
    ...(blame === undefined ? {} : { blame: maskBlame(blame, accountId) }),
  };
}

/** Whoever changed a pool stays known by role; what persons are called, and other accounts, do not. */
function maskBlame(blame: Blame, accountId: string): Blame {
  const { event, failure } = blame;
  return {
    ...blame,
    event: event && { ...event, who: maskPrincipal(event.who, accountId) },
    failure: failure && { ...failure, message: maskForeignIds(failure.message, accountId) },
  };
}

/** A user of IAM may be called by an e-mail address as a session is; either ends the ARN. */
function maskPrincipal({ kind, name, session, arn }: Principal, accountId: string): Principal {
  const isNamed = name?.includes('@') === true;
  const isPersonal = isNamed || session !== null;
  const shownArn = arn === null ? null : maskForeignIds(arn, accountId);
  return {
    kind,
    name: isNamed ? mask : name,
    session: session === null ? null : mask,
    arn: isPersonal ? (shownArn?.replace(/[^/]*$/, mask) ?? null) : shownArn,
  };
}

/** The pool without what reports that are read or shared do not show. */
export function maskPool(pool: PoolRecord): PoolRecord {
  const { remediation } = pool;
  return {
    ...pool,
    config: maskObject(pool.config),
    ...byFurtherRead((read) => maskObject(pool[read])),
    findings: pool.findings.map(maskFinding),
    remediation: remediation && {
      ...remediation,
      before: maskObject(remediation.before),
      after: maskObject(remediation.after),
    },
  };
}

/** What is wanted and found at a path, without an external id. */
export function maskFinding<T extends Pick<Finding, 'path' | 'expected' | 'actual'>>(finding: T): T {
  const shown = (value: JsonValue): JsonValue => (isMasked(finding.path) && value !== null ? mask : maskValue(value));
  return { ...finding, expected: shown(finding.expected), actual: shown(finding.actual) };
}
