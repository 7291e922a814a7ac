/** How long it took to fix what was fixed, by severity, owner and account. */
import { severities } from '../../domain/model/severity.ts';
import { broken, html, nothing, type Markup } from '../../report/formats/html/markup.ts';
import { table } from '../../report/formats/html/table.ts';
import { median, type Fixed } from '../trend.ts';

const slowest = 10;

export function fixSection(fixed: readonly Fixed[]): Markup {
  if (fixed.length === 0)
    return html`<section id="time-to-fix">
      <h2>Time to fix</h2>
      <p>Nothing that came in this time was fixed in it.</p>
    </section>`;
  const accounts = fixRows(fixed, ({ accountId }) => accountId).toSorted((one, other) => other.days - one.days);
  return html`<section id="time-to-fix">
    <h2>Time to fix</h2>
    <p class="faint">
      Days from the first night with a finding to the first without, of findings of which the first is known. What was
      closed otherwise nobody fixed, and it does not count.
    </p>
    ${fixTable('Severity', 'By severity', fixRows(fixed, ({ severity }) => severity).toSorted(bySeverity))}
    ${ownersTable(fixed)}
    ${fixTable('Account', `By account${accounts.length > slowest ? `, the slowest ${slowest} of ${accounts.length}` : ''}`, accounts.slice(0, slowest))}
  </section>`;
}

/** None where no tag says an owner. */
function ownersTable(fixed: readonly Fixed[]): Markup {
  if (fixed.every(({ owner }) => owner === null)) return nothing;
  const owners = fixRows(fixed, ({ owner }) => owner ?? '(not known)').toSorted((one, other) => other.days - one.days);
  const cut = owners.length > slowest ? `, the slowest ${slowest} of ${owners.length}` : '';
  return fixTable('Owner', `By owner${cut}`, owners.slice(0, slowest));
}

function bySeverity(one: FixRow, other: FixRow): number {
  const [first, second] = [one, other].map(({ name }) => severities.findIndex((each) => each === name));
  return (first ?? 0) - (second ?? 0);
}

interface FixRow {
  readonly name: string;
  readonly count: number;
  readonly days: number;
  readonly most: number;
}

function fixRows(fixed: readonly Fixed[], nameOf: (one: Fixed) => string): readonly FixRow[] {
  const groups = new Map<string, Fixed[]>();
  for (const each of fixed) {
    const group = groups.get(nameOf(each));
    if (group === undefined) groups.set(nameOf(each), [each]);
    else group.push(each);
  }
  return [...groups].map(([name, group]) => {
    const days = group.map((each) => each.days);
    return { name, count: group.length, days: median(days) ?? 0, most: days.reduce((a, b) => Math.max(a, b)) };
  });
}

/** The bars are drawn by the width of a cell's own picture, so that they need neither script nor style of their own. */
function fixTable(heading: string, label: string, rows: readonly FixRow[]): Markup {
  const longest = Math.max(1, ...rows.map(({ days }) => days));
  const body = rows.map(
    ({ name, count, days, most }) =>
      html`<tr>
        <td>${broken(name)}</td>
        <td class="number">${count}</td>
        <td class="number">${days}</td>
        <td class="number">${most}</td>
        <td>
          <svg class="bar" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">
            <rect class="drifting" width="${(days / longest) * 200}" height="14"></rect>
          </svg>
        </td>
      </tr>`,
  );
  const headings = [heading, ...['Fixed', 'Median days', 'Most days'].map((numeric) => ({ numeric })), 'Median'];
  return html`<h3>${label}</h3>
    ${table({ label, headings, isSortable: false }, body)}`;
}
