/**
 * What a terminal, a log or a page would act on instead of showing it: control characters (C0, DEL, C1), format
 * characters such as bidirectional overrides and zero-width joiners, line and paragraph separators, lone surrogates.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Log commands of CI systems: GitHub's runner and Azure Pipelines obey `##[…]` and `##vso[…]` anywhere in a line, and
 * `::…::` where a line begins with it (github.com/actions/runner, ActionCommand.cs). A line may be broken at any space.
 */
const inlineCommand = /##(?=\[|vso\[)/g;
const leadingCommand = /(^|\s):(?=:)/g;

/** Most names are printable ASCII without a number sign or two colons; for those, one look is enough. */
const harmless = /^(?:[ -"$-9;-~]|:(?!:))*$/;

/** A name or text of somebody else, made safe to print inside one line: what can't be seen stands as `\u001B`. */
export function visible(text: string): string {
  if (harmless.test(text)) return text;
  return text.replace(unprintable, codePoint).replace(inlineCommand, '\\u0023#').replace(leadingCommand, '$1\\u003A');
}

/** The same for a text of several lines, whose own line breaks stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function codePoint(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
