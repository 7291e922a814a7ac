/** What changed since the baseline: findings that came and went, and pools with another verdict. */
import { scaleLinear } from 'd3-scale';
import { linkHorizontal } from 'd3-shape';
import { severities, type Severity } from '../../../../domain/model/severity.ts';
import type { PoolStatus } from '../../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../../number-format.ts';
import type { Turn } from '../../../views/baseline-view.ts';
import { wayOf } from '../../../views/baseline-view.ts';
import type { Moves } from '../../../views/tonight/finding-moves.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { round } from './bars.ts';
import { beside, figure, picture } from './picture.ts';
import { verdicts, verdictWords } from './verdicts.ts';

const width = 440;
const labels = 56;
const rowHeight = 30;
const notes = 70;

/** Those that are new to the right, those that are resolved to the left. */
export function movesPicture(moves: Readonly<Record<Severity, Moves>>): Markup {
  const shown = severities.filter((severity) => Object.values(moves[severity]).some((count) => count > 0));
  if (shown.length === 0) return nothing;
  const title = 'Findings that came and went';
  const most = Math.max(1, ...shown.flatMap((severity) => [moves[severity].new, moves[severity].resolved]));
  const x = scaleLinear()
    .domain([-most, most])
    .range([labels + 44, width - notes - 44]);
  const says = shown
    .map((severity) => {
      const { new: fresh, resolved, persisting } = moves[severity];
      return `${severity}: ${wholeNumber(fresh)} new, ${wholeNumber(resolved)} resolved, ${wholeNumber(persisting)} still there`;
    })
    .join('; ');
  const height = rowHeight * shown.length + 34;
  return html`<div class="picture">
    <h3>${title}</h3>
    <p class="faint">Since the baseline; still there are those of both nights.</p>
    ${figure(
      title,
      picture({ id: 'moves', title, says: `${says}.`, width, height, size: 'natural' }, [
        html`<text class="tick" x="${x(0) - 8}" y="16" text-anchor="end">← resolved</text
          ><text class="tick" x="${x(0) + 8}" y="16">new →</text
          ><text class="tick" x="${width - 4}" y="16" text-anchor="end">still there</text>`,
        ...shown.map((severity, at) => moveRow(severity, moves[severity], 28 + at * rowHeight, x)),
        html`<line class="axis" x1="${x(0)}" x2="${x(0)}" y1="22" y2="${height - 4}"></line>`,
      ]),
    )}
    ${beside(
      title,
      ['Severity', 'New', 'Resolved', 'Still there'],
      shown.map((severity) => {
        const { new: fresh, resolved, persisting } = moves[severity];
        return [severity, fresh, resolved, persisting];
      }),
    )}
  </div>`;
}

function moveRow(severity: Severity, moves: Moves, y: number, x: (value: number) => number): Markup {
  const { new: fresh, resolved, persisting } = moves;
  const [left, middle, right] = [x(-resolved), x(0), x(fresh)];
  const text = y + 14;
  const side = (count: number, at: number, anchor: string) =>
    count === 0
      ? nothing
      : html`<text class="label" x="${round(at)}" y="${text}" text-anchor="${anchor}">${wholeNumber(count)}</text>`;
  return html`<text class="label" y="${text}">${severity}</text
    ><rect class="compliant" x="${round(left)}" y="${y}" width="${round(middle - left)}" height="18"></rect
    ><rect class="drifted" x="${round(middle)}" y="${y}" width="${round(right - middle)}" height="18"></rect
    >${side(resolved, left - 6, 'end')}${side(fresh, right + 6, 'start')}<text
      class="tick"
      x="${width - 4}"
      y="${text}"
      text-anchor="end"
      >${wholeNumber(persisting)}</text
    >`;
}

const column = 12;
const between = 14;
/** Of all pools together, in pixels: few of them are no large thing. */
const heightOf = (pools: number): number => Math.max(24, Math.min(180, pools * 8));

