/**
 * A span of nights as one page: pictures with their tables beside them, seen without a script, from a point to the findings of
 * its night. It opens from disk, runs nothing, and asks the network for nothing.
 */
import { createHash } from 'node:crypto';
import { counted, wholeNumber } from '../../number-format.ts';
import { broken, html, nothing, type Markup } from '../../report/formats/html/markup.ts';
import { text as reportStyle } from '../../report/formats/html/page/page.css?text';
import { beside, figure } from '../../report/formats/html/pictures/picture.ts';
import { text as pictureStyle } from '../../report/formats/html/pictures/pictures.css?text';
import { verdicts, verdictWords } from '../../report/formats/html/pictures/verdicts.ts';
import { table } from '../../report/formats/html/table.ts';
import type { OpenFinding, Trend, TrendNight } from '../trend.ts';
import { endingsChart, fixedIn, hasMoved, movementChart, shareChart, verdictChart } from './charts.ts';
import { findingTable, since, why } from './finding-table.ts';
import { fixSection } from './fix-section.ts';
import { text as ownStyle } from './page.css?text';

const style = [reportStyle, pictureStyle, ownStyle].join('\n');

/** @param title of the organization or the folder; text. */
export function historyPage(trend: Trend, title: string): string {
  const { nights } = trend;
  const span = { from: nights[0]?.date ?? '', to: nights.at(-1)?.date ?? '' };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MFA drift, ${span.from} to ${span.to}</title>
<style>${style}</style>
</head>
<body>
${header(trend, title, span).markup}
<main>
${verdictSection(nights).markup}
${movementSection(nights).markup}
${fixSection(trend.fixed).markup}
${resistanceSection(nights).markup}
${readinessSection(nights).markup}
${exceptionsSection(trend).markup}
${openSection(trend.open).markup}
${nightsSection(nights).markup}
</main>
<footer><p class="faint">A finding is fixed on the first night that read its pool and has it no more. It is closed otherwise when its pool is gone, its account left, an exception excuses it, or no policy asks for it any more. What could not be read stays open.</p></footer>
</body>
</html>
`;
}

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function header({ nights, open }: Trend, title: string, span: { readonly from: string; readonly to: string }): Markup {
  const last = nights.at(-1);
  if (last === undefined) return nothing;
  const total = verdicts.reduce((sum, verdict) => sum + last.pools[verdict], 0);
  const incomplete = nights.filter(({ complete }) => !complete).length;
  return html`<header>
    <h1>MFA drift over ${counted(nights.length, 'night')} · ${title}</h1>
    <div class="verdict">
      <strong><span class="whole">${span.from}</span> to <span class="whole">${span.to}</span></strong>
    </div>
    <div class="cards">
      ${card(`${wholeNumber(last.pools.compliant)} of ${wholeNumber(total)}`, 'pools hold, on the last night')}
      ${card(wholeNumber(open.length), 'findings open at its end')}
      ${card(wholeNumber(incomplete), 'nights on which not everything was read')}
    </div>
  </header>`;
}

function card(number: string, what: string): Markup {
  return html`<div class="card"><b>${number}</b><span>${what}</span></div>`;
}

function verdictSection(nights: readonly TrendNight[]): Markup {
  const headings = ['Night', ...verdicts.map((verdict) => verdictWords[verdict]), 'places not read'];
  const rows = nights.map(({ date, pools, gapsOpen }) => [
    date,
    ...verdicts.map((verdict) => pools[verdict]),
    gapsOpen,
  ]);
  return html`<section id="by-verdict">
    <h2>Pools by verdict</h2>
    ${figure('Pools by verdict', verdictChart(nights))}
    <ul class="legend">
      ${verdicts.toReversed().map((verdict) => html`<li class="${verdict}">${verdictWords[verdict]}</li>`)}
    </ul>
    <p class="faint">A triangle below the line marks a night on which not everything in scope was read.</p>
    ${beside('Pools by verdict', headings, rows)}
  </section>`;
}

function movementSection(nights: readonly TrendNight[]): Markup {
  const [first] = nights;
  const rows = nights.map((night) => {
    const { date, opened, closed, open } = night;
    return [date, opened.length, fixedIn(night), closed.length - fixedIn(night), open];
  });
  return html`<section id="movement-of-findings">
    <h2>Findings opened and closed</h2>
    ${figure('Findings opened and closed', movementChart(nights))}
    <p class="faint">
      ${counted(first?.open ?? 0, 'finding')} stood on the first night already. A bar leads to its night.
    </p>
    <ul class="legend">
      <li class="drifted">opened</li>
      <li class="compliant">fixed</li>
      <li class="otherwise">closed otherwise: pool gone, account left, excused, or not asked for any more</li>
    </ul>
    ${beside('Findings by night', ['Night', 'opened', 'fixed', 'closed otherwise', 'open'], rows)}
  </section>`;
}

function resistanceSection(nights: readonly TrendNight[]): Markup {
  const rows = nights.map(({ date, resistant, resistanceKnown }) => [date, resistant, resistanceKnown]);
  return html`<section id="phishing-resistant">
    <h2>Phishing-resistant second factor</h2>
    ${figure(
      'Phishing-resistant second factor',
      shareChart(nights, {
        id: 'resistance',
        title: 'Share of pools with a phishing-resistant second factor',
        of: ({ resistant, resistanceKnown }) => ({ part: resistant, whole: resistanceKnown }),
        unit: 'pools',
      }),
    )}
    ${beside('Pools with a passkey as a second factor', ['Night', 'pools', 'of those of which it is known'], rows)}
  </section>`;
}

/** None where no change waited for users. */
function readinessSection(nights: readonly TrendNight[]): Markup {
  if (nights.every(({ readiness }) => readiness.pools === 0)) return nothing;
  const rows = nights.map(({ date, readiness: { pools, ready, users, readyUsers, lockedOutAtMost } }) => [
    date,
    pools,
    ready,
    users,
    Math.round(readyUsers),
    lockedOutAtMost,
  ]);
  const headings = [
    'Night',
    'pools that wait',
    'of them ready',
    'users',
    'who could still sign in',
    'locked out at most',
  ];
  return html`<section id="readiness">
    <h2>Readiness</h2>
    <p class="faint">Of the users of the pools whose change waits for them, those who could still sign in after it.</p>
    ${figure(
      'Readiness',
      shareChart(nights, {
        id: 'ready',
        title: 'Share of users who could still sign in',
        of: ({ readiness: { readyUsers, users } }) => ({ part: readyUsers, whole: users }),
        unit: 'users',
      }),
    )}
    ${beside('Readiness', headings, rows)}
  </section>`;
}

const drawnExceptions = 30;

function exceptionsSection({ exceptions, nights }: Trend): Markup {
  const last = nights.at(-1)?.date ?? '';
  const groups = new Map<string, { readonly row: (typeof exceptions)[number]; count: number }>();
  for (const row of exceptions) {
    const key = `${row.file}:${row.line}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { row, count: 1 });
    else group.count += 1;
  }
  const rows = [...groups.values()].sort((one, other) =>
    (one.row.expires ?? '') < (other.row.expires ?? '') ? -1 : 1,
  );
  if (rows.length === 0) return nothing;
  const drawn = rows.slice(0, drawnExceptions).map(({ row: { owner, ticket, expires } }) => ({
    owner: owner ?? '',
    ticket: ticket ?? '',
    expires: expires ?? last,
  }));
  return html`<section id="exceptions">
    <h2>Exceptions, and when they end</h2>
    <p class="faint">From the last night${rows.length > drawn.length ? `; the ${drawn.length} that end first` : ''}.</p>
    ${figure('When exceptions end', endingsChart(drawn, last))}
    ${table(
      {
        label: 'Exceptions',
        headings: ['Ends', 'Owner', 'Ticket', 'Reason', { numeric: 'Excuses' }],
        isSortable: false,
      },
      rows.map(
        ({ row, count }) =>
          html`<tr>
            <td class="date">
              ${row.expires ?? ''}${(row.expires ?? '') < last ? html`<small>ended</small>` : nothing}
            </td>
            <td>${broken(row.owner ?? '')}</td>
            <td>${broken(row.ticket ?? '')}</td>
            <td>${row.reason ?? ''}</td>
            <td class="number">${count}</td>
          </tr>`,
      ),
    )}
  </section>`;
}

function openSection(open: readonly OpenFinding[]): Markup {
  return html`<section id="open">
    <h2>Open, the oldest first</h2>
    ${open.length === 0 ? html`<p>Nothing drifts.</p>` : findingTable('Open findings', open, [since])}
  </section>`;
}

function nightsSection(nights: readonly TrendNight[]): Markup {
  const moved = nights.filter(hasMoved).toReversed();
  return html`<section id="nights">
    <h2>Night by night</h2>
    ${moved.map(
      ({ date, runId, opened, closed }) =>
        html`<section class="night" id="night-${date}">
          <h3>${date} <small class="faint">run ${broken(runId)}</small></h3>
          ${opened.length === 0 ? nothing : findingTable(`Opened on ${date}`, opened, [])}
          ${closed.length === 0 ? nothing : findingTable(`Closed on ${date}`, closed, [since, why])}
        </section>`,
    )}
  </section>`;
}
