/** How long a listing may be: what never ends by itself is ended here. */
import type { Page } from '../ports/cloud.ts';
import type { CallFailure } from '../pacing/call-result.ts';

/** A page may be empty and not the last (Organizations API reference); so many in a row are no listing. */
const mostEmptyPages = 100;

export interface Bounded<T> {
  /** What of a page still counts. */
  readonly items: readonly T[];
  /** Why the listing ends with this page; `null`: it goes on, or ends by itself. */
  readonly endless: CallFailure | null;
}

export class ListingBounds {
  private readonly most: number;
  private readonly tokens = new Set<string>();
  private items = 0;
  private emptyPages = 0;

  /** `most`: items of the whole listing. */
  constructor(most: number) {
    this.most = most;
  }

  take<T>({ items, next }: Page<T>): Bounded<T> {
    const room = this.most - this.items;
    this.items += items.length;
    this.emptyPages = items.length === 0 ? this.emptyPages + 1 : 0;
    const endless = items.length > room ? tooMany(this.most) : next === null ? null : this.endlessness(next);
    return { items: items.slice(0, room), endless };
  }

  private endlessness(next: string): CallFailure | null {
    if (this.tokens.has(next)) return pageLoop(this.tokens.size);
    this.tokens.add(next);
    return this.emptyPages >= mostEmptyPages ? onlyEmptyPages : null;
  }
}

const remedy = 'Run again; if it stays, report it to AWS support: the listing never ends.';

/** `pages`: before the one that gave it again. */
function pageLoop(pages: number): CallFailure {
  const message = `the listing gave a page token for the second time, after ${pages} pages`;
  return { name: 'PageLoop', code: 'page-loop', retry: 'no', message, remedy, requestId: null };
}

function tooMany(most: number): CallFailure {
  const message = `the listing has more than ${most} items, which is more than there can be`;
  return { name: 'EndlessListing', code: 'malformed', retry: 'no', message, remedy, requestId: null };
}

const onlyEmptyPages: CallFailure = {
  name: 'EndlessListing',
  code: 'malformed',
  retry: 'no',
  message: `the listing gave ${mostEmptyPages} empty pages in a row`,
  remedy,
  requestId: null,
};
