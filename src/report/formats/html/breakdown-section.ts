import { wholeNumber } from '../../../number-format.ts';
import type { ControlSummary } from '../../views/controls.ts';
import type { BreakdownRow, Breakdown } from '../../views/breakdown.ts';
import { broken, html, nothing, type Markup } from './markup.ts';
import { table } from './table.ts';

/** A table of more rows than this lists the worst. */
const shownRows = 1000;

export function breakdownSection(breakdown: Breakdown, controls: readonly ControlSummary[]): Markup {
  return html`<section id="breakdown">
    <h2>Where it stands</h2>
    ${breakdownTable('By policy', breakdown.policies, true)} ${breakdownTable('By region', breakdown.regions, false)}
    ${breakdownTable('By organizational unit', breakdown.units, false)}
    ${breakdownTable('By account', breakdown.accounts, false)} ${controlTable(controls)}
  </section>`;
}

const numbers = ['pools', 'compliant', 'drifting', 'excepted', 'uncovered', 'unreadable', 'gaps'] as const;
const headings: Readonly<Record<(typeof numbers)[number], string>> = {
  pools: 'Pools',
  compliant: 'Hold',
  drifting: 'Drift',
  excepted: 'Excepted',
  uncovered: 'No policy',
  unreadable: 'Not wholly read',
  gaps: 'Places not read',
};

const breakdownHeadings = ['Name', ...numbers.map((name) => ({ numeric: headings[name] }))];

function breakdownTable(title: string, rows: readonly BreakdownRow[], isOpen: boolean): Markup {
  if (rows.length === 0) return nothing;
  const left = rows.length - shownRows;
  return html`<details${isOpen || rows.length <= 12 ? html` open` : nothing}><summary>${title} (${wholeNumber(rows.length)})</summary>
${table({ label: title, headings: breakdownHeadings, isSortable: true }, rows.slice(0, shownRows).map(breakdownRow))}
${left > 0 ? html`<p>The worst ${wholeNumber(shownRows)} are listed; ${wholeNumber(left)} more in the saved result.</p>` : nothing}
</details>`;
}

function breakdownRow(row: BreakdownRow): Markup {
  const note = row.note === '' ? nothing : html`<small>${broken(row.note)}</small>`;
  return html`<tr>
    <td>${broken(row.name)}${note}</td>
    ${numbers.map((name) => numberCell(row[name]))}
  </tr>`;
}

function numberCell(count: number): Markup {
  return html`<td class="${count === 0 ? 'number zero' : 'number'}" data-value="${count}">${wholeNumber(count)}</td>`;
}

const controlHeadings = [
  'Control',
  'Policies',
  ...['Pools', 'Drift', 'Excepted', 'Not wholly read'].map((numeric) => ({ numeric })),
  'Mind',
];

function controlTable(controls: readonly ControlSummary[]): Markup {
  if (controls.length === 0) return nothing;
  return html`<details open>
    <summary>By control (${wholeNumber(controls.length)})</summary>
    <p class="faint">
      A control stands here because a policy names it. This is evidence for a setting, not a statement that the whole
      control is met.
    </p>
    ${table({ label: 'By control', headings: controlHeadings, isSortable: true }, controls.map(controlRow))}
  </details>`;
}

function controlRow({ id, policies, pools, drifting, excepted, notRead, caveat }: ControlSummary): Markup {
  return html`<tr>
    <td>${broken(id)}</td>
    <td>${broken(policies.join(', '))}</td>
    ${[pools, drifting, excepted, notRead].map(numberCell)}
    <td>${broken(caveat ?? '')}</td>
  </tr>`;
}
