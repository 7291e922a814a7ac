import type { Tags } from './observation.ts';
import { compareTexts } from './place-order.ts';

/** Tags by name: AWS answers with a map, or a list without an order that it vouches for. */
export function tagsByName(entries: Iterable<readonly [string, string]>): Tags {
  return Object.fromEntries([...entries].sort(([one], [other]) => compareTexts(one, other)));
}
