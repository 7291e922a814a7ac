/** A sink that tells the log what is skipped on its way. */
import type { Log } from '../../log.ts';
import type { ObservationSink } from '../sink.ts';

export function loggedSink(sink: ObservationSink, log: Log | null): ObservationSink {
  if (log === null) return sink;
  const skipped = (account: string, region: string, pool: string | null, reason: string): void =>
    log.debug('skipped', { account, region, pool, reason });
  return {
    isFinished(account, region) {
      const isFinished = sink.isFinished(account, region);
      if (isFinished) skipped(account, region, null, 'read already, by the run that is resumed');
      return isFinished;
    },
    beginUnit(account, region) {
      const unit = sink.beginUnit(account, region);
      return {
        pools: (observations) => unit.pools(observations),
        finish(observation, skippedPools) {
          if (observation.skipReason !== null) skipped(account, region, null, observation.skipReason);
          for (const pool of skippedPools) skipped(account, region, pool, 'pool-deleted');
          return unit.finish(observation, skippedPools);
        },
      };
    },
  };
}
