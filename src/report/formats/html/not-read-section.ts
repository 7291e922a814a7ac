import { counted, wholeNumber } from '../../../number-format.ts';
import { placesInWords, type GapGroup } from '../../views/gap-groups.ts';
import type { Overview } from '../../views/overview.ts';
import { broken, html, nothing, type Markup } from './markup.ts';
import { table } from './table.ts';

/** How many accounts of a cause are named, and how many causes are listed. */
export const namedAccounts = 20;
const shownGroups = 200;

export function notReadSection(overview: Overview, places: number): Markup {
  const { openGaps, acceptedGaps } = overview;
  const verdict =
    places === 0
      ? html`<p>Everything in scope was read${acceptedGaps.length === 0 ? '' : ', save what exceptions accept'}.</p>`
      : html`<p>
          ${counted(places, 'place')} could not be read. There is no verdict there: neither drift nor compliance.
        </p>`;
  return html`<section id="not-read">
    <h2>What was not read</h2>
    ${verdict} ${gapTable('Not read', openGaps, overview)}
    ${acceptedGaps.length === 0 ? nothing : html`<h3>Accepted by exceptions</h3>`}
    ${gapTable('Accepted by exceptions', acceptedGaps, overview)}
  </section>`;
}

function gapTable(title: string, groups: readonly GapGroup[], overview: Overview): Markup {
  if (groups.length === 0) return nothing;
  const left = groups.length - shownGroups;
  const shown = groups.slice(0, shownGroups).map((group) => gapRow(group, overview));
  return html`${table({ label: title, headings: ['Where', 'Why', 'What to do'], isSortable: false }, shown)}
  ${left > 0 ? html`<p>${counted(left, 'more cause')} in the saved result (--report csv).</p>` : nothing}`;
}

function gapRow(group: GapGroup, { accountNames }: Overview): Markup {
  const { accountIds, reason, code, remedy } = group;
  const named = [...accountIds].slice(0, namedAccounts).map((id) => {
    const name = accountNames.get(id) ?? null;
    return name === null ? id : `${name} ${id}`;
  });
  const left = accountIds.size - named.length;
  const accounts = [...named, ...(left > 0 ? [`${wholeNumber(left)} more`] : [])].join(', ');
  return html`<tr>
    <td>${broken(placesInWords(group))}<small>${broken(accounts)}</small></td>
    <td>${broken(reason)}<small>${broken(code)}</small></td>
    <td>${broken(remedy)}</td>
  </tr>`;
}
