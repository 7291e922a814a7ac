import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/ports/cloud.ts';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import { allItems, pages } from '../../src/reading/pages.ts';
import { throttledFailure, virtualCalls } from '../pacing/service.ts';
import { VirtualClock } from './virtual-clock.ts';

const ready = async () => succeeded(undefined);

function listing(answers: Readonly<Record<string, Attempt<Page<string>>>>) {
  const { calls, counts } = virtualCalls(new VirtualClock());
  const list = async (token: string | null) =>
    answers[token ?? 'start'] ?? failed({ ...throttledFailure, retry: 'no' });
  return { counts, listed: pages(calls, calls.quota({ perSecond: 100 }), list, ready) };
}

describe('a listing', () => {
  it('goes on past an empty page to the last one', async () => {
    const { listed } = listing({
      start: succeeded({ items: ['a'], next: '1' }),
      1: succeeded({ items: [], next: '2' }),
      2: succeeded({ items: ['b'], next: null }),
    });
    expect(await allItems(listed)).toEqual(succeeded(['a', 'b']));
  });

  it('whose token comes again ends as a page loop, with what was listed before', async () => {
    const { listed, counts } = listing({
      start: succeeded({ items: ['a'], next: '1' }),
      1: succeeded({ items: ['b'], next: '2' }),
      2: succeeded({ items: ['c'], next: '1' }),
    });
    const seen: unknown[] = [];
    for await (const page of listed) seen.push(page.ok ? page.value : page.failure.code);
    expect(seen).toEqual([['a'], ['b'], ['c'], 'page-loop']);
    expect(counts.calls).toBe(3);
  });

  it.each([
    [10_000, []],
    [10_001, ['malformed']],
    [300_000, ['malformed']],
  ])('of %i items where there can be ten thousand gives no more than those', async (count, failures) => {
    const { calls } = virtualCalls(new VirtualClock());
    const items = Array.from({ length: count }, (_, index) => index);
    const list = async () => succeeded({ items, next: null });
    const seen: unknown[] = [];
    for await (const page of pages(calls, calls.quota({ perSecond: 100 }), list, ready, 10_000))
      seen.push(page.ok ? page.value.length : page.failure.code);
    expect(seen).toEqual([10_000, ...failures]);
  });

  it('of a hundred thousand items is put together', async () => {
    const items = Array.from({ length: 100_000 }, () => 'a');
    const all = await allItems(listing({ start: succeeded({ items, next: null }) }).listed);
    expect(all.ok && all.value).toHaveLength(100_000);
  });

  it('that breaks off gives what it had, and then the failure', async () => {
    const { listed } = listing({ start: succeeded({ items: ['a'], next: '1' }) });
    const seen: unknown[] = [];
    for await (const page of listed) seen.push(page.ok ? page.value : page.failure.code);
    expect(seen).toEqual([['a'], 'throttled']);
  });
});
