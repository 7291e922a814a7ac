/** A result after the audit has fixed what it may: what was written, what was refused, and how the pools read now. */
import { placeKey } from '../../domain/model/observation.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openLineFile } from '../../result/ndjson-file.ts';
import { newPoolCounts } from '../../domain/result/pool-counts.ts';
import type { ReadinessRecord } from '../../domain/readiness/record.ts';
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { RefusedChange } from '../../domain/remediation/model/plan.ts';
import type { Finding, FixRecord, PoolRecord, RemediationRecord, Result } from '../../domain/result/result.ts';

export interface Remediated {
  /** What becomes of findings, by their id. */
  readonly fixes: ReadonlyMap<string, FixRecord>;
  readonly refused: readonly RefusedChange[];
  /** Of pools whose users were asked, by `placeKey`. */
  readonly readiness: ReadonlyMap<string, ReadinessRecord>;
  readonly outcomes: readonly PoolOutcome[];
  /** The records of pools that were written, as they read now, by `placeKey`. */
  readonly records: ReadonlyMap<string, PoolRecord>;
  readonly journal: string;
}

/**
 * The result with its summary counted again; its exit code is still the audit's. Writes the pools to `folder`, which
 * must stay as long as the result that this resolves with is read.
 */
export async function remediatedResult(result: Result, remediated: Remediated, folder: string): Promise<Result> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pools = openLineFile<PoolRecord>(join(folder, 'pools.ndjson'));
  const records = recordsOf(remediated);
  const counts = newPoolCounts(result.head.run);
  for await (const audited of result.pools()) {
    const record = records(audited);
    counts.add(record);
    await pools.write(record);
  }
  await pools.close();
  const summary = { ...result.head.summary, ...counts.summary() };
  return { ...result, head: { ...result.head, summary }, pools: () => pools.records() };
}

function recordsOf({
  fixes,
  refused,
  readiness: measured,
  outcomes,
  records,
  journal,
}: Remediated): (audited: PoolRecord) => PoolRecord {
  const byPool = new Map(outcomes.map((outcome) => [placeKey(outcome), outcome]));
  const refusals = new Map(refused.map((each) => [placeKey(each), each]));
  return (audited) => {
    const key = placeKey(audited);
    const findings = audited.findings.map((finding) => withFix(finding, fixes));
    const remediation = remediationOf(byPool.get(key), refusals.get(key), journal);
    const readiness = measured.get(key) ?? null;
    const now = records.get(key);
    if (now === undefined) return { ...audited, findings, readiness, remediation };
    return { ...now, ...causeOf(audited), findings: withFixed(findings, now.findings), readiness, remediation };
  };
}

/** What changed the pool before, and who manages it, no reading of it tells. */
function causeOf({ blame, codeEvent, managedBy }: PoolRecord): Pick<PoolRecord, 'blame' | 'codeEvent' | 'managedBy'> {
  return {
    managedBy,
    ...(blame === undefined ? {} : { blame }),
    ...(codeEvent === undefined ? {} : { codeEvent }),
  };
}

function withFix(finding: Finding, fixes: Remediated['fixes']): Finding {
  return { ...finding, fix: fixes.get(finding.id) ?? finding.fix };
}

/** Findings that were there and are gone count as fixed, in their old place; new ones come after them. */
function withFixed(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  const known = new Set(before.map(({ id }) => id));
  const kept = before.flatMap((finding): readonly Finding[] => {
    const still = now.find(({ id }) => id === finding.id);
    if (still !== undefined) return [{ ...still, fix: finding.fix }];
    return finding.status === 'drift' ? [{ ...finding, status: 'fixed' }] : [];
  });
  return [...kept, ...now.filter(({ id }) => !known.has(id))];
}

/** `null` for a pool that nothing was wanted of, or whose turn never came. */
function remediationOf(
  made: PoolOutcome | undefined,
  refusal: RefusedChange | undefined,
  journal: string,
): RemediationRecord | null {
  if (made !== undefined) {
    const { outcome, risk, code, message, before, after } = made;
    return outcome === 'not-started' ? null : { outcome, risk, code, message, before, after, journal };
  }
  if (refusal === undefined) return null;
  const { code, message } = refusal;
  return { outcome: 'refused', risk: null, code, message, before: null, after: null, journal: null };
}
