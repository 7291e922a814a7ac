/** Of each pool that a change waits for: how many of its users are ready, drawn beside the baseline's. */
import type { Share } from '../../../domain/readiness/measurement.ts';
import { counted, percent, percents } from '../../../number-format.ts';
import { lenientInWords } from '../../text/readiness-words.ts';
import { stageWords, type MeasuredPool, type MeasuredPools } from '../../views/measured-pools.ts';
import { broken, html, nothing, type Markup } from './markup.ts';
import { table } from './table.ts';

/** How many pools are listed at most. */
export const measuredPools = 500;

export function readinessSection(measured: MeasuredPools): Markup {
  const { all, rollingOut } = measured.counts();
  if (all === 0) return nothing;
  const headings = [
    'Pool',
    'Account',
    'Region',
    'Could still sign in',
    'Waits for',
    { numeric: 'Locked out at most' },
    'Now',
  ];
  const left = all - measured.kept.length;
  const rolled = rollingOut === 0 ? '' : ` ${counted(rollingOut, 'pool is', 'pools are')} rolling out.`;
  return html`<section id="ready">
    <h2>Ready</h2>
    <p>The users of ${counted(all, 'pool')} were asked, since a change waits for them.${rolled}</p>
    ${table({ label: 'Ready', headings, isSortable: false }, measured.kept.map(row))}
    ${left > 0 ? html`<p>${counted(left, 'more pool')} in the saved result.</p>` : nothing}
  </section>`;
}

function row({ pool, now, earlier, stage }: MeasuredPool): Markup {
  const { shares, waitsFor, lockedOutAtMost } = now;
  const lenient = lenientInWords(now);
  return html`<tr>
    <td class="name">${broken(pool.poolName)}<small class="mono">${broken(pool.poolId)}</small></td>
    <td class="name">${broken(pool.accountName ?? pool.accountId)}<small>${broken(pool.accountId)}</small></td>
    <td class="date">${pool.region}</td>
    <td class="setting">
      ${percents(shares['as-written'])}${lenient === '' ? nothing : html`<small>${lenient}</small>`}
      ${drawing(shares['as-written'], waitsFor, 'now')}
      ${
        earlier === null
          ? nothing
          : html`<small>baseline: ${percents(earlier.shares['as-written'])}</small>
              ${drawing(earlier.shares['as-written'], waitsFor, 'baseline')}`
      }
    </td>
    <td class="number">${percent(waitsFor)}</td>
    <td class="number">${counted(lockedOutAtMost, 'user')}</td>
    <td>${stageWords[stage]}</td>
  </tr>`;
}

/** From nobody to all, from left to right: the interval, the share in it, and the line that the change waits at. */
function drawing({ share, low, high }: Share, waitsFor: number, whose: string): Markup {
  const width = Math.max((high - low) * 1000, 4);
  const says = `${whose}: ${percents({ share, low, high })}, waits for ${percent(waitsFor)}`;
  return html`<svg class="ready" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="${says}">
    <rect class="track" y="8" width="1000" height="8"></rect>
    <rect class="interval" x="${Math.min(low * 1000, 996)}" y="4" width="${width}" height="16"></rect>
    <rect class="share" x="${Math.min(share * 1000, 996)}" width="4" height="24"></rect>
    <rect class="line" x="${Math.min(waitsFor * 1000, 997)}" width="3" height="24"></rect>
  </svg>`;
}
