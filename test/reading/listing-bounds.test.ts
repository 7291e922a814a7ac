/** A listing that never ends by itself is ended, and says why. */
import { describe, expect, it } from 'vitest';
import { ListingBounds } from '../../src/reading/listing-bounds.ts';

const remedy = 'Run again; if it stays, report it to AWS support: the listing never ends.';
const endless = { retry: 'no', remedy, requestId: null };

/** What is left of pages of so many items each, given in turn with a token of its own unless one is named. */
function bounded(most: number, pages: readonly (readonly [items: number, next?: string | null])[]) {
  const bounds = new ListingBounds(most);
  return pages.map(([items, next = `token ${items}`], at) =>
    bounds.take({ items: Array.from({ length: items }, (_, item) => item), next: next === 'own' ? `${at}` : next }),
  );
}

describe('the items of a listing', () => {
  it('all count up to the most that there can be', () => {
    const pages = bounded(5, [
      [3, 'a'],
      [2, null],
    ]);
    expect(pages).toEqual([
      { items: [0, 1, 2], endless: null },
      { items: [0, 1], endless: null },
    ]);
  });

  it.each([['last', null] as const, ['one of many', 'b'] as const])(
    'end with the page that has more, be it the %s',
    (_which, next) => {
      const [, page] = bounded(4, [
        [3, 'a'],
        [2, next],
      ]);
      const message = 'the listing has more than 4 items, which is more than there can be';
      expect(page).toEqual({
        items: [0],
        endless: { ...endless, name: 'EndlessListing', code: 'malformed', message },
      });
    },
  );
});

describe('the tokens of a listing', () => {
  it('are each given once', () => {
    const pages = bounded(99, [
      [1, 'a'],
      [1, 'b'],
      [1, 'a'],
    ]);
    const message = 'the listing gave a page token for the second time, after 2 pages';
    expect(pages.map((page) => page.endless)).toEqual([
      null,
      null,
      { ...endless, name: 'PageLoop', code: 'page-loop', message },
    ]);
    expect(pages[2]?.items).toEqual([0]);
  });

  it('may be none, on the last page', () => {
    expect(bounded(99, [[1, null]])[0]?.endless).toBeNull();
  });
});

describe('empty pages', () => {
  const empty = (count: number) => Array.from({ length: count }, () => [0, 'own'] as const);

  it('are no listing once a hundred came in a row', () => {
    const pages = bounded(99, empty(100));
    expect(pages.filter((page) => page.endless !== null)).toHaveLength(1);
    expect(pages.at(-1)?.endless).toEqual({
      ...endless,
      name: 'EndlessListing',
      code: 'malformed',
      message: 'the listing gave 100 empty pages in a row',
    });
  });

  it('are counted anew after a page with an item', () => {
    const pages = bounded(99, [...empty(99), [1, 'own'], ...empty(99)]);
    expect(pages.every((page) => page.endless === null)).toBe(true);
  });

  it('may be a hundred where the last of them is the end', () => {
    expect(bounded(99, [...empty(99), [0, null]]).at(-1)?.endless).toBeNull();
  });
});
