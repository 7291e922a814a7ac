/** Pools in columns, the same all over a page: account with its id, region, name and id of the pool. */
import stringWidth from 'string-width';
import { visible } from '../../../../escape/visible.ts';
import type { PoolRecord } from '../../../../domain/result/result.ts';
import type { PoolName } from '../../../views/overview.ts';
import { fittedWidths, padded, shortened, widestOf } from '../layout.ts';

type Row = Pick<PoolRecord, 'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName'>;

export interface PoolRows {
  /** The pool in columns, and behind it what else is known; that stands below, indented further, where it does not fit. */
  lines(pool: Row, notes?: readonly string[]): readonly string[];
}

const gap = 2;
/** Names may be cut to this; ids never are. */
const leastName = 6;

/** What stands in a column; names give way where a page is narrow. */
const cells = {
  account: ({ accountName }: Row) => accountName ?? '',
  accountId: ({ accountId }: Row) => accountId,
  region: ({ region }: Row) => region,
  pool: ({ poolName }: Row) => poolName,
  poolId: ({ poolId }: Row) => poolId,
} as const;
type CellName = keyof typeof cells;

const isName: ReadonlySet<CellName> = new Set(['account', 'pool']);
const oneLine: readonly CellName[] = ['account', 'accountId', 'region', 'pool', 'poolId'];

/**
 * Widths that fit all of these pools into the page, behind an indent. A region that every pool's id begins with is left
 * out where names would have to be cut for it; where even cut names don't fit, a pool takes two lines.
 */
export function poolRows(pools: readonly Row[], columns: number, indent: string): PoolRows {
  const room = columns - indent.length;
  const idsTellRegion = pools.every(({ region, poolId }) => poolId.startsWith(`${region}_`));
  const withRegion = columnsOf(pools, oneLine, room);
  const flat =
    withRegion.isWhole || !idsTellRegion
      ? withRegion
      : columnsOf(
          pools,
          oneLine.filter((cell) => cell !== 'region'),
          room,
        );
  const parts = flat.fits
    ? [flat]
    : [columnsOf(pools, oneLine.slice(0, 3), room), columnsOf(pools, oneLine.slice(3), room - gap)];
  return {
    lines(pool, notes = []) {
      const lines = parts.map((part, index) => `${indent}${index === 0 ? '' : '  '}${part.line(pool)}`);
      return withNotes(lines, notes, columns, indent);
    },
  };
}

interface Columns {
  /** Nothing is cut. */
  readonly isWhole: boolean;
  readonly fits: boolean;
  line(pool: Row): string;
}

function columnsOf(pools: readonly Row[], names: readonly CellName[], room: number): Columns {
  const shown = names
    .map((name) => ({ name, natural: widestOf(pools.map((pool) => visible(cells[name](pool)))) }))
    .filter(({ natural }) => natural > 0);
  const least = shown.map(({ name, natural }) => ({
    natural,
    least: isName.has(name) ? Math.min(leastName, natural) : natural,
  }));
  const available = room - gap * (shown.length - 1);
  const widths = fittedWidths(least, available);
  return {
    isWhole: shown.every(({ natural }, index) => natural === widths[index]),
    fits: widths.reduce((sum, width) => sum + width, 0) <= available,
    line: (pool) =>
      shown
        .map(({ name }, index) => padded(shortened(visible(cells[name](pool)), widths[index] ?? 0), widths[index] ?? 0))
        .join(' '.repeat(gap))
        .trimEnd(),
  };
}

/** What else stands beside a pool's place. */
export function placeNotes({ managedBy, replicaOf }: PoolName): readonly string[] {
  return [
    ...(managedBy === null ? [] : [`managed by ${visible(managedBy)}`]),
    ...(replicaOf === null ? [] : [`replica of ${visible(replicaOf)}`]),
  ];
}

function withNotes(
  lines: readonly string[],
  notes: readonly string[],
  columns: number,
  indent: string,
): readonly string[] {
  const note = notes.join(' · ');
  const last = lines.at(-1) ?? '';
  if (note === '') return lines;
  if (stringWidth(last) + gap + stringWidth(note) <= columns) return [...lines.slice(0, -1), `${last}  ${note}`];
  return [...lines, `${indent}  ${shortened(note, columns - indent.length - 2)}`];
}
