/** A picture that is seen without a script, with its numbers beside it as a table. */
import { html, type Markup } from '../markup.ts';
import { table, type TableOptions } from '../table.ts';

export interface Picture {
  /** Names it, and its title. */
  readonly id: string;
  readonly title: string;
  /** What it shows in a sentence, for whoever does not see it. */
  readonly says: string;
  readonly width: number;
  readonly height: number;
  /** Where parts of it are links, it is a group of them. */
  readonly role?: 'img' | 'group';
  /** As large as it is drawn, or as wide as the page. */
  readonly size: 'natural' | 'page';
}

export function picture({ id, title, says, width, height, role = 'img', size }: Picture, content: readonly Markup[]) {
  const measures = size === 'natural' ? { markup: ` width="${width}" height="${height}"` } : null;
  return html`<svg
    id="picture-${id}"
    class="chart ${size}"
    viewBox="0 0 ${width} ${height}"
    ${measures}
    role="${role}"
    aria-labelledby="${id}-title ${id}-says"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-says">${says}</desc>
    ${content}
  </svg>`;
}

/** It scrolls sideways where the window is narrow, so that it can be reached by the keyboard. */
export function figure(label: string, drawn: Markup): Markup {
  return html`<figure tabindex="0" role="group" aria-label="${label}">${drawn}</figure>`;
}

type Cell = string | number | Markup;

/** The numbers of a picture, for whoever does not see it or wants them: the first column names the row, by a date or in words. */
export function beside(label: string, headings: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const [first = '', ...others] = headings;
  const body = rows.map(
    ([name = '', ...cells]) =>
      html`<tr>
        ${typeof name === 'object' ? html`<td>${name}</td>` : html`<td class="date">${name}</td>`}
        ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
      </tr>`,
  );
  return folded(label, [first, ...others.map((numeric) => ({ numeric }))], body);
}

/** The same of rows that are no numbers. */
export function folded(label: string, headings: TableOptions['headings'], rows: readonly Markup[]): Markup {
  return html`<details>
    <summary>${label}, as a table</summary>
    ${table({ label, headings, isSortable: false }, rows)}
  </details>`;
}
