/** Tables that are sorted by a click on a column's name. */
import { element } from './elements.ts';

/** @param sortBy sorts the table that is drawn from data; every other is sorted by what its cells show */
export function sortOnClick(sortBy: (header: HTMLElement) => void): void {
  for (const header of document.querySelectorAll<HTMLElement>('th[data-key], table.sortable th')) {
    const button = element('button', { type: 'button' }, header.textContent);
    header.replaceChildren(button);
    button.addEventListener('click', () => (header.dataset['key'] === undefined ? sortRows(header) : sortBy(header)));
  }
}

export function markSorted(header: HTMLElement, descending: boolean): void {
  for (const other of siblingsOf(header)) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
}

function sortRows(header: HTMLElement): void {
  const body = header.closest('table')?.tBodies[0];
  if (body === undefined) return;
  const index = siblingsOf(header).indexOf(header);
  const descending = header.getAttribute('aria-sort') === 'ascending';
  markSorted(header, descending);
  const value = (tr: HTMLTableRowElement): string => {
    const cell = tr.cells[index];
    return cell?.dataset['value'] ?? cell?.textContent ?? '';
  };
  const numeric = header.classList.contains('number');
  const rows = [...body.rows].sort((one, other) =>
    numeric ? Number(value(one)) - Number(value(other)) : value(one) < value(other) ? -1 : 1,
  );
  for (const row of rows) body[descending ? 'prepend' : 'append'](row);
}

function siblingsOf(header: HTMLElement): readonly Element[] {
  return [...(header.parentElement?.children ?? [])];
}
