import { describe, expect, it } from 'vitest';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import { Endpoint } from '../../src/pacing/endpoint.ts';
import { throttledFailure } from './service.ts';

const unreached = { ...throttledFailure, name: 'ECONNREFUSED', code: 'network', retry: 'transient' } as const;
const askers = Array.from({ length: 5 }, (_, index) => ({ index }));

type Row = readonly [asker: number, atSeconds: number, outcome?: Attempt<unknown>];

/** Each asks at its moment, in seconds, and hears after 100 ms. */
function asked(...rows: readonly Row[]): Endpoint {
  const endpoint = new Endpoint();
  for (const [asker, seconds, outcome = failed(unreached)] of rows)
    endpoint.note(askers[asker] ?? {}, outcome, seconds * 1000, seconds * 1000 + 100);
  return endpoint;
}
const five = (from: number) => askers.map((_, index): Row => [index, from + index]);

describe('an endpoint', () => {
  it('that five did not reach for a quarter of a minute is given up, for the last reason', () => {
    const endpoint = asked(...five(2));
    expect(endpoint.givenUp(16_999)).toBeNull();
    expect(endpoint.givenUp(17_000)).toEqual({ ...unreached, retry: 'no' });
  });

  it('that nobody asked may be', () => {
    expect(new Endpoint().givenUp(60_000)).toBeNull();
  });

  it.each<[string, readonly Row[]]>([
    ['four did not reach', five(0).slice(1)],
    ['one did not reach five times', [0, 1, 2, 3, 4].map((seconds): Row => [0, seconds])],
    ['answered in between', [...five(0).slice(1), [0, 5, succeeded(1)], [0, 6]]],
    ['refused in between, which is an answer', [...five(0).slice(1), [0, 5, failed(throttledFailure)], [0, 6]]],
    ['answered at last', [...five(0), [0, 9, succeeded(1)]]],
  ])('that %s may be asked', (_what, rows) => {
    expect(asked(...rows).givenUp(600_000)).toBeNull();
  });

  it('counts from its last answer, where the first that failed was sent before it', () => {
    const endpoint = new Endpoint();
    endpoint.note(askers[0] ?? {}, succeeded(1), 9000, 10_000);
    for (const asker of askers) endpoint.note(asker, failed(unreached), 1000, 20_000);
    expect(endpoint.givenUp(24_999)).toBeNull();
    expect(endpoint.givenUp(25_000)).not.toBeNull();
  });

  it('that is given up is tried by one request each quarter of a minute, whose time has come', () => {
    const endpoint = asked(...five(2));
    const given = { ...unreached, retry: 'no' };
    expect(endpoint.refusal(16_999, true)).toBeNull();
    // The last was heard at 6.1 s.
    expect(endpoint.refusal(21_099, true)).toEqual(given);
    expect(endpoint.refusal(21_100, false)).toEqual(given);
    expect(endpoint.refusal(21_100, true)).toBeNull();
    expect(endpoint.refusal(36_099, true)).toEqual(given);
    expect(endpoint.refusal(36_100, true)).toBeNull();
    endpoint.note(askers[0] ?? {}, failed(unreached), 36_100, 40_000);
    expect(endpoint.refusal(54_999, true)).toEqual(given);
    expect(endpoint.refusal(55_000, true)).toBeNull();
    endpoint.note(askers[0] ?? {}, succeeded(1), 55_000, 55_100);
    expect(endpoint.refusal(55_100, true)).toBeNull();
    expect(endpoint.refusal(55_100, true)).toBeNull();
  });
});
