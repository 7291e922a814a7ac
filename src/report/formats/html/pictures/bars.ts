/** Bars of parts that add up to a whole. */
import { scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { html, nothing, type Markup } from '../markup.ts';

export interface BarPart {
  /** As the style sheet colours it. */
  readonly look: string;
  readonly count: number;
  /** What it is, said of it alone. */
  readonly says: string;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param whole what the width stands for; nothing is drawn of 0 */
export function bar(parts: readonly BarPart[], whole: number, { x, y, width, height }: Place): Markup {
  if (whole === 0) return nothing;
  const scale = scaleLinear()
    .domain([0, whole])
    .range([x, x + width]);
  const layers = stack<readonly BarPart[], number>()
    .keys(parts.keys())
    .value((each, at) => each[at]?.count ?? 0)([parts]);
  return html`<rect class="empty" x="${x}" y="${y}" width="${width}" height="${height}"></rect>${layers.map((layer) => {
      const [[low, high] = [0, 0]] = layer;
      const part = parts[layer.key];
      if (part === undefined || low === high) return nothing;
      const [from, to] = [scale(low), scale(high)];
      return html`<rect class="${part.look}" x="${round(from)}" y="${y}" width="${round(to - from)}" height="${height}"
        ><title>${part.says}</title></rect
      >`;
    })}`;
}

/** A hundredth of a pixel is enough, and short to write. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
