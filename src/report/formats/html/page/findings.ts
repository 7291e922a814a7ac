/** The findings' table: what is searched for and sorted by, and the evidence of each. */
import { blockOf, element, findControl, need, needControl, shownInWords, wordsIn } from './elements.ts';
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
    account: pool.account ?? pool.accountId,
    region: pool.region,
    name: pool.name,
    path,
    wanted,
    found,
    since,
    words: [...texts, pool.id, pool.arn, file].join(' ').toLowerCase(),
  };
}

export interface FindingsTable {
  /** Lists only what has this text. */
  searchFor(text: string): void;
  focusSearch(): void;
  sortBy(header: HTMLElement): void;
}

export function findingsTable(): FindingsTable {
  const { pools, findings }: FindingsData = JSON.parse(blockOf('findings-data'));
  const all = findings.flatMap((finding) => {
    const pool = pools[finding.pool];
    return pool === undefined ? [] : [listed(finding, pool)];
  });
  const search = needControl('f-text');
  const filters: readonly (readonly [id: string, of: (one: Listed) => string | null])[] = [
    ['f-severity', ({ finding }) => finding.severity],
    ['f-status', ({ finding }) => finding.status],
    ['f-policy', ({ finding }) => finding.policy],
    ['f-account', ({ pool }) => pool.accountId],
    ['f-change', ({ finding }) => finding.change],
  ];
  const choices = filters.flatMap(([id, of]) => {
    const control = findControl(id);
    return control === null ? [] : [{ control, of }];
  });
  const controls = [search, ...choices.map(({ control }) => control)];
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
    need('findings-body').replaceChildren(...found.slice(0, shown).map(row));
    need('findings-count').textContent = shownInWords(shown, found.length, all.length, 'findings');
    need('findings-more').hidden = found.length <= shown;
  }

  function renderFirst(): void {
    shown = step;
    render();
  }

  function searchFor(text: string): void {
    for (const control of controls) control.value = '';
    search.value = text;
    renderFirst();
  }

  for (const control of controls) control.addEventListener('input', renderFirst);
  need('findings-more').addEventListener('click', () => {
    shown += step * 5;
    render();
  });
  need('findings-reset').addEventListener('click', () => searchFor(''));
  need('findings-controls').hidden = false;
  render();
  return {
    searchFor,
    focusSearch: () => search.focus({ preventScroll: true }),
    sortBy(header) {
      const key = header.dataset['key'] ?? '';
      order = { key, descending: order?.key === key && !order.descending };
      markSorted(header, order.descending);
      render();
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

function row({ finding, pool }: Listed): HTMLElement {
  const { severity, status, policy, path, file, line, change, since } = finding;
  const label = `Evidence of ${path} in ${pool.name}`;
  const button = element(
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-label': label },
    '+',
  );
  const said = element('span', { class: `severity ${severity}` }, severity);
  const tr = element(
    'tr',
    {},
    element('td', { class: 'rank' }, button, said, status === 'drift' ? null : small(status)),
    element('td', { class: 'name' }, policy ?? 'none matches', small(`${file}${line === null ? '' : `:${line}`}`)),
    element(
      'td',
      { class: 'name' },
      pool.account ?? pool.accountId,
      pool.account === null ? null : small(pool.accountId),
    ),
    element('td', { class: 'date' }, pool.region),
    element('td', { class: 'name' }, pool.name, element('small', { class: 'mono id' }, pool.id)),
    element('td', { class: 'mono setting' }, path),
    element('td', { class: 'mono' }, finding.wanted),
    element('td', { class: 'mono' }, finding.found),
    element('td', { class: 'date' }, change === 'new' ? 'new' : (since ?? '').slice(0, 10)),
  );
  button.addEventListener('click', () => toggle(tr, button, () => evidence(finding, pool)));
  return tr;
}

function small(text: string): HTMLElement {
  return element('small', {}, text);
}

function toggle(tr: HTMLElement, button: HTMLElement, content: () => HTMLElement): void {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  button.textContent = isOpen ? '+' : '−';
  if (isOpen) tr.nextElementSibling?.remove();
  else tr.after(element('tr', { class: 'evidence' }, element('td', { colspan: '9' }, content())));
}
