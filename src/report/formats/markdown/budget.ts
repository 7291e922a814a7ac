/** GitHub refuses what is too long as a whole, so a page is built to fit: rows that do not are counted instead. */
export interface Budget {
  /** Whether the text still fits; if so, it is taken off. */
  take(text: string): boolean;
  /** A part of what is left, of its own. */
  share(part: number): Budget;
}

/** For a comment on a pull request: GitHub takes 65,536 characters, and the poster may want some for its own. */
export const commentBytes = 64_000;

/** @param bytes of UTF-8 */
export function newBudget(bytes: number): Budget {
  let left = bytes;
  return {
    take(text) {
      const size = Buffer.byteLength(text);
      if (size > left) return false;
      left -= size;
      return true;
    },
    share: (part) => newBudget(Math.floor(left * part)),
  };
}

export interface Fitted {
  readonly lines: readonly string[];
  readonly left: number;
}

/** A table with as many of its rows, from the first, as fit. */
export function fittedTable(header: readonly string[], rows: readonly string[], budget: Budget): Fitted {
  if (rows.length === 0 || !header.every((line) => budget.take(`${line}\n`))) return { lines: [], left: rows.length };
  const fitting: string[] = [];
  for (const row of rows) {
    if (!budget.take(`${row}\n`)) break;
    fitting.push(row);
  }
  return { lines: [...header, ...fitting], left: rows.length - fitting.length };
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function tableHeader(names: readonly string[]): readonly string[] {
  return [tableRow(names), tableRow(names.map(() => '---'))];
}
