import { html, nothing, type Markup } from './markup.ts';

export interface TableOptions {
  /** What a screen reader calls it: the table scrolls sideways, so that it is a region of its own. */
  readonly label: string;
  /** With `numeric` for a column of numbers. */
  readonly headings: readonly (string | { readonly numeric: string })[];
  /** By a click on a heading, where scripts run. */
  readonly isSortable: boolean;
}

export function table({ label, headings, isSortable }: TableOptions, rows: readonly Markup[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table${isSortable ? html` class="sortable"` : nothing}>
      <thead>
        <tr>
          ${headings.map(heading)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function heading(name: TableOptions['headings'][number]): Markup {
  return typeof name === 'string'
    ? html`<th scope="col">${name}</th>`
    : html`<th scope="col" class="number">${name.numeric}</th>`;
}
