import { visible } from '../../../escape/visible.ts';

/**
 * A name as code. An HTML element and not backticks: a backtick or a pipe of the name would end those, and nothing
 * inside `<code>` becomes a mention, a link or an issue reference.
 */
export function markdownCode(text: string): string {
  return text === '' ? '' : `<code>${visible(text).replace(/[^\p{L}\p{N} -]/gu, reference)}</code>`;
}

/** A sentence that may hold names of others. */
export function markdownText(text: string): string {
  return visible(text).replace(/[!-+/:-@[-`{-~]|\.(?=\S)/gu, (character) =>
    // GitHub looks for mentions and issue numbers in the rendered text, but not inside code.
    character === '@' || character === '#' ? `<code>${reference(character)}</code>` : reference(character),
  );
}

/** A referenced character is never markup (CommonMark 0.31, 2.5). */
function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
