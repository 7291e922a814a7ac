import type { Page, Paged } from '../ports/cloud.ts';
import { ListingBounds, type Bounded } from './listing-bounds.ts';
import { failed, succeeded, type Attempt } from '../pacing/call-result.ts';
import type { Calls } from '../pacing/calls.ts';
import type { Quota } from '../pacing/quota.ts';

/** More than an organization has of anything that is listed here. */
const mostItems = 100_000;

/**
 * The pages of one listing, in order; the next is asked for while this one is worked on. A failure is the last item. A
 * listing that would never end by itself ends as a failure too (`listing-bounds.ts`).
 */
export async function* pages<T>(
  calls: Calls,
  quota: Quota,
  list: Paged<T>,
  prepare: () => Promise<Attempt<void>>,
  most = mostItems,
): AsyncGenerator<Attempt<readonly T[]>, void, void> {
  const bounds = new ListingBounds(most);
  const ask = (token: string | null): Promise<Attempt<Page<T>>> => {
    const page = calls.run(quota, () => list(token), prepare);
    page.catch(() => {}); // Whoever takes the page hears of it; nobody may be left to take it after an interruption.
    return page;
  };
  let coming: Promise<Attempt<Page<T>>> | null = ask(null);
  while (coming !== null) {
    const page: Attempt<Page<T>> = await coming;
    if (!page.ok) return yield page;
    const { next }: Page<T> = page.value;
    const { items, endless }: Bounded<T> = bounds.take(page.value);
    coming = next === null || endless !== null ? null : ask(next);
    yield succeeded(items);
    if (endless !== null) yield failed(endless);
  }
}

/** Every item of a listing, or the failure that broke it off. For lists that are short. */
export async function allItems<T>(listing: AsyncIterable<Attempt<readonly T[]>>): Promise<Attempt<readonly T[]>> {
  const items: T[] = [];
  for await (const page of listing) {
    if (!page.ok) return page;
    for (const item of page.value) items.push(item);
  }
  return succeeded(items);
}
