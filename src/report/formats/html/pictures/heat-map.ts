/** Accounts × regions: what was read, what was not, and where it drifts. */
import { scaleBand, type ScaleBand } from 'd3-scale';
import { visible } from '../../../../escape/visible.ts';
import { counted, wholeNumber } from '../../../../number-format.ts';
import { shortened } from '../../table/layout.ts';
import {
  placeStates,
  stateOf,
  type AccountMap,
  type MapRow,
  type PlaceCounts,
  type PlaceState,
} from '../../../views/tonight/account-map.ts';
import { broken, html, nothing, type Markup } from '../markup.ts';
import { figure, folded, picture } from './picture.ts';
import { round } from './bars.ts';

/** Accounts with a row of their own. */
export const mappedAccounts = 40;

const labels = 164;
const head = 84;
const rowHeight = 22;
/** For an account's id behind its cells, and the last region's name above it. */
const ids = 100;
const cellWidths = { least: 22, most: 46, together: 720 };

const words: Readonly<Record<PlaceState, (count: number) => string>> = {
  gap: (count) => (count === 1 ? 'not read' : `not read in ${wholeNumber(count)} accounts`),
  drifted: (count) => counted(count, 'pool drifts', 'pools drift'),
  unreadable: (count) => `${counted(count, 'pool')} not wholly read`,
  uncovered: (count) => `${counted(count, 'pool')} without a policy`,
  excepted: (count) => `${counted(count, 'pool')} excepted`,
  compliant: (count) => counted(count, 'pool holds', 'pools hold'),
  accepted: (count) => (count === 1 ? 'not read, accepted' : `not read in ${wholeNumber(count)} accounts, accepted`),
  read: () => 'no pool',
  skipped: () => 'skipped',
};

/** @param linked ids of the accounts whose findings the page lists */
export function heatMap(map: AccountMap, linked: ReadonlySet<string>): Markup {
  const { rows, regions } = map;
  if (rows.length === 0) return nothing;
  const title = 'Accounts and regions';
  return html`<div class="picture">
    <h3>${title}</h3>
    <p class="faint">${choice(map)}</p>
    ${figure(title, drawing(map, title, linked))}
    <ul class="legend map">
      ${legend(rows).map(({ state, sign, what }) => html`<li><i class="swatch ${state}">${sign}</i> ${what}</li>`)}
    </ul>
    ${folded(
      title,
      ['Account', 'Regions'],
      rows.map((row) => tableRow(row, regions)),
    )}
  </div>`;
}

/** What is somewhere stands with its region; where nothing is, regions are counted. */
function tableRow(row: MapRow, regions: readonly string[]): Markup {
  const id = row.who.kind === 'account' && row.who.name !== null ? html`<small>${row.who.id}</small>` : nothing;
  const there = regions.flatMap((region) => {
    const counts = row.cells.get(region);
    return isSomething(counts) ? [{ region, counts }] : [];
  });
  const told = there.map(({ region, counts }) => `${region}: ${wordsOf(counts)}`);
  const counts = (['read', 'skipped'] as const).map((state) => {
    const count = regions.filter((region) => stateOf(row.cells.get(region)) === state).length;
    return count === 0 ? [] : [`${words[state](count)} in ${counted(count, 'region')}`];
  });
  return html`<tr>
    <td>${broken(nameOf(row))}${id}</td>
    <td>${broken([...told, ...counts.flat()].join(' · '))}</td>
  </tr>`;
}

function isSomething(counts: PlaceCounts | undefined): counts is PlaceCounts {
  const state = stateOf(counts);
  return state !== null && state !== 'read' && state !== 'skipped';
}

function choice({ rows, skippedAccounts, isListCut }: AccountMap): string {
  const named = rows.filter(({ who }) => who.kind === 'account').length;
  const all = accountsIn(rows);
  return [
    named === all
      ? `${counted(all, 'account')}, the worst first.`
      : `Of ${wholeNumber(all)} accounts the ${wholeNumber(named)} that most need a look, and the others together.`,
    ...(skippedAccounts === 0 ? [] : [`${counted(skippedAccounts, 'account was', 'accounts were')} rightly not read.`]),
    ...(isListCut ? ['The list of accounts could not be read: some may be missing.'] : []),
  ].join(' ');
}

function accountsIn(rows: readonly MapRow[]): number {
  return rows.reduce((sum, { who }) => sum + (who.kind === 'account' ? 1 : who.accounts), 0);
}

function drawing(map: AccountMap, title: string, linked: ReadonlySet<string>): Markup {
  const { rows, regions } = map;
  const { least, most, together } = cellWidths;
  const cell = Math.max(least, Math.min(most, Math.floor(together / regions.length)));
  const width = labels + cell * regions.length + ids;
  const height = head + rowHeight * rows.length + 6;
  const columns = scaleBand(regions, [labels, labels + cell * regions.length]).paddingInner(2 / cell);
  const lines = scaleBand(
    rows.map((_, at) => at),
    [head, head + rowHeight * rows.length],
  ).paddingInner(2 / rowHeight);
  return picture({ id: 'map', title, says: saying(rows), width, height, role: 'group', size: 'natural' }, [
    ...regions.map((region) => regionLabel(region, (columns(region) ?? 0) + columns.bandwidth() / 2)),
    ...rows.map((row, at) => rowOf(row, lines(at) ?? 0, { columns, height: lines.bandwidth(), regions, linked })),
  ]);
}

