import type { EarlierFinding, Finding, PoolRecord, ResolvedFinding } from '../result/result.ts';
import { withCause, type Runs } from './causes.ts';
import type { EarlierPool } from './earlier-pools.ts';
import { reasonOf, type PolicyKinship } from './resolution.ts';

export interface ComparedPool {
  /** With `change`, `since`, `earlierStatus` and `earlierReadiness`. */
  readonly pool: PoolRecord;
  readonly resolved: readonly ResolvedFinding[];
  readonly unseen: readonly EarlierFinding[];
}

export function comparePool(
  now: PoolRecord,
  before: EarlierPool | null,
  kinship: PolicyKinship,
  runs: Runs,
): ComparedPool {
  const earlier = before?.findings ?? new Map<string, EarlierFinding>();
  const present = new Map(now.findings.map((finding) => [finding.id, finding]));
  const resolved: ResolvedFinding[] = [];
  const unseen: EarlierFinding[] = [];
  for (const finding of earlier.values()) {
    const found = present.get(finding.id) ?? null;
    if (found === null && now.status === 'unreadable') unseen.push(finding);
    else if (finding.status === 'drift' && found?.status !== 'drift')
      resolved.push({ ...finding, reason: reasonFor(finding, found, before?.record ?? null, now, kinship) });
  }
  const findings = now.findings.map((finding) => compared(finding, earlier.get(finding.id) ?? null, runs.now));
  const record = before?.record ?? null;
  const pool = {
    ...withCause(now, { blame: null, codeEvent: null }, before, runs),
    findings,
    earlierStatus: record?.status ?? null,
    earlierReadiness: record?.readiness ?? null,
  };
  return { pool, resolved, unseen };
}

/** Drift that stood excused in the baseline is new: somebody has to look at it from now on. */
function compared(finding: Finding, earlier: EarlierFinding | null, startedAt: string): Finding {
  const isNew = earlier === null || (finding.status === 'drift' && earlier.status === 'excepted');
  return isNew
    ? { ...finding, change: 'new', since: startedAt }
    : { ...finding, change: 'persisting', since: earlier.since };
}

function reasonFor(
  earlier: EarlierFinding,
  found: Finding | null,
  before: PoolRecord | null,
  now: PoolRecord,
  kinship: PolicyKinship,
): ResolvedFinding['reason'] {
  if (found === null) return reasonOf(earlier, before, now, kinship);
  return found.status === 'fixed' ? 'fixed' : 'excepted';
}
