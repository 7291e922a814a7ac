/** What a journal alone says of its pools: for whoever has nothing else. */
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Journal } from './journal.ts';
import type { OwnTrace } from './traces.ts';

const outcomeOf = { begun: 'unknown', unverified: 'failed', written: 'applied' } as const;

/** Pools that it has a call about which may have taken effect, those with the newest lines last. */
export function outcomesIn(journal: Pick<Journal, 'traces'>): readonly PoolOutcome[] {
  return journal.traces().flatMap(({ trace, last }): readonly PoolOutcome[] => {
    if (last === null || !isWritten(trace)) return [];
    const { accountId, region, poolId, before, event, after, error } = last;
    return [
      {
        accountId,
        region,
        poolId,
        poolName: '',
        users: null,
        risk: null,
        before,
        because: [],
        code: null,
        outcome: outcomeOf[trace],
        message: error ?? (trace === 'begun' ? 'The call was begun, and its end is not known.' : ''),
        after: event === 'intent' ? null : after,
      },
    ];
  });
}

function isWritten(trace: OwnTrace): trace is keyof typeof outcomeOf {
  return trace !== 'none';
}