/** Pools with another verdict: from what it was, on the left, to what it is. */
export function turnsPicture(turns: readonly Turn[]): Markup {
  if (turns.length === 0) return nothing;
  const title = 'Pools with another verdict';
  const pools = turns.reduce((sum, turn) => sum + turn.pools, 0);
  const says = turns
    .map((turn) => `${counted(turn.pools, 'pool')} from ${verdictWords[turn.from]} to ${verdictWords[turn.to]}`)
    .join('; ');
  const sides = { from: sideOf(turns, 'from', pools), to: sideOf(turns, 'to', pools) };
  const height = Math.max(...[...sides.from, ...sides.to].map((node) => node.top + node.height)) + 12;
  const [left, right] = [130, width - 130];
  return html`<div class="picture">
    <h3>${title}</h3>
    <p class="faint">Then, on the left, and now: ${counted(pools, 'pool')}.</p>
    ${figure(
      title,
      picture({ id: 'turns', title, says: `${says}.`, width, height, size: 'natural' }, [
        ...ribbons(turns, sides, left + column, right - column),
        ...sides.from.map((node) => nodeOf(node, left, 'end')),
        ...sides.to.map((node) => nodeOf(node, right - column, 'start')),
      ]),
    )}
    ${beside(
      title,
      ['Then', 'Now', 'Pools', 'Which way'],
      turns.map((turn) => [verdictWords[turn.from], verdictWords[turn.to], turn.pools, wayOf(turn)]),
    )}
  </div>`;
}

interface Node {
  readonly status: PoolStatus;
  readonly pools: number;
  readonly top: number;
  readonly height: number;
}

/** The verdicts of one side, one below the other. */
function sideOf(turns: readonly Turn[], side: 'from' | 'to', all: number): readonly Node[] {
  let top = 10;
  return verdicts.flatMap((status) => {
    const pools = turns.reduce((sum, turn) => sum + (turn[side] === status ? turn.pools : 0), 0);
    if (pools === 0) return [];
    const height = Math.max(2, (pools / all) * heightOf(all));
    const node = { status, pools, top, height };
    // A name needs a line, however few the pools are.
    top += Math.max(height, 4) + between;
    return [node];
  });
}

function nodeOf({ status, pools, top, height }: Node, x: number, anchor: 'start' | 'end'): Markup {
  const [textX, y] = [anchor === 'end' ? x - 8 : x + column + 8, top + height / 2 + 4];
  return html`<rect class="${status}" x="${x}" y="${round(top)}" width="${column}" height="${round(height)}"></rect
    ><text class="label" x="${textX}" y="${round(y)}" text-anchor="${anchor}"
      >${wholeNumber(pools)} ${verdictWords[status]}</text
    >`;
}

function ribbons(
  turns: readonly Turn[],
  sides: Readonly<Record<'from' | 'to', readonly Node[]>>,
  left: number,
  right: number,
): readonly Markup[] {
  const taken = new Map<Node, number>();
  const link = linkHorizontal();
  const all = turns.reduce((sum, turn) => sum + turn.pools, 0);
  const middleOn = (side: 'from' | 'to', status: PoolStatus, wide: number): number => {
    const node = sides[side].find((each) => each.status === status);
    if (node === undefined) return 0;
    const from = taken.get(node) ?? 0;
    taken.set(node, from + wide);
    return node.top + from + wide / 2;
  };
  const order = turns.toSorted((one, other) => place(one.from) - place(other.from) || place(one.to) - place(other.to));
  return order.map((turn) => {
    const wide = Math.max(1.5, (turn.pools / all) * heightOf(all));
    const [y0, y1] = [middleOn('from', turn.from, wide), middleOn('to', turn.to, wide)];
    const path = link({ source: [left, round(y0)], target: [right, round(y1)] }) ?? '';
    const told = `${counted(turn.pools, 'pool')}: ${verdictWords[turn.from]} → ${verdictWords[turn.to]}`;
    return html`<path class="ribbon ${wayOf(turn)}" d="${path}" stroke-width="${round(wide)}"
      ><title>${told}</title></path
    >`;
  });
}

function place(status: PoolStatus): number {
  return verdicts.indexOf(status);
}
