/** Modes and second factors in use. */
import { counted, percent, wholeNumber } from '../../../../number-format.ts';
import { factorOrder, modesInUse, type FactorUse } from '../../../views/tonight/factor-use.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { bar } from './bars.ts';
import { beside, figure, picture } from './picture.ts';

const labels = 100;
const barWidth = 220;
const rowHeight = 30;
const width = labels + barWidth + 200;

const names: Readonly<Record<(typeof factorOrder)[number], string>> = {
  totp: 'Authenticator',
  passkey: 'Passkey',
  sms: 'SMS',
  email: 'E-mail',
  none: 'None of them',
};

export function factorPicture({ pools, modes: counts, factors }: FactorUse): Markup {
  if (pools === 0) return nothing;
  const title = 'Second factors in use';
  const says = factorOrder
    .map((factor) => `${names[factor]}: ${wholeNumber(factors[factor].usable)} of ${counted(pools, 'pool')}`)
    .join('; ');
  const rows = factorOrder.map((factor, at) => {
    const { usable, unknown } = factors[factor];
    const parts = [
      {
        look: factor === 'none' ? 'drifted' : 'usable',
        count: usable,
        says: `${names[factor]}: ${wholeNumber(usable)}`,
      },
      { look: 'unknown', count: unknown, says: `${names[factor]}: not known of ${wholeNumber(unknown)}` },
    ];
    const told = [
      `${wholeNumber(usable)} · ${percent(usable / pools)}`,
      ...(unknown === 0 ? [] : [`${wholeNumber(unknown)} not known`]),
    ].join(' · ');
    return row(at + 1, names[factor], bar(parts, pools, place(at + 1)), told);
  });
  const shown = modesInUse.filter((mode) => counts[mode] > 0);
  const mode = bar(
    modesInUse.map((each) => ({
      look: `mode-${each}`,
      count: counts[each],
      says: `MFA ${each}: ${wholeNumber(counts[each])}`,
    })),
    pools,
    place(0),
  );
  const modeWords = shown.map((each) => `${wholeNumber(counts[each])} ${each}`);
  const height = rowHeight * (factorOrder.length + 1) + 10;
  return html`<div class="picture">
    <h3>${title}</h3>
    <p class="faint">Of ${counted(pools, 'pool')} whose configuration was read: what their users can really use.</p>
    ${figure(
      title,
      picture(
        { id: 'factors', title, says: `${says}. Mode: ${modeWords.join(', ')}.`, width, height, size: 'natural' },
        [row(0, 'MFA', mode, ''), ...rows],
      ),
    )}
    <ul class="legend">
      ${factorOrder.some((factor) => factors[factor].unknown > 0) ? html`<li class="unreadable">not known: no policy asked for what decides it</li>` : nothing}
      ${shown.map((each) => html`<li class="mode-${each}">MFA ${each}: ${wholeNumber(counts[each])}</li>`)}
    </ul>
    ${beside(
      title,
      ['Factor', 'Pools that have it', 'Not known', 'Of pools'],
      factorOrder.map((factor) => [names[factor], factors[factor].usable, factors[factor].unknown, pools]),
    )}
  </div>`;
}

function place(at: number) {
  return { x: labels, y: 8 + at * rowHeight, width: barWidth, height: 16 };
}

function row(at: number, name: string, drawn: Markup, told: string): Markup {
  const y = 8 + at * rowHeight + 13;
  return html`<text class="label" y="${y}">${name}</text>${drawn}<text
      class="tick"
      x="${labels + barWidth + 10}"
      y="${y}"
      >${told}</text
    >`;
}
