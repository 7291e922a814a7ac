import type { Notes } from './evaluate.ts';
import type { SummaryNumbers } from './expected.ts';
import type { ScopedAccount } from './scope.ts';

/** Counts of a whole audit; `failed` accounts have an open gap of their own or of one of their regions. */
export function summarize(accounts: readonly ScopedAccount[], { gaps, pools, findings }: Notes): SummaryNumbers {
  const skipped = accounts.filter(({ fate }) => fate.kind === 'skipped').length;
  const failed = new Set(
    gaps.filter(({ scope, accepted }) => scope !== 'pool' && !accepted).map(({ place }) => place.split('/')[0]),
  ).size;
  const withStatus = (status: string) => pools.filter((pool) => pool.status === status).length;
  const drift = (severity: string) =>
    findings.filter((finding) => finding.status === 'drift' && finding.severity === severity).length;
  return {
    accounts: { listed: accounts.length, audited: accounts.length - skipped - failed, skipped, failed },
    pools: {
      total: pools.length,
      compliant: withStatus('compliant'),
      drifted: withStatus('drifted'),
      excepted: withStatus('excepted'),
      uncovered: withStatus('uncovered'),
      unreadable: withStatus('unreadable'),
    },
    findings: {
      critical: drift('critical'),
      high: drift('high'),
      medium: drift('medium'),
      low: drift('low'),
      info: drift('info'),
    },
    gaps: {
      open: gaps.filter(({ accepted }) => !accepted).length,
      accepted: gaps.filter(({ accepted }) => accepted).length,
    },
  };
}
