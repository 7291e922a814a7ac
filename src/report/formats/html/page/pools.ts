/** The pools' table: listed, searched and filtered; a pool's findings are looked up in theirs. */
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
} from './elements.ts';
import type { FindingsTable } from './findings.ts';
import type { PoolRow, PoolsData } from './page-data.ts';

const step = 100;

/** `null` on a page without pools. `changed` is told of what a reader filters by. */
export function poolsTable(findings: FindingsTable, changed: Changed): AddressPart | null {
  const search = findControl('p-text');
  if (search === null) return null;
  const status = needControl('p-status');
  const pools: PoolsData = JSON.parse(blockOf('pools-data'));
  let shown = step;

  function render(): void {
    const words = wordsIn(search?.value ?? '');
    const found = pools.rows.filter((row) => {
      const isWanted = status.value === '' || pools.statuses[row[0]]?.[0] === status.value;
      return isWanted && words.every((word) => textOf(row, pools).includes(word));
    });
    need('pools-body').replaceChildren(...found.slice(0, shown).map((row) => rowOf(row, pools, findings)));
    need('pools-count').textContent = shownInWords(shown, found.length, pools.rows.length, 'pool');
    need('pools-table').hidden = found.length === 0;
    need('pools-more').hidden = found.length <= shown;
  }

  function renderFirst(): void {
    shown = step;
    render();
  }

  for (const control of [search, status]) {
    control.addEventListener('input', () => {
      renderFirst();
      changed(control);
    });
  }
  need('pools-more').addEventListener('click', () => {
    shown += step * 5;
    render();
  });
  need('pools-controls').hidden = false;
  render();
  return {
    said: () => ({ pools: search.value, 'pool-status': status.value }),
    show(said) {
      setControl(search, said.get('pools') ?? '');
      setControl(status, said.get('pool-status') ?? '');
      renderFirst();
    },
  };
}

/** All that a search looks in. */
function textOf([, name, id, account, region, policies]: PoolRow, pools: PoolsData): string {
  const shared = [pools.accounts[account], pools.regions[region], pools.policies[policies]];
  return [name, id, ...shared.flatMap((values) => values ?? [])].join(' ').toLowerCase();
}

function rowOf(row: PoolRow, pools: PoolsData, findings: FindingsTable): HTMLElement {
  const [state, name, id, account, region, policies, readAt] = row;
  const [, words = '', look = ''] = pools.statuses[state] ?? [];
  const [accountId = null, accountName = null] = pools.accounts[account] ?? [];
  return element(
    'tr',
    {},
    element('td', { class: `status ${look}` }, words, ...findingsButton(row, findings)),
    element('td', { class: 'name' }, ...broken(name), element('small', { class: 'mono' }, ...broken(id))),
    element(
      'td',
      { class: 'account' },
      ...broken(accountName ?? accountId ?? ''),
      accountName === null ? null : element('small', {}, accountId),
    ),
    element('td', { class: 'date' }, pools.regions[region]?.[0]),
    element('td', {}, ...broken((pools.policies[policies] ?? []).join(', '))),
    element('td', { class: 'date' }, readAt),
  );
}

function findingsButton([, name, id, , , , , count]: PoolRow, findings: FindingsTable): readonly (Node | string)[] {
  if (count === 0) return [];
  const label = `${count}${count === 1 ? ' finding of ' : ' findings of '}${name}`;
  const button = element('button', { type: 'button', class: 'open', 'aria-label': label }, String(count));
  button.addEventListener('click', () => {
    findings.searchFor(id);
    need('findings').scrollIntoView();
    findings.focusSearch();
  });
  return [' ', button];
}
