import { type ResultHead } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import type { WorstFindings } from '../../views/worst-findings.ts';
import type { FindingEvidence } from './findings-data.ts';
import type { SortKey } from './page/page-data.ts';
import { broken, html, nothing, type Markup } from './markup.ts';
import { severities } from '../../../domain/model/severity.ts';

/** Rows that are there before, or without, the script; it draws the same ones first. */
const rowsWithoutScript = 100;

export function findingsSection(found: WorstFindings<FindingEvidence>, head: ResultHead): Markup {
  const { kept, ranked } = found;
  const left = ranked - kept.length;
  const isCompared = kept.some(({ finding }) => finding.change !== null);
  return html`<section id="findings">
    <h2>Findings</h2>
    ${comparison(kept)}
    ${left > 0 ? html`<p class="notice">The worst ${wholeNumber(kept.length)} of ${counted(ranked, 'finding')} are on this page; all of them are in the saved result (--report csv, json).</p>` : nothing}
    ${findingControls(kept, head, isCompared)}
    <p id="findings-count" role="status">
      ${kept.length === 0 ? 'There are none.' : `${wholeNumber(Math.min(rowsWithoutScript, kept.length))} of ${counted(kept.length, 'finding')} shown`}
    </p>
    <div
      class="scroll"
      id="findings-table"
      tabindex="0"
      role="region"
      aria-label="Findings"
      ${kept.length === 0 ? html` hidden` : nothing}
    >
      <table>
        <thead>
          <tr>
            ${(isCompared ? [...columns, since] : columns).map(({ key, name }) => html`<th scope="col" data-key="${key}">${name}</th>`)}
          </tr>
        </thead>
        <tbody id="findings-body">
          ${kept.slice(0, rowsWithoutScript).map((one) => staticRow(one, isCompared))}
        </tbody>
      </table>
    </div>
    <div class="more"><button type="button" id="findings-more" hidden>Show 500 more</button></div>
  </section>`;
}

const columns: readonly Column[] = [
  { key: 'severityRank', name: 'Severity' },
  { key: 'name', name: 'Pool' },
  { key: 'account', name: 'Account' },
  { key: 'path', name: 'Setting' },
  { key: 'wanted', name: 'Wanted and found' },
  { key: 'policy', name: 'Policy' },
];
/** Where there was a comparison. */
const since: Column = { key: 'since', name: 'Since' };

interface Column {
  readonly key: SortKey;
  readonly name: string;
}

function comparison(kept: readonly FindingEvidence[]): Markup {
  const compared = kept.filter(({ finding }) => finding.change !== null);
  if (compared.length === 0) return nothing;
  const fresh = compared.filter(({ finding }) => finding.change === 'new').length;
  return html`<p>
    Against the baseline: <b>${wholeNumber(fresh)} new</b>, ${wholeNumber(compared.length - fresh)} persisting.
  </p>`;
}

function findingControls(kept: readonly FindingEvidence[], head: ResultHead, isCompared: boolean): Markup {
  const policies = head.run.policySet.map(({ name }) => name);
  const accounts = new Map(kept.map(({ pool }) => [pool.accountId, pool.account ?? pool.accountId]));
  return html`<div class="controls" id="findings-controls" hidden>
    <label class="search"
      >Search (press /)<input id="f-text" type="search" autocomplete="off" placeholder="pool, account, setting, value"
    /></label>
    <div class="choices">
      ${choice('f-severity', 'Severity', named(severities))}
      ${choice('f-status', 'Status', named(['drift', 'excepted', 'fixed']))}
      ${choice('f-policy', 'Policy', named(policies))} ${choice('f-account', 'Account', [...accounts])}
      ${isCompared ? choice('f-change', 'Change', named(['new', 'persisting'])) : nothing}
      <button type="button" id="findings-reset">Reset</button>
    </div>
  </div>`;
}

function named(values: readonly string[]): readonly (readonly [string, string])[] {
  return values.map((value) => [value, value]);
}

function choice(id: string, name: string, options: readonly (readonly [value: string, words: string])[]): Markup {
  return html`<label
    >${name}<select id="${id}">
      <option value="">all</option>
      ${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select></label
  >`;
}

function staticRow({ pool, finding }: FindingEvidence, isCompared: boolean): Markup {
  const status = finding.status === 'drift' ? nothing : html`<small>${finding.status}</small>`;
  const place = `${finding.file}${finding.line === null ? '' : `:${finding.line}`}`;
  return html`<tr>
    <td class="rank"><span class="${`severity ${finding.severity}`}">${finding.severity}</span>${status}</td>
    <td class="name">${broken(pool.name)}<small class="mono">${broken(pool.id)}</small></td>
    <td class="account">
      ${broken(pool.account ?? pool.accountId)}<small
        >${pool.account === null ? nothing : html`${pool.accountId} `}${broken(pool.region)}</small
      >
    </td>
    <td class="mono setting">${broken(finding.path)}</td>
    <td class="mono values">
      <span><i>want</i> ${broken(finding.wanted)}</span> <span><i>found</i> ${broken(finding.found)}</span>
    </td>
    <td class="policy">${broken(finding.policy ?? 'none matches')}<small>${broken(place)}</small></td>
    ${isCompared ? html`<td class="date">${sinceInWords(finding)}</td>` : nothing}
  </tr>`;
}

function sinceInWords({ change, since: day }: FindingEvidence['finding']): string {
  return change === 'new' ? 'new' : (day ?? '').slice(0, 10);
}
