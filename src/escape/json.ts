/** JSON.stringify escapes C0 and lone surrogates; these it leaves, and a terminal or a log would act on them. */
const leftRaw = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#(?=#\[|#vso\[)/gu;

/** One line of JSON that is safe on a terminal: what can't be seen is written as an escape, so the value is the same. */
export function jsonLine(value: unknown): string {
  return escapedUnits(JSON.stringify(value));
}

/** A JSON array with one value a line, for any number of values. */
export async function* jsonArray(values: AsyncIterable<object>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const value of values) {
    yield `${separator}${jsonLine(value)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** `jsonLine` for a whole document, two spaces deep; its line breaks stay. */
export function jsonPage(value: unknown): string {
  return JSON.stringify(value, null, 2).split('\n').map(escapedUnits).join('\n');
}

/** What stands in quotes there, for JSON itself and for whatever has its escapes. */
export function escapedUnits(json: string): string {
  return json.replace(leftRaw, (character) =>
    // Inside JSON each UTF-16 unit has its own escape.
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
