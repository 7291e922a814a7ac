/** The pictures of a span of nights, as SVG that is seen without a script: scales and shapes are d3's. */
import { scaleLinear, scaleUtc, type ScaleLinear, type ScaleTime } from 'd3-scale';
import { area, line, stack } from 'd3-shape';
import { dayMs } from '../../domain/model/day.ts';
import { visible } from '../../escape/visible.ts';
import { shortened } from '../../report/formats/table/layout.ts';
import { html, nothing, type Markup } from '../../report/formats/html/markup.ts';
import { picture } from '../../report/formats/html/pictures/picture.ts';
import { verdicts, verdictWords } from '../../report/formats/html/pictures/verdicts.ts';
import type { PoolStatus } from '../../domain/result/result.ts';
import type { TrendNight } from '../trend.ts';

const width = 880;
const height = 240;
const margin = { top: 10, right: 16, bottom: 28, left: 48 };

interface Axes {
  /** The last night, in milliseconds. */
  readonly last: number;
  readonly x: ScaleTime<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** A single night is as wide as a day. */
function axesOf(nights: readonly TrendNight[], low: number, high: number): Axes {
  const times = nights.map(({ date }) => Date.parse(date));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return {
    last,
    x: scaleUtc()
      .domain([first, first === last ? last + dayMs : last])
      .range([margin.left, width - margin.right]),
    y: scaleLinear()
      .domain([low, high])
      .nice(5)
      .range([height - margin.bottom, margin.top]),
  };
}

interface Chart {
  readonly id: string;
  readonly title: string;
  /** What it shows in a sentence, for whoever does not see it. */
  readonly says: string;
  readonly axes: Axes;
  /** Where parts of it are links, it is a group of them. */
  readonly role?: 'img' | 'group';
  /** How a value on the vertical axis is written. */
  readonly value: (value: number) => string;
}

function chart({ id, title, says, axes, value, role = 'img' }: Chart, content: readonly Markup[]): Markup {
  return picture({ id, title, says, width, height, role, size: 'page' }, [
    ...axes.y.ticks(5).map((tick) => gridLine(axes.y(tick), value(tick))),
    ...content,
    ...daysAmong(axes.x.ticks(7), axes.last).map((day) => dateTick(axes.x(day), day.toISOString().slice(0, 10))),
  ]);
}

/** Of a few nights, d3 names hours too. */
function daysAmong(ticks: readonly Date[], last = Infinity): readonly Date[] {
  return ticks.filter((tick) => tick.getTime() % dayMs === 0 && tick.getTime() <= last);
}

function gridLine(at: number, label: string): Markup {
  return html`<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"></line>
    <text class="tick" x="${margin.left - 6}" y="${at + 4}" text-anchor="end">${label}</text>`;
}

function dateTick(at: number, label: string): Markup {
  return html`<text class="tick" x="${at}" y="${height - 8}" text-anchor="middle">${label}</text>`;
}

function atNight(axes: Axes, { date }: TrendNight): number {
  return axes.x(Date.parse(date));
}

const wholeNumbers = (value: number): string => (Number.isInteger(value) ? String(value) : '');

/** Pools by verdict, one upon another; nights that were not complete are marked below. */
export function verdictChart(nights: readonly TrendNight[]): Markup {
  const total = Math.max(1, ...nights.map(({ pools }) => verdicts.reduce((sum, verdict) => sum + pools[verdict], 0)));
  const axes = axesOf(nights, 0, total);
  const layers = stack<TrendNight, PoolStatus>()
    .keys(verdicts)
    .value(({ pools }, verdict) => pools[verdict])(nights.length === 1 ? [...nights, ...nights] : nights);
  const shape = area<(typeof layers)[number][number]>()
    .x(({ data }, at) => (at < nights.length ? atNight(axes, data) : width - margin.right))
    .y0(([low]) => axes.y(low))
    .y1(([, high]) => axes.y(high));
  const title = 'Pools by verdict';
  return chart({ id: 'verdicts', title, says: verdictSentence(nights), axes, value: wholeNumbers, role: 'group' }, [
    ...layers.map((layer) => html`<path class="${layer.key}" d="${shape(layer) ?? ''}"></path>`),
    ...nights.filter(({ complete }) => !complete).map((night) => incompleteMark(atNight(axes, night), night.date)),
    ...nightLinks(nights, axes),
  ]);
}

function incompleteMark(at: number, date: string): Markup {
  const y = height - margin.bottom;
  return html`<path class="incomplete" d="M${at - 3},${y + 7}L${at},${y + 1}L${at + 3},${y + 7}Z"
    ><title>${date}: not everything in scope was read</title></path
  >`;
}

function verdictSentence(nights: readonly TrendNight[]): string {
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return '';
  const told = (night: TrendNight) =>
    verdicts.map((verdict) => `${night.pools[verdict]} ${verdictWords[verdict]}`).join(', ');
  return `On ${first.date}: ${told(first)}. On ${last.date}: ${told(last)}.`;
}

/** Findings that came, upwards, and that went, downwards, those that were fixed first; each bar leads to its night. */
export function movementChart(nights: readonly TrendNight[]): Markup {
  const most = Math.max(1, ...nights.flatMap(({ opened, closed }) => [opened.length, closed.length]));
  const axes = axesOf(nights, -most, most);
  const bar = Math.max(1, Math.min(18, ((width - margin.left - margin.right) / Math.max(1, nights.length)) * 0.8));
  const sum = (pick: (night: TrendNight) => number) => nights.reduce((count, night) => count + pick(night), 0);
  const [opened, fixed, closed] = [
    sum((night) => night.opened.length),
    sum(fixedIn),
    sum((night) => night.closed.length),
  ];
  const says = `${opened} findings opened, ${fixed} fixed and ${closed - fixed} closed otherwise.`;
  const value = (tick: number) => wholeNumbers(Math.abs(tick));
  return chart(
    { id: 'movement', title: 'Findings opened and closed, by night', says, axes, value, role: 'group' },
    nights.map((night) => {
      const { date } = night;
      if (!hasMoved(night)) return nothing;
      const x = atNight(axes, night) - bar / 2;
      const [up, fixedDown, down] = [night.opened.length, fixedIn(night), night.closed.length];
      const otherwise = down === fixedDown ? '' : `, ${down - fixedDown} closed otherwise`;
      const label = `${date}: ${up} opened, ${fixedDown} fixed${otherwise}`;
      return html`<a href="#night-${date}" aria-label="${label}"
        ><title>${label}</title>${[
          rect('drifted', x, axes.y(up), bar, axes.y(0)),
          rect('compliant', x, axes.y(0), bar, axes.y(-fixedDown)),
          rect('otherwise', x, axes.y(-fixedDown), bar, axes.y(-down)),
        ]}</a
      >`;
    }),
  );
}

/** How many of those that are open no more were put right. */
export function fixedIn({ closed }: TrendNight): number {
  return closed.filter(({ reason }) => reason === 'fixed').length;
}

/** Whether anything came or went. */
export function hasMoved({ opened, closed }: TrendNight): boolean {
  return opened.length + closed.length > 0;
}

function rect(kind: PoolStatus | 'otherwise', x: number, top: number, wide: number, bottom: number): Markup {
  if (bottom === top) return nothing;
  return html`<rect class="${kind}" x="${x}" y="${top}" width="${wide}" height="${bottom - top}"></rect>`;
}

/** A share over nights; nights of which it is not known have no point. */
export interface Shares {
  readonly id: string;
  readonly title: string;
  readonly of: (night: TrendNight) => { readonly part: number; readonly whole: number };
  /** What the whole is of: `pools`, `users`. */
  readonly unit: string;
}

export function shareChart(nights: readonly TrendNight[], { id, title, of, unit }: Shares): Markup {
  const axes = axesOf(nights, 0, 1);
  const known = nights.filter((night) => of(night).whole > 0);
  const yOf = (night: TrendNight) => axes.y(of(night).part / of(night).whole);
  const shape = line<TrendNight>()
    .x((night) => atNight(axes, night))
    .y(yOf);
  const last = known.at(-1);
  const says =
    last === undefined
      ? 'It is known of none.'
      : `On ${last.date}: ${Math.round(of(last).part)} of ${of(last).whole} ${unit}.`;
  return chart({ id, title, says, axes, value: (tick) => `${Math.round(tick * 100)} %`, role: 'group' }, [
    html`<path class="line" d="${shape(known) ?? ''}"></path>`,
    ...(known.length === 1
      ? known.map((night) => html`<circle class="dot" cx="${atNight(axes, night)}" cy="${yOf(night)}" r="4"></circle>`)
      : []),
    ...nightLinks(nights, axes),
  ]);
}

/**
 * Wherever one points, a night leads to what came and went on it, or on the last before it on which anything did: what was
 * open then was open still. The keyboard has the bars of the movement for that.
 */
function nightLinks(nights: readonly TrendNight[], axes: Axes): readonly Markup[] {
  const wide = (width - margin.left - margin.right) / Math.max(1, nights.length - 1);
  let moved: string | null = null;
  return nights.map((night) => {
    if (hasMoved(night)) moved = night.date;
    if (moved === null) return nothing;
    const label = moved === night.date ? night.date : `${night.date}, as it was left on ${moved}`;
    const x = atNight(axes, night) - wide / 2;
    return html`<a href="#night-${moved}" tabindex="-1" aria-label="${label}"
      ><title>${label}</title
      ><rect
        class="point"
        x="${x}"
        y="${margin.top}"
        width="${wide}"
        height="${height - margin.top - margin.bottom}"
      ></rect
    ></a>`;
  });
}

interface Ending {
  readonly owner: string;
  readonly ticket: string;
  /** YYYY-MM-DD */
  readonly expires: string;
}

const endingHeight = 24;
const endingLabels = 260;
const soonDays = 14;

/** From the last night to the last day of each; those that ended are drawn back to it. */
export function endingsChart(endings: readonly Ending[], last: string): Markup {
  const days = endings.map(({ expires }) => Date.parse(expires));
  const from = Math.min(Date.parse(last), ...days);
  const x = scaleUtc()
    .domain([from, Math.max(Date.parse(last) + soonDays * dayMs, ...days)])
    .range([endingLabels, width - 90]);
  const title = 'When exceptions end';
  const drawnHeight = endings.length * endingHeight + 30;
  const now = x(Date.parse(last));
  const says = endings.map(({ owner, ticket, expires }) => `${owner} ${ticket}: ${expires}`).join('; ');
  return picture({ id: 'endings', title, says: `${says}.`, width, height: drawnHeight, size: 'page' }, [
    ...daysAmong(x.ticks(6)).map((tick) => endingTick(x(tick), tick.toISOString().slice(0, 10), drawnHeight)),
    ...endings.map((ending, at) =>
      endingRow(ending, { y: at * endingHeight + 4, now, end: x(Date.parse(ending.expires)), last }),
    ),
    html`<line class="axis" x1="${now}" x2="${now}" y1="0" y2="${drawnHeight - 22}"></line>`,
  ]);
}

function endingTick(x: number, label: string, bottom: number): Markup {
  return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${bottom - 22}"></line
    ><text class="tick" x="${x}" y="${bottom - 6}" text-anchor="middle">${label}</text>`;
}

interface EndingPlace {
  readonly y: number;
  readonly now: number;
  readonly end: number;
  readonly last: string;
}

function endingRow({ owner, ticket, expires }: Ending, { y, now, end, last }: EndingPlace): Markup {
  const daysLeft = (Date.parse(expires) - Date.parse(last)) / dayMs;
  const look = daysLeft < 0 ? 'drifted' : daysLeft <= soonDays ? 'uncovered' : 'excepted';
  const name = shortened(visible(ticket === '' ? owner : `${ticket} ${owner}`), 38);
  const [left, wide] = [Math.min(now, end), Math.max(2, Math.abs(end - now))];
  return html`<text class="label" x="4" y="${y + 13}">${name}</text
    ><rect class="${look}" x="${left}" y="${y}" width="${wide}" height="16"></rect
    ><text class="tick" x="${Math.max(now, end) + 6}" y="${y + 13}">${expires}</text>`;
}
