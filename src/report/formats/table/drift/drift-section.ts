import stringWidth from 'string-width';
import { counted } from '../../../../number-format.ts';
import { visible } from '../../../../escape/visible.ts';
import type { AlikePools, DriftGroup } from './drift-groups.ts';
import { findingLines } from './finding-lines.ts';
import { poolBlameInWords } from '../../../text/blame-words.ts';
import type { PoolName } from '../../../views/overview.ts';
import { padded, wrapped } from '../layout.ts';
import type { TablePage } from '../page.ts';
import { placeNotes, type PoolRows } from './pool-rows.ts';

const shownKinds = 10;
const severityWidth = 8;

/** One policy's drift: its place, then what is found and not wanted, each with the pools in which it is so. */
export function* driftSection(group: DriftGroup, rows: PoolRows, page: TablePage): Generator<string> {
  yield '';
  const [first = '', ...rest] = headingLines(group, page);
  yield `${page.paint.severity(group.severity, padded(group.severity, severityWidth))}  ${first}`;
  yield* rest.map((line) => `${' '.repeat(severityWidth)}  ${line}`);
  for (const alike of group.alike.slice(0, shownKinds)) yield* alikeLines(alike, group, rows, page);
  const hidden = group.alike.slice(shownKinds);
  const pools = hidden.reduce((sum, { poolCount }) => sum + poolCount, 0);
  if (pools > 0) yield `  … other values in ${counted(pools, 'more pool')}; all of them: --report html=drift.html`;
}

/** The policy, how many pools, and where it asks for that; the place below where it does not fit beside. */
function headingLines({ policy, file, line, poolCount }: DriftGroup, page: TablePage): readonly string[] {
  const pools = counted(poolCount, 'pool');
  const what = policy === null ? `${pools} that no policy matches` : `${visible(policy)}   ${pools}`;
  const place = `${visible(file ?? page.fallbackFile)}${line === null ? '' : `:${line}`}`;
  const isBeside = severityWidth + 2 + stringWidth(what) + 3 + stringWidth(place) <= page.columns;
  return isBeside ? [`${what}   ${place}`] : [what, place];
}

function* alikeLines(alike: AlikePools, { policy }: DriftGroup, rows: PoolRows, page: TablePage): Generator<string> {
  const { findings, findingCount, pools, poolCount } = alike;
  if (policy !== null) {
    yield* findingLines(findings, page.columns);
    if (findings.length === 0) yield '  other values';
    if (findingCount > findings.length) yield `  … ${counted(findingCount - findings.length, 'more finding')}`;
  }
  // A pool that no policy matches has no line of a finding above it that could say since when.
  const shared = policy === null ? findings.flatMap(({ note }) => (note === '' ? [] : [note])) : [];
  for (const { pool, notes } of pools) {
    yield* rows.lines(pool, [...placeNotes(pool), ...shared, ...notes]);
    yield* blameLines(pool, page);
  }
  const left = poolCount - pools.length;
  if (left > 0) yield `    … ${counted(left, 'more pool')}; all of them: --report html=drift.html`;
}

const blameIndent = '      ';

/** Who changed the pool last, where somebody asked. */
function blameLines(pool: PoolName, { columns }: TablePage): readonly string[] {
  const words = poolBlameInWords(pool);
  if (words === null) return [];
  return wrapped(`last change: ${visible(words)}`, columns - blameIndent.length).map((line) => `${blameIndent}${line}`);
}
