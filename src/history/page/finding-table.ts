/** Findings of a history as rows of a table. */
import { severities } from '../../domain/model/severity.ts';
import { wholeNumber } from '../../number-format.ts';
import { broken, html, nothing, type Markup } from '../../report/formats/html/markup.ts';
import { table } from '../../report/formats/html/table.ts';
import { resolvedInShort } from '../../report/text/finding-words.ts';
import type { ClosedFinding, OpenFinding } from '../trend.ts';

/** A night lists so many findings of each kind, and says how many more there are. */
const shownFindings = 200;

export interface FurtherColumn<F> {
  readonly heading: string;
  readonly cell: (finding: F) => Markup;
}

export const since: FurtherColumn<OpenFinding> = {
  heading: 'Since',
  cell: (finding) =>
    html`<td class="date">${finding.since}${finding.isOlder ? html`<small>or before</small>` : nothing}</td>`,
};

export const why: FurtherColumn<ClosedFinding> = {
  heading: 'Why',
  cell: ({ reason }) => html`<td>${resolvedInShort[reason]}</td>`,
};

/** @param label whose first word heads the severities */
export function findingTable<F extends OpenFinding>(
  label: string,
  findings: readonly F[],
  further: readonly FurtherColumn<F>[],
): Markup {
  const left = findings.length - shownFindings;
  const rows = findings.slice(0, shownFindings).map(
    (finding) =>
      html`<tr>
        <td><span class="severity ${severityClass(finding.severity)}">${finding.severity}</span></td>
        <td>${broken(finding.poolName)}<small class="mono">${broken(finding.poolId)}</small></td>
        <td class="mono">${broken(finding.accountId)}<small>${broken(finding.region)}</small></td>
        <td>${broken(finding.policy)}<small class="mono">${broken(finding.path)}</small></td>
        ${further.map(({ cell }) => cell(finding))}
      </tr>`,
  );
  const headings = [label.split(' ')[0] ?? '', 'Pool', 'Account', 'Policy', ...further.map(({ heading }) => heading)];
  return html`${table({ label, headings, isSortable: false }, rows)}
  ${left > 0 ? html`<p>${wholeNumber(left)} more in the history (docs/history.md).</p>` : nothing}`;
}

function severityClass(severity: string): string {
  return severities.find((each) => each === severity) ?? 'info';
}
