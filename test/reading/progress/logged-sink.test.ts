import { expect, it } from 'vitest';
import type { Log, LogFields } from '../../../src/log.ts';
import { loggedSink } from '../../../src/reading/progress/logged-sink.ts';
import type { ObservationSink } from '../../../src/reading/sink.ts';
import type { UnitObservation } from '../../../src/domain/model/observation.ts';

const place = { account: '111111111111', region: 'eu-west-1' };

/** A sink that has finished us-east-1 before, and all that it and the log were told. */
function recorded() {
  const told: unknown[] = [];
  const lines: (readonly [string, LogFields])[] = [];
  const sink: ObservationSink = {
    isFinished: (_account, region) => region === 'us-east-1',
    beginUnit: (...unit) => ({
      pools: async (observations) => void told.push(['pools', unit, observations]),
      finish: async (...finished) => void told.push(['finish', unit, finished]),
    }),
  };
  const log: Log = { debug: (...line) => void lines.push(line), trace: (...line) => void lines.push(line) };
  return { sink, log, told, lines };
}

function observed(skipReason: UnitObservation['skipReason']): UnitObservation {
  const status = skipReason === null ? 'read' : 'skipped';
  const readAt = '2026-11-29T02:00:00.000Z';
  return { accountId: place.account, region: place.region, status, skipReason, failure: null, pools: 2, readAt };
}

it('what is skipped is told with its reason, and all goes on to the sink', async () => {
  const { sink, log, told, lines } = recorded();
  const logged = loggedSink(sink, log);
  expect(['eu-west-1', 'us-east-1'].map((region) => logged.isFinished(place.account, region))).toEqual([false, true]);
  const unit = logged.beginUnit(place.account, place.region);
  await unit.pools([]);
  await unit.finish(observed('region-not-enabled'), ['eu-west-1_One', 'eu-west-1_Two']);
  expect(lines).toEqual([
    ['skipped', { ...place, region: 'us-east-1', pool: null, reason: 'read already, by the run that is resumed' }],
    ['skipped', { ...place, pool: null, reason: 'region-not-enabled' }],
    ['skipped', { ...place, pool: 'eu-west-1_One', reason: 'pool-deleted' }],
    ['skipped', { ...place, pool: 'eu-west-1_Two', reason: 'pool-deleted' }],
  ]);
  expect(told).toEqual([
    ['pools', ['111111111111', 'eu-west-1'], []],
    ['finish', ['111111111111', 'eu-west-1'], [observed('region-not-enabled'), ['eu-west-1_One', 'eu-west-1_Two']]],
  ]);
});

it('nothing is told of a unit that is read whole', async () => {
  const { sink, log, lines } = recorded();
  await loggedSink(sink, log).beginUnit(place.account, place.region).finish(observed(null), []);
  expect(lines).toEqual([]);
});

it('without a log the sink is as it was', () => {
  const { sink } = recorded();
  expect(loggedSink(sink, null)).toBe(sink);
});
