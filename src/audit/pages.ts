import type { Page, Paged } from './cloud.ts';
import { failed, succeeded, type Attempt, type CallFailure } from './pacing/attempt.ts';
import type { Calls } from './pacing/calls.ts';
import type { Quota } from './pacing/quota.ts';

/**
 * The pages of one listing, in order; the next is asked for while this one is worked on. A failure is the last item.
 * A token that was seen before ends the listing as a failure: it would never end by itself.
 */
export async function* pages<T>(
  calls: Calls,
  quota: Quota,
  list: Paged<T>,
  prepare?: () => Promise<Attempt<void>>,
): AsyncGenerator<Attempt<readonly T[]>, void, void> {
  const seen = new Set<string>();
  const ask = (token: string | null): Promise<Attempt<Page<T>>> => {
    const page = calls.run(quota, () => list(token), prepare);
    page.catch(() => {}); // Whoever takes the page hears of it; nobody may be left to take it after an interruption.
    return page;
  };
  let coming: Promise<Attempt<Page<T>>> | null = ask(null);
  while (coming !== null) {
    const page: Attempt<Page<T>> = await coming;
    if (!page.ok) return yield page;
    const { items, next }: Page<T> = page.value;
    const isLoop: boolean = next !== null && seen.has(next);
    coming = next === null || isLoop ? null : ask(next);
    if (next !== null) seen.add(next);
    yield succeeded(items);
    if (isLoop) yield failed(pageLoop(seen.size));
  }
}

/** Every item of a listing, or the failure that broke it off. For lists that are short. */
export async function allItems<T>(listing: AsyncIterable<Attempt<readonly T[]>>): Promise<Attempt<readonly T[]>> {
  const items: T[] = [];
  for await (const page of listing) {
    if (!page.ok) return page;
    items.push(...page.value);
  }
  return succeeded(items);
}

function pageLoop(pageCount: number): CallFailure {
  return {
    name: 'PageLoop',
    code: 'page-loop',
    retry: 'no',
    message: `the listing gave a page token for the second time, after ${pageCount} pages`,
    remedy: 'Run again; if it stays, report it to AWS support: the listing never ends.',
    requestId: null,
  };
}
