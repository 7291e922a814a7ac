/** A listing goes on by itself, whoever takes its pages. */
import { describe, expect, it } from 'vitest';
import { noReads, readSet } from '../../src/domain/model/api/reads.ts';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import type { ListedPool } from '../../src/ports/cloud.ts';
import { ListingAhead, type Listing } from '../../src/reading/listing-ahead.ts';
import { refusal } from './fake-cloud.ts';

const pool = (name: string): ListedPool => ({ id: `p_${name}`, name });
const page = (...names: readonly string[]) => succeeded(names.map(pool));
const denied = failed(refusal('AccessDeniedException', 'AccessDenied'));
/** Everything that can go on by itself has. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A listing whose first page is `a`, and whose others come when they are given. */
function listing(neededFor = (_pool: ListedPool) => noReads) {
  const coming: ((page: Attempt<readonly ListedPool[]> | null) => void)[] = [];
  const breaking: ((error: Error) => void)[] = [];
  async function* rest(): Listing {
    for (;;) {
      const next = await new Promise<Attempt<readonly ListedPool[]> | null>((resolve, reject) => {
        coming.push(resolve);
        breaking.push(reject);
      });
      if (next === null) return;
      yield next;
    }
  }
  const ahead = new ListingAhead([pool('a')], rest(), neededFor);
  async function give(next: Attempt<readonly ListedPool[]> | null): Promise<void> {
    await settled();
    coming.at(-1)?.(next);
    await settled();
  }
  return { ahead, give, asked: () => coming.length, breakOff: (error: Error) => breaking.at(-1)?.(error) };
}

async function taken(pages: Listing): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const each of pages) seen.push(each.ok ? each.value.map(({ name }) => name).join(' ') : each.failure.code);
  return seen;
}

describe('a listing that is opened', () => {
  it('is counted as it comes, though nobody takes its pages', async () => {
    const { ahead, give } = listing();
    expect([ahead.count, ahead.isEnded]).toEqual([1, false]);
    await give(page('b', 'c'));
    expect([ahead.count, ahead.isEnded]).toEqual([3, false]);
    await give(denied);
    await give(null);
    expect([ahead.count, ahead.isEnded]).toEqual([3, true]);
  });

  it('knows the requests that its pools take, by their quota', async () => {
    const described = readSet(['userPool']);
    const { ahead, give } = listing(({ name }) => (name === 'b' ? described : noReads));
    expect(ahead.requests).toEqual({ UserPoolRead: 0, UserPoolResourceRead: 1 });
    await give(page('b', 'c'));
    expect(ahead.requests).toEqual({ UserPoolRead: 1, UserPoolResourceRead: 3 });
  });

  it('gives each page once and in order, those that came before it was asked too', async () => {
    const { ahead, give } = listing();
    await give(page('b'));
    const all = taken(ahead.pages());
    await give(page('c'));
    await give(denied);
    await give(null);
    expect(await all).toEqual(['a', 'b', 'c', 'AccessDenied']);
    expect(await taken(ahead.pages())).toEqual([]);
  });

  it('ends for those who wait for more when it ends', async () => {
    const { ahead, give } = listing();
    const all = taken(ahead.pages());
    await give(null);
    expect(await all).toEqual(['a']);
  });

  it('rejects as it broke off, and only for whoever takes its pages', async () => {
    const { ahead, breakOff } = listing();
    await settled();
    breakOff(new Error('interrupted'));
    await settled();
    expect(ahead.isEnded).toBe(true);
    const pages = ahead.pages();
    expect(await pages.next()).toEqual({ done: false, value: page('a') });
    await expect(pages.next()).rejects.toThrow('interrupted');
  });

  it('wakes whoever waits when it breaks off', async () => {
    const { ahead, breakOff } = listing();
    const all = taken(ahead.pages());
    await settled();
    breakOff(new Error('interrupted'));
    await expect(all).rejects.toThrow('interrupted');
  });

  it('goes no further than one page once nobody takes more', async () => {
    const { ahead, give, asked } = listing();
    for await (const _page of ahead.pages()) break;
    await give(page('b'));
    expect([ahead.isEnded, asked()]).toEqual([true, 1]);
  });
});
