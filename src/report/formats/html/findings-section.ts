import { type ResultHead } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import type { WorstFindings } from '../../views/worst-findings.ts';
import type { FindingEvidence } from './findings-data.ts';
import type { SortKey } from './page/page-data.ts';
import { html, nothing, type Markup } from './markup.ts';
import { severities } from '../../../domain/model/severity.ts';

/** Rows that are there before, or without, the script; it draws the same ones first. */
const rowsWithoutScript = 100;

export function findingsSection(found: WorstFindings<FindingEvidence>, head: ResultHead): Markup {
  const { kept, ranked } = found;
  const left = ranked - kept.length;
  return html`<section id="findings">
    <h2>Findings</h2>
    ${comparison(kept)}
    ${left > 0 ? html`<p class="notice">The worst ${wholeNumber(kept.length)} of ${counted(ranked, 'finding')} are on this page; all of them are in the saved result (--report csv, json).</p>` : nothing}
    ${findingControls(kept, head)}
    <p id="findings-count" role="status">
      ${wholeNumber(Math.min(rowsWithoutScript, kept.length))} of ${counted(kept.length, 'finding')} shown
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Findings">
      <table>
        <thead>
          <tr>
            ${columns.map(({ key, name }) => html`<th scope="col" data-key="${key}">${name}</th>`)}
          </tr>
        </thead>
        <tbody id="findings-body">
          ${kept.slice(0, rowsWithoutScript).map(staticRow)}
        </tbody>
      </table>
    </div>
    <div class="more"><button type="button" id="findings-more" hidden>Show 500 more</button></div>
  </section>`;
}

const columns = [
  { key: 'severityRank', name: 'Severity' },
  { key: 'policy', name: 'Policy' },
  { key: 'account', name: 'Account' },
  { key: 'region', name: 'Region' },
  { key: 'name', name: 'Pool' },
  { key: 'path', name: 'Setting' },
  { key: 'wanted', name: 'Wanted' },
  { key: 'found', name: 'Found' },
  { key: 'since', name: 'Since' },
] as const satisfies readonly { readonly key: SortKey; readonly name: string }[];

function comparison(kept: readonly FindingEvidence[]): Markup {
  const compared = kept.filter(({ finding }) => finding.change !== null);
  if (compared.length === 0) return nothing;
  const fresh = compared.filter(({ finding }) => finding.change === 'new').length;
  return html`<p>
    Against the baseline: <b>${wholeNumber(fresh)} new</b>, ${wholeNumber(compared.length - fresh)} persisting.
  </p>`;
}

function findingControls(kept: readonly FindingEvidence[], head: ResultHead): Markup {
  const policies = head.run.policySet.map(({ name }) => name);
  const accounts = new Map(kept.map(({ pool }) => [pool.accountId, pool.account ?? pool.accountId]));
  const hasChanges = kept.some(({ finding }) => finding.change !== null);
  return html`<div class="controls" id="findings-controls" hidden>
    <label class="search"
      >Search (press /)<input id="f-text" type="search" autocomplete="off" placeholder="pool, account, setting, value"
    /></label>
    ${choice(
      'f-severity',
      'Severity',
      severities.map((name) => [name, name]),
    )}
    ${choice('f-status', 'Status', [
      ['drift', 'drift'],
      ['excepted', 'excepted'],
      ['fixed', 'fixed'],
    ])}
    ${choice(
      'f-policy',
      'Policy',
      policies.map((name) => [name, name]),
    )}
    ${choice('f-account', 'Account', [...accounts])}
    ${
      hasChanges
        ? choice('f-change', 'Change', [
            ['new', 'new'],
            ['persisting', 'persisting'],
          ])
        : nothing
    }
    <button type="button" id="findings-reset">Reset</button>
  </div>`;
}

function choice(id: string, name: string, options: readonly (readonly [value: string, words: string])[]): Markup {
  return html`<label
    >${name}<select id="${id}">
      <option value="">all</option>
      ${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select></label
  >`;
}

function staticRow({ pool, finding }: FindingEvidence): Markup {
  const since = finding.change === 'new' ? 'new' : (finding.since ?? '').slice(0, 10);
  const status = finding.status === 'drift' ? nothing : html`<small>${finding.status}</small>`;
  const place = `${finding.file}${finding.line === null ? '' : `:${finding.line}`}`;
  return html`<tr>
    <td class="rank"><span class="${`severity ${finding.severity}`}">${finding.severity}</span>${status}</td>
    <td class="name">${finding.policy ?? 'none matches'}<small>${place}</small></td>
    <td class="name">${pool.account ?? pool.accountId}<small>${pool.account === null ? '' : pool.accountId}</small></td>
    <td class="date">${pool.region}</td>
    <td class="name">${pool.name}<small class="mono id">${pool.id}</small></td>
    <td class="mono setting">${finding.path}</td>
    <td class="mono">${finding.wanted}</td>
    <td class="mono">${finding.found}</td>
    <td class="date">${since}</td>
  </tr>`;
}
