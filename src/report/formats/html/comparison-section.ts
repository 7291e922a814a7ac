import type { Result } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import {
  baselineInWords,
  changesInWords,
  wayOf,
  type Comparison,
  type Turn,
  type TurnedPool,
} from '../../views/baseline-view.ts';
import { broken, html, nothing, type Markup } from './markup.ts';
import { table } from './table.ts';

/** How many pools of another verdict are listed at most, of those that got worse, better, and of the others. */
export const comparedPools = 500;

export function comparisonSection(result: Result, comparison: Comparison | null): Markup {
  if (comparison === null) return nothing;
  const { turns, turnedPools, pools } = comparison;
  const total = counted(result.head.summary.pools.total, 'pool');
  const left = turnedPools - pools.length;
  return html`<section id="compared">
    <h2>Compared with the ${broken(baselineInWords(result))}</h2>
    <p>${changesInWords(comparison)}.</p>
    <p>${wholeNumber(turnedPools)} of ${total} ${turnedPools === 1 ? 'has' : 'have'} another verdict.</p>
    ${turns.length === 0 ? nothing : turnTable(turns)} ${pools.length === 0 ? nothing : poolTable(pools)}
    ${left > 0 ? html`<p>${counted(left, 'more pool')} in the saved result.</p>` : nothing}
  </section>`;
}

function turnTable(turns: readonly Turn[]): Markup {
  const headings = ['Before', 'Now', { numeric: 'Pools' }, 'Which way'];
  return table(
    { label: 'Verdicts that changed', headings, isSortable: false },
    turns.map(
      (turn) =>
        html`<tr>
          <td>${turn.from}</td>
          <td>${turn.to}</td>
          <td class="number">${wholeNumber(turn.pools)}</td>
          <td>${wayOf(turn)}</td>
        </tr>`,
    ),
  );
}

function poolTable(pools: readonly TurnedPool[]): Markup {
  const headings = ['Pool', 'Account', 'Region', 'Before', 'Now', 'Because of'];
  return html`<details>
    <summary>The pools (${wholeNumber(pools.length)})</summary>
    ${table({ label: 'Pools with another verdict', headings, isSortable: true }, pools.map(poolRow))}
  </details>`;
}

function poolRow({ pool, from, to, because }: TurnedPool): Markup {
  return html`<tr>
    <td>${broken(pool.poolName)}<small class="mono">${broken(pool.poolId)}</small></td>
    <td>${broken(pool.accountName ?? pool.accountId)}<small>${pool.accountId}</small></td>
    <td>${broken(pool.region)}</td>
    <td>${from}</td>
    <td>${to}</td>
    <td>${broken(because.join(', '))}</td>
  </tr>`;
}
