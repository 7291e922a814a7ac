import type { Summary } from '../../domain/result/result.ts';

/** Adds the counts of all shards up; each missing shard is one more open gap. */
export function sumSummaries(summaries: readonly Summary[], missing: number): Summary {
  const add = (count: (summary: Summary) => number): number =>
    summaries.reduce((total, summary) => total + count(summary), 0);
  return {
    accounts: {
      listed: add(({ accounts }) => accounts.listed),
      audited: add(({ accounts }) => accounts.audited),
      skipped: add(({ accounts }) => accounts.skipped),
      failed: add(({ accounts }) => accounts.failed),
    },
    pools: {
      total: add(({ pools }) => pools.total),
      compliant: add(({ pools }) => pools.compliant),
      drifted: add(({ pools }) => pools.drifted),
      excepted: add(({ pools }) => pools.excepted),
      uncovered: add(({ pools }) => pools.uncovered),
      unreadable: add(({ pools }) => pools.unreadable),
    },
    findings: {
      critical: add(({ findings }) => findings.critical),
      high: add(({ findings }) => findings.high),
      medium: add(({ findings }) => findings.medium),
      low: add(({ findings }) => findings.low),
      info: add(({ findings }) => findings.info),
      fixed: add(({ findings }) => findings.fixed),
    },
    drift: { pools: add(({ drift }) => drift.pools), failing: add(({ drift }) => drift.failing) },
    gaps: { open: add(({ gaps }) => gaps.open) + missing, accepted: add(({ gaps }) => gaps.accepted) },
    changes: sumChanges(summaries),
    // No shard changes anything.
    remediation: null,
    api: {
      calls: add(({ api }) => api.calls),
      throttled: add(({ api }) => api.throttled),
      retried: add(({ api }) => api.retried),
    },
  };
}

/** Only where every shard was compared. */
function sumChanges(summaries: readonly Summary[]): Summary['changes'] {
  const all = summaries.flatMap(({ changes }) => (changes === null ? [] : [changes]));
  if (all.length < summaries.length) return null;
  const add = (name: keyof NonNullable<Summary['changes']>): number =>
    all.reduce((total, changes) => total + changes[name], 0);
  return { new: add('new'), persisting: add('persisting'), resolved: add('resolved'), unseen: add('unseen') };
}
