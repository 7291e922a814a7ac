/** Every pool that was listed, so that "was pool X checked, and did it pass?" has an answer on the page. */
import { poolStatuses, type PoolRecord, type PoolStatus, type ResultHead } from '../../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../../number-format.ts';
import { broken, html, nothing, type Markup } from '../markup.ts';

/** A browser searches this many at once; the evidence pack's pools.csv has no bound. */
export const maxPools = 50_000;
/** Rows that are there before, or without, the script; it draws the same ones first. */
export const poolsWithoutScript = 100;

const statusWords: Readonly<Record<PoolStatus, string>> = {
  compliant: 'passes',
  drifted: 'drifts',
  excepted: 'excepted',
  uncovered: 'matched by no policy',
  unreadable: 'not wholly read',
};

/** As the style sheet colours them. */
const statusClasses: Readonly<Record<PoolStatus, string>> = {
  compliant: 'passes',
  drifted: 'drifting',
  excepted: 'excepted',
  uncovered: 'uncovered',
  unreadable: 'unreadable',
};

/** What the script has to know of a status: its name, its words, its class. */
export const statusTable = poolStatuses.map((status) => [status, statusWords[status], statusClasses[status]] as const);

/** @param first the first pools in the result's order */
export function poolsSection(first: readonly PoolRecord[], { summary }: ResultHead): Markup {
  const { total } = summary.pools;
  if (total === 0) return nothing;
  const listed = Math.min(total, maxPools);
  return html`<section id="pools">
    <h2>Pools</h2>
    ${
      total > listed
        ? html`<p class="notice">
            The first ${wholeNumber(listed)} of ${counted(total, 'pool')} are on this page; all of them are in pools.csv
            of the evidence pack (--evidence), and in the saved result.
          </p>`
        : nothing
    }
    <div class="controls" id="pools-controls" hidden>
      <label class="search"
        >Search<input id="p-text" type="search" autocomplete="off" placeholder="pool, account, region, policy"
      /></label>
      <label
        >Status<select id="p-status">
          <option value="">all</option>
          ${poolStatuses.map((status) => html`<option value="${status}">${statusWords[status]}</option>`)}
        </select></label
      >
    </div>
    <p id="pools-count" role="status">
      ${wholeNumber(Math.min(poolsWithoutScript, total))} of ${counted(listed, 'pool')} shown
    </p>
    <div class="scroll" id="pools-table" tabindex="0" role="region" aria-label="Pools">
      <table>
        <thead>
          <tr>
            ${['Status', 'Pool', 'Account', 'Region', 'Judged by', 'Read'].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody id="pools-body">
          ${first.slice(0, poolsWithoutScript).map(staticRow)}
        </tbody>
      </table>
    </div>
    <div class="more"><button type="button" id="pools-more" hidden>Show 500 more</button></div>
  </section>`;
}

function staticRow(pool: PoolRecord): Markup {
  const { status, accountId, accountName } = pool;
  return html`<tr>
    <td class="${`status ${statusClasses[status]}`}">${statusWords[status]}</td>
    <td class="name">${broken(pool.poolName)}<small class="mono">${broken(pool.poolId)}</small></td>
    <td class="account">${broken(accountName ?? accountId)}<small>${accountName === null ? '' : accountId}</small></td>
    <td class="date">${pool.region}</td>
    <td>${broken(pool.policies.join(', '))}</td>
    <td class="date">${shortMoment(pool.observedAt)}</td>
  </tr>`;
}

/** `2026-11-18 02:13` */
export function shortMoment(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
