/** HTML by tagged template: whatever is filled in is escaped, unless it is markup itself. */
import { escapeUTF8 } from 'entities';
import { visible } from '../../../escape/visible.ts';
import { partsOf } from './page/breaks.ts';

export interface Markup {
  readonly markup: string;
}

type Content = string | number | Markup | readonly Markup[] | null;

export function html(texts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const markup = texts.reduce((whole, text, index) => {
    const content = contents[index - 1];
    return `${whole}${content === undefined ? '' : rendered(content)}${text}`;
  });
  return { markup };
}

export const nothing: Markup = { markup: '' };

function rendered(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeUTF8(visible(content));
  return 'markup' in content ? content.markup : content.map(({ markup }) => markup).join('\n');
}

/** The text, to be broken into lines only where it may be: no word and no id in its middle. */
export function broken(text: string): Markup {
  const parts = partsOf(visible(text)).map(({ text: part, isWhole, mayEnd }) => {
    const escaped = escapeUTF8(part);
    return `${isWhole ? `<span class="whole">${escaped}</span>` : escaped}${mayEnd ? '<wbr>' : ''}`;
  });
  return { markup: parts.join('') };
}

/** Text of several lines that stay lines. */
export function lines(text: string): Markup {
  const shown = text.split(/\r?\n/).map((line) => escapeUTF8(line.split('\t').map(visible).join('  ')));
  return { markup: shown.join('\n') };
}
