/**
 * Where a text may be broken into lines: between words, and behind the signs that part paths, ARNs and JSON. A browser by itself
 * breaks behind every hyphen, and in the middle of a word that a column is too narrow for.
 */

/** A word up to this length is whole, whatever signs are in it. */
const short = 20;
/** What fits a line of a telephone; a longer part has to be broken somewhere. */
const longest = 44;

/** Behind a dot before a member's name, a slash, a comma, and a colon that no line number follows. */
const partings = /(?<=\.)(?=[A-Z]|anyOf)|(?<=\/)|(?<=:)(?!\d+$)|(?<=,)/;

/** Behind these a browser ends a line by itself. */
const breaking = /[-/|?\u2010-\u2014]./;

export interface TextPart {
  readonly text: string;
  /** Not to be broken by the browser, which would. */
  readonly isWhole: boolean;
  /** A line may end behind it, though no space is there. */
  readonly mayEnd: boolean;
}

/** The text in parts; put together they are the text again. */
export function partsOf(text: string): readonly TextPart[] {
  return text.split(/(\s+)/).flatMap((word) => {
    const parts = word.length <= short ? [word] : word.split(partings);
    return parts
      .filter((part) => part !== '')
      .map((part, index, { length }) => ({
        text: part,
        isWhole: part.length <= longest && breaking.test(part),
        mayEnd: index < length - 1,
      }));
  });
}
