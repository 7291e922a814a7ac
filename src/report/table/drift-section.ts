import stringWidth from 'string-width';
import type { Finding } from '../../domain/result.ts';
import { counted } from '../../words.ts';
import { visible } from '../escape/visible.ts';
import type { DriftGroup, DriftingPool } from '../overview.ts';
import { ageInWords } from '../finding-words.ts';
import { findingLines } from './finding-lines.ts';
import { fittedWidths, padded, shortened, widestOf } from './layout.ts';
import type { Page } from './page.ts';

/** One policy's drift: its place, then each pool with what it has and what the policy wants. */
export function* driftSection(group: DriftGroup, page: Page): Generator<string> {
  yield '';
  yield `${page.paint.severity(group.severity, padded(group.severity, 8))}  ${policyWithPlace(group, page)}`;
  const headings = poolHeadings(group.pools, page.columns);
  for (const [index, pool] of group.pools.entries()) {
    yield* headings[index] ?? [];
    if (group.policy !== null) yield* findingLines(pool.findings, group, page.columns);
    const left = pool.findingCount - pool.findings.length;
    if (left > 0) yield `    … ${counted(left, 'more finding')} in this pool`;
  }
  const left = group.poolCount - group.pools.length;
  if (left > 0) yield `  … ${counted(left, 'more pool')}; all of them: --report html=drift.html`;
}

function policyWithPlace({ policy, file, line }: DriftGroup, { fallbackFile }: Page): string {
  if (policy === null) return `no policy matches these pools   ${visible(fallbackFile)}`;
  const place = `${visible(file ?? fallbackFile)}${line === null ? '' : `:${line}`}`;
  return `${visible(policy)}   ${place}`;
}

/** Account, region, pool name, pool id, in columns; what else is known stands behind, or below where it does not fit. */
function poolHeadings(pools: readonly DriftingPool[], columns: number): readonly (readonly string[])[] {
  const rows = pools.map(({ pool, findings }) => ({
    account: visible(pool.accountName ?? pool.accountId),
    id: pool.accountName === null ? '' : visible(pool.accountId),
    region: visible(pool.region),
    name: visible(pool.poolName),
    poolId: visible(pool.poolId),
    note: poolNote(pool, findings),
  }));
  const [account, region, name, poolId] = [
    widestOf(rows.map((row) => row.account)),
    widestOf(rows.map((row) => row.region)),
    widestOf(rows.map((row) => row.name)),
    widestOf(rows.map((row) => row.poolId)),
  ];
  const withIds = columns >= 100 || account + region + name + poolId + 21 <= columns;
  const widths = fittedWidths(
    [
      { natural: account, least: 12 },
      { natural: region, least: region },
      { natural: name, least: 12 },
      { natural: poolId, least: poolId },
    ],
    columns - 8 - (withIds ? 13 : 0),
  );
  return rows.map((row) => {
    const cells = [row.account, row.region, row.name, row.poolId].map((cell, index) =>
      padded(index % 2 === 0 ? shortened(cell, widths[index] ?? 0) : cell, widths[index] ?? 0),
    );
    if (withIds) cells.splice(0, 1, `${cells[0] ?? ''} ${padded(row.id, 12)}`);
    return withNote(`  ${cells.join('  ').trimEnd()}`, row.note, columns);
  });
}

/** A pool that no policy matches has no line of a finding below it that could say since when. */
function poolNote({ managedBy, replicaOf }: DriftingPool['pool'], findings: readonly Finding[]): string {
  const uncovered = findings.find(({ policy }) => policy === null);
  const notes = [
    uncovered === undefined ? '' : visible(ageInWords(uncovered)),
    managedBy === null ? '' : `managed by ${visible(managedBy)}`,
    replicaOf === null ? '' : `replica of ${visible(replicaOf)}`,
  ];
  return notes.filter((note) => note !== '').join(' · ');
}

function withNote(line: string, note: string, columns: number): readonly string[] {
  if (note === '') return [line];
  if (stringWidth(line) + 2 + stringWidth(note) <= columns) return [`${line}  ${note}`];
  return [line, `    ${shortened(note, columns - 4)}`];
}
