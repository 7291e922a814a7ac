import type { ResultHead } from '../../../domain/result/result.ts';
import { counted, duration, wholeNumber } from '../../../number-format.ts';
import type { Overview } from '../../views/overview.ts';
import { remediationInWords } from '../../text/remediation-words.ts';
import { skipsInWords } from '../../text/skip-words.ts';
import { narrowings, readPools, verdictInWords, verdictOf } from '../../views/verdict.ts';
import { broken, html, nothing, type Markup } from './markup.ts';

const verdictClasses = { OK: 'ok', DRIFT: 'drift', 'NOT ALL READ': 'partial' } as const;

/** @param measured how many pools' users were asked */
export function pageHeader(head: ResultHead, measured: number): Markup {
  const verdict = verdictOf(head);
  const { run } = head;
  const organization = run.organizationId === null ? '' : ` · organization ${run.organizationId}`;
  const read = `${moment(run.finishedAt)}${organization} · read as ${run.callerArn ?? 'a caller not known'}`;
  return html`<header>
    <h1>MFA configuration of Amazon Cognito user pools</h1>
    <div class="verdict">
      <strong class="${verdictClasses[verdict]}">${verdict}</strong> <span>${broken(verdictInWords(head))}</span>
    </div>
    <p class="faint">${broken(read)}</p>
    ${notices(head)} ${statusBar(head)}
    <nav aria-label="Sections">
      <ul>
        <li><a href="#findings">Findings</a></li>
        ${hasPictures(head) ? html`<li><a href="#pictures">Pictures</a></li>` : nothing}
        <li><a href="#not-read">What was not read</a></li>
        ${head.summary.changes === null ? nothing : html`<li><a href="#compared">What changed</a></li>`}
        ${measured === 0 ? nothing : html`<li><a href="#ready">Ready</a></li>`}
        <li><a href="#checked">What was checked</a></li>
        <li><a href="#breakdown">Where it stands</a></li>
        ${head.summary.pools.total === 0 ? nothing : html`<li><a href="#pools">Pools</a></li>`}
        <li><a href="#excepted">Exceptions</a></li>
        <li><a href="#policies">Policies</a></li>
      </ul>
    </nav>
  </header>`;
}

/** Of accounts that were to be read, and of pools. */
function hasPictures({ summary: { accounts, pools } }: ResultHead): boolean {
  return accounts.listed > accounts.skipped || pools.total > 0;
}

/** What puts the answer above in doubt, before anything else: whoever reads no further has read this. */
function notices(head: ResultHead): Markup {
  const { open } = head.summary.gaps;
  const unread =
    open === 0
      ? nothing
      : html`<p>
          <a href="#not-read">${counted(open, 'place')} could not be read</a>: neither drift nor compliance is known
          there.
        </p>`;
  const narrowed = narrowings(head).map((narrowing) => html`<p>${broken(narrowing)}</p>`);
  if (open === 0 && narrowed.length === 0) return nothing;
  return html`<div class="notice">${unread} ${narrowed}</div>`;
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

const statuses = ['compliant', 'drifting', 'excepted', 'uncovered', 'unreadable'] as const;
const statusWords: Readonly<Record<(typeof statuses)[number], string>> = {
  compliant: 'hold their policies',
  drifting: 'drift',
  excepted: 'excepted',
  uncovered: 'matched by no policy',
  unreadable: 'not wholly read',
};

export function coverageSection(head: ResultHead, { skips }: Overview): Markup {
  const { summary, run } = head;
  const { audited, listed } = summary.accounts;
  const took = duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const rightly = skipsInWords(skips).join(' · ');
  return html`<section id="checked">
    <h2>What was checked</h2>
    <div class="cards">
      ${card(`${wholeNumber(readPools(head))} of ${wholeNumber(summary.pools.total)}`, 'pools read')}
      ${card(`${wholeNumber(audited)} of ${wholeNumber(listed)}`, 'accounts wholly read')}
      ${card(wholeNumber(summary.gaps.open), 'places not read')}
      ${card(wholeNumber(summary.pools.excepted), 'pools under an exception')}
      ${card(wholeNumber(summary.findings.fixed), 'findings fixed')}
    </div>
    <p>
      ${broken(`${scopeInWords(head)} From ${moment(run.startedAt)} to ${moment(run.finishedAt)} (${took})`)},
      ${counted(summary.api.calls, 'call')} to AWS.
    </p>
    ${rightly === '' ? nothing : html`<p>Rightly not read: ${rightly}.</p>`} ${changesMade(head)}
  </section>`;
}

function changesMade({ summary: { remediation } }: ResultHead): Markup {
  const words = remediation === null ? '' : remediationInWords(remediation);
  if (remediation === null || words === '') return nothing;
  const { journal } = remediation;
  const undoes =
    journal === null
      ? nothing
      : html` Journal: <code>${broken(journal.file)}</code>, digest <code>${broken(journal.digest)}</code>.`;
  return html`<p>Changes: ${words}.${undoes}</p>`;
}

function card(number: string, words: string): Markup {
  return html`<div class="card"><b>${number}</b><span>${words}</span></div>`;
}

function scopeInWords({ run }: ResultHead): string {
  const accounts = {
    organization: 'Every account of the organization',
    ids: 'The accounts that the configuration lists',
    caller: "The caller's own account",
  }[run.scope.accounts];
  const regions =
    run.scope.regions === 'enabled' ? 'every enabled region' : `the regions ${run.scope.regions.join(', ')}`;
  return `${accounts}, in ${regions}.`;
}

/** Widths as SVG attributes, since the page's policy allows no style attributes. */
function statusBar({ summary }: ResultHead): Markup {
  const { total, compliant, drifted, excepted, uncovered, unreadable } = summary.pools;
  const counts = { compliant, drifting: drifted, excepted, uncovered, unreadable };
  if (total === 0) return nothing;
  let from = 0;
  const parts = statuses.map((status) => {
    const width = (counts[status] / total) * 1000;
    from += width;
    return html`<rect class="${status}" x="${(from - width).toFixed(2)}" width="${width.toFixed(2)}" height="14" />`;
  });
  const shown = statuses.filter((status) => counts[status] > 0);
  const words = shown.map((status) => `${wholeNumber(counts[status])} ${statusWords[status]}`).join(', ');
  return html`<svg
      class="bar"
      viewBox="0 0 1000 14"
      preserveAspectRatio="none"
      role="img"
      aria-label="${`Of ${counted(total, 'pool')}: ${words}`}"
    >
      ${parts}
    </svg>
    <ul class="legend">
      ${shown.map((status) => html`<li class="${status}">${wholeNumber(counts[status])} ${statusWords[status]}</li>`)}
    </ul>`;
}
