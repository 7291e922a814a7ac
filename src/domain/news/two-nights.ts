import type { Result } from '../result/result.ts';
import { exceptionNews } from './exception-news.ts';
import { findingNews } from './finding-news.ts';
import { gapNews } from './gap-news.ts';
import type { News } from './news.ts';
import { selectorNews } from './selector-news.ts';

/**
 * What a night says that the night before did not, which every channel tells from. Findings, pools and accounts are known
 * by their ids and policies by their names, so that what was only renamed is no news; a pool that was deleted and made
 * again has another id, and is.
 *
 * Findings in the order of the result, then gaps, exceptions and selectors. Both results are read side by side, so that
 * memory stays flat as pools grow.
 *
 * @param lastNight `null`: a result that was compared when it was made tells what it can by itself (its findings, not its
 *   gaps and selectors); in one that never was, everything is new
 */
export async function* newsOf(tonight: Result, lastNight: Result | null): AsyncGenerator<News, void, void> {
  const selectors = selectorNews(tonight);
  const exceptions = exceptionNews(tonight, lastNight);
  yield* findingNews(tonight, lastNight, (pool) => {
    selectors.pool(pool);
    if (pool.now !== null) exceptions.pool(pool.now);
  });
  yield* gapNews(tonight, lastNight, (gap) => exceptions.gap(gap));
  yield* exceptions.ending();
  yield* selectors.empty();
}
