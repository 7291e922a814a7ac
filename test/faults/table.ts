/**
 * Every fault that the program was ever put to, in one table: what goes wrong, in what, and what has to come of it. What was
 * ever found stays in. A kind of changed answer is an entry of `test/attack/kinds`; anything else is a row in its family's file.
 */
import { answerRows, wireRows } from './attacks.ts';
import { clockRows } from './clock.ts';
import { auditDiskRows } from './disk-audit.ts';
import { changeDiskRows } from './disk-change.ts';
import { troubleRows } from './network.ts';
import { processRows } from './process.ts';
import type { Row } from './row.ts';

export const rows: readonly Row[] = [
  ...answerRows,
  ...wireRows,
  ...troubleRows,
  ...processRows,
  ...auditDiskRows,
  ...changeDiskRows,
  ...clockRows,
];

/** The rows of each kind, by its name; several where it can strike in several places. */
export const rowsByKind: ReadonlyMap<string, readonly Row[]> = new Map(
  [...new Set(rows.map(({ kind }) => kind))].map((kind) => [kind, rows.filter((row) => row.kind === kind)]),
);

/** `audit`, `apply`: a kind is played under each that it strikes. */
export function commandOf({ operation }: Row): string {
  return operation.split(':')[0] ?? operation;
}
