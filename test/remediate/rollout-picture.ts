/** The picture of docs/rollout.md, drawn of what the nights of the story were: scales and lines are d3's. */
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';

interface PicturedNight {
  readonly before: string;
  readonly after: string;
  /** 0 to 1; `null`: nobody was asked. */
  readonly share: number | null;
}

const [width, height, left, right] = [760, 330, 60, 740];
const style = `<style>
.page { fill: #ffffff } .rule { stroke: #d9dde3 } .scale { fill: #5a6472 } .night { fill: #1b2129 }
.share { fill: #0b5cad } .path { stroke: #0b5cad } .meanwhile { fill: #7a5600 } .on { fill: #17663a } .line { stroke: #17663a }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 } .rule { stroke: #30363d } .scale { fill: #9aa4b0 } .night { fill: #e6edf3 }
.share { fill: #79b8ff } .path { stroke: #79b8ff } .meanwhile { fill: #e3b341 } .on { fill: #56d364 } .line { stroke: #56d364 }
}
</style>`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** @param waitsFor the share of users at which ON is written */
export function rolloutPicture(nights: readonly PicturedNight[], waitsFor: number): string {
  const y = scaleLinear().domain([0, 1]).range([250, 30]);
  const x = scalePoint<number>()
    .domain(nights.map((_, at) => at))
    .range([95, 695]);
  const points = nights.flatMap(({ share }, at) => (share === null ? [] : [{ x: x(at) ?? 0, y: y(share), share }]));
  const path = line<(typeof points)[number]>()
    .x((point) => point.x)
    .y((point) => point.y);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${sentenceOf(nights)}" font-family="system-ui, sans-serif" font-size="14">`,
    style,
    `<rect width="${width}" height="${height}" class="page"/>`,
    ...[0, 0.5, 1].map((tick) => ruleAt(y(tick), percent(tick))),
    `<line x1="${left}" x2="${right}" y1="${y(waitsFor)}" y2="${y(waitsFor)}" class="line" stroke-width="2" stroke-dasharray="6 4"/>`,
    `<text x="${left + 6}" y="${y(waitsFor) + 18}" class="on">ON waits for ${percent(waitsFor)}</text>`,
    `<path d="${path(points) ?? ''}" fill="none" class="path" stroke-width="2"/>`,
    ...points.map(pointAt),
    ...nights.map((night, at) => labelsAt(x(at) ?? 0, at + 1, night)),
    '</svg>',
  ].join('\n')}\n`;
}

/** What it shows, for whoever does not see it. */
function sentenceOf(nights: readonly PicturedNight[]): string {
  const shares = nights.flatMap(({ share }) => (share === null ? [] : [Math.round(share * 100)]));
  const firstOf = (mode: string): number => nights.findIndex(({ after }) => after === mode) + 1;
  return `${nights.length} nights: ${shares.slice(0, -1).join(', ')} and ${shares.at(-1)} % of the users ready; OPTIONAL from night ${firstOf('OPTIONAL')}, ON from night ${firstOf('ON')}`;
}

function ruleAt(y: number, label: string): string {
  return `<line x1="${left}" x2="${right}" y1="${y}" y2="${y}" class="rule"/><text x="${left - 8}" y="${y + 5}" text-anchor="end" class="scale">${label}</text>`;
}

/** A label stands above its point, and below one that the line of `ON` lies above. */
function pointAt({ x, y, share }: { readonly x: number; readonly y: number; readonly share: number }): string {
  const label = y < 60 ? y + 24 : y - 12;
  return `<circle cx="${x}" cy="${y}" r="5" class="share"/><text x="${x}" y="${label}" text-anchor="middle" class="share">${percent(share)}</text>`;
}

function labelsAt(x: number, night: number, { before, after }: PicturedNight): string {
  const mode = before === after ? after : `${before} → ${after}`;
  return `<text x="${x}" y="278" text-anchor="middle" class="night">night ${night}</text><text x="${x}" y="300" text-anchor="middle" font-weight="600" font-size="13" class="${after === 'ON' ? 'on' : 'meanwhile'}">${mode}</text>`;
}