function saying(rows: readonly MapRow[]): string {
  const sum = (pick: (row: MapRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const gaps = sum(({ cells }) => [...cells.values()].reduce((total, { gap }) => total + gap, 0));
  const drifting = counted(
    sum(({ pools }) => pools.drifted),
    'pool drifts',
    'pools drift',
  );
  return `In ${counted(accountsIn(rows), 'account')}: ${drifting}; ${counted(gaps, 'account and region', 'accounts and regions')} not read.`;
}

function regionLabel(region: string, x: number): Markup {
  const at = `translate(${round(x)} ${head - 8}) rotate(-50)`;
  return html`<text class="tick" transform="${at}">${region}</text>`;
}

interface Grid {
  readonly columns: ScaleBand<string>;
  readonly height: number;
  readonly regions: readonly string[];
  readonly linked: ReadonlySet<string>;
}

function rowOf(row: MapRow, y: number, { columns, height, regions, linked }: Grid): Markup {
  const middle = y + height / 2 + 4;
  const { who } = row;
  const id = who.kind === 'account' && who.name !== null ? who.id : null;
  const name = shortened(visible(nameOf(row)), 24);
  const title = id === null ? nameOf(row) : `${nameOf(row)} ${id}`;
  // A picture of its own, which cuts off what is wider than it.
  const label = html`<svg width="${labels - 8}" y="${round(y)}" height="${round(height)}">
    <title>${title}</title>
    <text class="label" y="${round(height / 2 + 4)}">${name}</text>
  </svg>`;
  const isLinked = who.kind === 'account' && linked.has(who.id);
  const first = isLinked
    ? html`<a href="#findings?account=${who.id}" aria-label="Findings of ${title}">${label}</a>`
    : label;
  const last = id === null ? nothing : idLabel(id, (columns.range()[1] ?? 0) + 8, middle);
  const cells = regions.map((region) => {
    const box = { x: columns(region) ?? 0, y, width: columns.bandwidth(), height };
    return cellOf(row, region, box);
  });
  return html`${first}${cells}${last}`;
}

function idLabel(id: string, x: number, y: number): Markup {
  return html`<text class="tick mono" x="${round(x)}" y="${round(y)}">${id}</text>`;
}

function nameOf({ who }: MapRow): string {
  if (who.kind === 'account') return who.name ?? who.id;
  return `${counted(who.accounts, 'other')}${who.kind === 'rest' ? '' : ', with gaps'}`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function cellOf(row: MapRow, region: string, { x, y, width, height }: Box): Markup {
  const counts = row.cells.get(region);
  const state = stateOf(counts);
  if (counts === undefined || state === null) return nothing;
  const text = html`<text class="on-${state}" x="${round(x + width / 2)}" y="${round(y + height / 2 + 4)}"
    >${signOf(row, counts, state)}</text
  >`;
  // Where nothing is, there is nothing more to say: that is most of a large organization.
  if (!isSomething(counts)) return text;
  const title = `${nameOf(row)}, ${region}: ${wordsOf(counts)}`;
  const box = html`<rect
    class="${state}"
    x="${round(x)}"
    y="${round(y)}"
    width="${round(width)}"
    height="${round(height)}"
  ></rect>`;
  return html`<g><title>${title}</title>${box}${text}</g>`;
}

const signs: Readonly<Partial<Record<PlaceState, string>>> = { gap: '?', accepted: '–', read: '·', skipped: '–' };

function signOf(row: MapRow, counts: PlaceCounts, state: PlaceState): string {
  const fixed = signs[state];
  if (state === 'unreadable') return `${counts[state]}?`;
  if (fixed === undefined) return String(counts[state]);
  return row.who.kind !== 'account' && (state === 'gap' || state === 'accepted') ? `${counts[state]}${fixed}` : fixed;
}

/** All that a cell counts, but what follows from the rest. */
function wordsOf(counts: PlaceCounts): string {
  return placeStates
    .filter((state) => counts[state] > 0 && state !== 'read' && state !== 'skipped')
    .map((state) => words[state](counts[state]))
    .join(', ');
}

const legendWords: Readonly<Record<PlaceState, readonly [sign: string, what: string]>> = {
  gap: ['?', 'not read'],
  drifted: ['2', 'pools that drift'],
  unreadable: ['2?', 'pools not wholly read'],
  uncovered: ['2', 'pools without a policy'],
  excepted: ['2', 'pools excepted'],
  compliant: ['2', 'pools hold'],
  accepted: ['–', 'not read, accepted'],
  read: ['·', 'read: no pool'],
  skipped: ['–', 'skipped'],
};

/** What is in the picture, the first that applies to each cell. */
function legend(rows: readonly MapRow[]) {
  const shown = new Set(rows.flatMap(({ cells }) => [...cells.values()].map(stateOf)));
  return placeStates
    .filter((state) => shown.has(state))
    .map((state) => ({ state, sign: legendWords[state][0], what: legendWords[state][1] }));
}
