import type { Check } from '../../domain/policy/expect/checks.ts';
import { visible } from '../../escape/visible.ts';
import { breaking, padded, whole, widestOf } from '../formats/table/layout.ts';
import type { Paint } from '../formats/table/paint.ts';
import { foundInWords, wantedInWords } from '../text/value-words.ts';

const words = { holds: 'holds', misses: 'misses', unknown: 'unknown' } as const;

/** Each expectation of a policy that matches, for `hung`: path, what is wanted, what is there, verdict, line. */
export function checkLines(checks: readonly Check[], paint: Paint): readonly string[] {
  const cells = checks.map((check) => ({
    check,
    path: visible(check.path),
    wanted: `want ${visible(wantedInWords(check.expected))}`,
    found: `found ${visible(foundInWords(check.actual))}`,
  }));
  const pathWidth = widestOf(cells.map(({ path }) => path));
  const wantedWidth = widestOf(cells.map(({ wanted }) => wanted));
  const foundWidth = widestOf(cells.map(({ found }) => found));
  return cells.map(({ check: { verdict, location, missing }, path, wanted, found }) => {
    const word = padded(words[verdict], 7);
    const painted = { holds: paint.good, misses: paint.bad, unknown: paint.unknown }[verdict](word);
    const seen =
      missing === null ? whole(padded(found, foundWidth)) : padded(`not known: ${visible(missing.what)}`, foundWidth);
    const named = whole(`${painted}  ${padded(path, pathWidth)}`);
    const line = whole(`${visible(location.file)}:${location.line}`);
    return `    ${[named, whole(padded(wanted, wantedWidth)), seen, line].join(breaking('  '))}`;
  });
}
