/** The findings' table: what is searched for and sorted by, and the evidence of each. */
import type { AddressPart, Changed } from './address.ts';
import {
  blockOf,
  broken,
  element,
  findControl,
  need,
  needControl,
  setControl,
  shownInWords,
  wordsIn,
  type Child,
} from './elements.ts';
import { evidence } from './evidence.ts';
import { severityOrder, type FindingData, type FindingsData, type PoolData, type SortKey } from './page-data.ts';
import { markSorted } from './sorting.ts';

const step = 100;

interface Listed extends Readonly<Record<SortKey, string | number | null>> {
  readonly finding: FindingData;
  readonly pool: PoolData;
  /** All that a search looks in. */
  readonly words: string;
}

function listed(finding: FindingData, pool: PoolData): Listed {
  const { severity, status, policy, path, wanted, found, since, file } = finding;
  const texts = [severity, status, policy, path, wanted, found, pool.account, pool.accountId, pool.region, pool.name];
  return {
    finding,
    pool,
    severityRank: severityOrder.indexOf(severity),
    policy,
    account: `${pool.account ?? pool.accountId} ${pool.region}`,
    name: pool.name,
    path,
    wanted,
    since,
    words: [...texts, pool.id, pool.arn, file].join(' ').toLowerCase(),
  };
}

export interface FindingsTable extends AddressPart {
  /** Lists only what has this text. */
  searchFor(text: string): void;
  focusSearch(): void;
  sortBy(header: HTMLElement): void;
}

/** What can be chosen, by its name in the address: the id of its list is that behind `f-`. */
const choosable = {
  severity: ({ finding }) => finding.severity,
  status: ({ finding }) => finding.status,
  policy: ({ finding }) => finding.policy,
  account: ({ pool }) => pool.accountId,
  change: ({ finding }) => finding.change,
} as const satisfies Readonly<Record<string, (one: Listed) => string | null>>;

/** @param changed is told of what a reader filters and sorts by */
export function findingsTable(changed: Changed): FindingsTable {
  const { pools, findings }: FindingsData = JSON.parse(blockOf('findings-data'));
  const all = findings.flatMap((finding) => {
    const pool = pools[finding.pool];
    return pool === undefined ? [] : [listed(finding, pool)];
  });
  const search = needControl('f-text');
  const choices = Object.entries<(one: Listed) => string | null>(choosable).flatMap(([name, of]) => {
    const control = findControl(`f-${name}`);
    return control === null ? [] : [{ name, control, of }];
  });
  const named = [{ name: 'text', control: search }, ...choices];
  const isCompared = document.querySelector('th[data-key="since"]') !== null;
  let shown = step;
  let order: { readonly key: string; readonly descending: boolean } | null = null;

  function selected(): readonly Listed[] {
    const words = wordsIn(search.value);
    const found = all.filter(
      (one) =>
        words.every((word) => one.words.includes(word)) &&
        choices.every(({ control, of }) => control.value === '' || of(one) === control.value),
    );
    return order === null ? found : found.sort(comparing(order.key, order.descending));
  }

  function render(): void {
    const found = selected();
    need('findings-body').replaceChildren(...found.slice(0, shown).map((one) => row(one, isCompared)));
    need('findings-count').textContent = shownInWords(shown, found.length, all.length, 'finding');
    need('findings-table').hidden = found.length === 0;
    need('findings-more').hidden = found.length <= shown;
  }

  function renderFirst(): void {
    shown = step;
    render();
  }

  function searchFor(text: string): void {
    for (const { control } of named) control.value = '';
    search.value = text;
    renderFirst();
    changed(need('findings-reset'));
  }

  for (const { control } of named)
    control.addEventListener('input', () => {
      renderFirst();
      changed(control);
    });
  need('findings-more').addEventListener('click', () => {
    shown += step * 5;
    render();
  });
  need('findings-reset').addEventListener('click', () => searchFor(''));
  need('findings-controls').hidden = all.length === 0;
  render();
  return {
    searchFor,
    focusSearch: () => search.focus({ preventScroll: true }),
    sortBy(header) {
      const key = header.dataset['key'] ?? '';
      order = { key, descending: order?.key === key && !order.descending };
      markSorted(header, order.descending);
      render();
      changed(header);
    },
    said: () => ({
      ...Object.fromEntries(named.map(({ name, control }) => [name, control.value])),
      sort: order === null ? '' : `${order.descending ? '-' : ''}${order.key}`,
    }),
    show(said) {
      for (const { name, control } of named) setControl(control, said.get(name) ?? '');
      const sort = said.get('sort') ?? '';
      const key = sort.replace(/^-/, '');
      order = null;
      for (const header of document.querySelectorAll<HTMLElement>('th[data-key]')) {
        header.removeAttribute('aria-sort');
        if (header.dataset['key'] !== key) continue;
        order = { key, descending: sort.startsWith('-') };
        markSorted(header, order.descending);
      }
      renderFirst();
    },
  };
}

function comparing(key: string, descending: boolean): (one: Listed, other: Listed) => number {
  const value = (one: Listed): string | number => (isSortKey(key, one) ? (one[key] ?? '') : '');
  return (one, other) => {
    const [a, b] = [value(one), value(other)];
    const result = a < b ? -1 : a > b ? 1 : 0;
    return descending ? -result : result;
  };
}

function isSortKey(key: string, one: Listed): key is SortKey {
  return Object.hasOwn(one, key);
}

function row({ finding, pool }: Listed, isCompared: boolean): HTMLElement {
  const { severity, status, policy, path, file, line, change, since } = finding;
  const label = `Evidence of ${path} in ${pool.name}`;
  const button = element(
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-label': label },
    '+',
  );
  const said = element('span', { class: `severity ${severity}` }, severity);
  const place = `${file}${line === null ? '' : `:${line}`}`;
  const where = [...(pool.account === null ? [] : [`${pool.accountId} `]), ...broken(pool.region)];
  const cell = (look: string, ...children: readonly Child[]) => element('td', { class: look }, ...children);
  const tr = element(
    'tr',
    {},
    cell('rank', button, said, status === 'drift' ? null : element('small', {}, status)),
    cell('name', ...broken(pool.name), element('small', { class: 'mono' }, ...broken(pool.id))),
    cell('account', ...broken(pool.account ?? pool.accountId), element('small', {}, ...where)),
    cell('mono setting', ...broken(path)),
    cell('mono values', namedValue('want', finding.wanted), ' ', namedValue('found', finding.found)),
    cell('policy', ...broken(policy ?? 'none matches'), element('small', {}, ...broken(place))),
    isCompared ? cell('date', change === 'new' ? 'new' : (since ?? '').slice(0, 10)) : null,
  );
  button.addEventListener('click', () => toggle(tr, button, () => evidence(finding, pool)));
  return tr;
}

function namedValue(name: string, text: string): HTMLElement {
  return element('span', {}, element('i', {}, name), ' ', ...broken(text));
}

function toggle(tr: HTMLElement, button: HTMLElement, content: () => HTMLElement): void {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  button.textContent = isOpen ? '+' : '−';
  if (isOpen) tr.nextElementSibling?.remove();
  else
    tr.after(element('tr', { class: 'evidence' }, element('td', { colspan: String(tr.children.length) }, content())));
}
