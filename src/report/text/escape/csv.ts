import { stringify } from 'csv-stringify/sync';
import { visible } from '../../../escape/visible.ts';

type Cell = string | null | undefined;

/** Excel holds 32,767 characters in a cell and loses what is beyond. */
const cellCharacters = 32_000;

/** Lines as RFC 4180 has them; formulas are disarmed with an apostrophe, and nothing is left that a terminal acts on. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map(shown));
  return stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });
}

function shown(value: Cell): string {
  const text = visible(value ?? '');
  return text.length > cellCharacters ? `${text.slice(0, cellCharacters)}…` : text;
}
