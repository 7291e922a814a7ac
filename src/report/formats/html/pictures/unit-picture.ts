/** Organizational units as a tree, each with how its pools stand. */
import { hierarchy, type HierarchyNode } from 'd3-hierarchy';
import { visible } from '../../../../escape/visible.ts';
import { counted, percent, wholeNumber } from '../../../../number-format.ts';
import { sizeOf, type UnitNode } from '../../../views/tonight/unit-tree.ts';
import { shortened } from '../../table/layout.ts';
import { broken, html, nothing, type Markup } from '../markup.ts';
import { bar, round } from './bars.ts';
import { beside, figure, picture } from './picture.ts';
import { verdicts, verdictWords } from './verdicts.ts';

/** Units by their name. */
export const drawnUnits = 24;

const labels = 196;
const indent = 16;
const rowHeight = 24;
const barWidth = 160;
const width = labels + barWidth + 230;
const gap = 10;

/** A row of the picture: units from above to below, as a tree is read aloud. */
type Row = HierarchyNode<UnitNode> & { readonly at: number };

export function unitPicture(root: UnitNode | null): Markup {
  if (root === null) return nothing;
  const title = 'Organizational units';
  const tree = hierarchy(root, ({ children }) => children);
  const order = new Map<HierarchyNode<UnitNode>, number>();
  tree.eachBefore((node) => order.set(node, order.size));
  const rows = [...order].map(([node, at]): Row => Object.assign(node, { at }));
  return html`<div class="picture">
    <h3>${title}</h3>
    <p class="faint">How the pools of each unit and of all below it stand.</p>
    ${figure(
      title,
      picture(
        { id: 'units', title, says: saying(root), width, height: rows.length * rowHeight + 8, size: 'natural' },
        rows.map(rowOf),
      ),
    )}
    ${beside(
      title,
      ['Unit', 'Accounts', 'Pools', ...verdicts.map((verdict) => verdictWords[verdict]), 'Places not read'],
      rows.map(({ data, depth }) => [
        broken(`${'– '.repeat(depth)}${data.name}`),
        ...[data.accounts, sizeOf(data.pools), ...verdicts.map((verdict) => data.pools[verdict]), data.gaps].map(
          wholeNumber,
        ),
      ]),
    )}
  </div>`;
}

function saying({ pools, children }: UnitNode): string {
  return `${wholeNumber(pools.compliant)} of ${counted(sizeOf(pools), 'pool')} hold. ${children.map((child) => `${child.name}: ${wholeNumber(child.pools.compliant)} of ${wholeNumber(sizeOf(child.pools))}`).join('; ')}.`;
}

function rowOf({ data, depth, at, parent }: Row, _index: number, rows: readonly Row[]): Markup {
  const y = 4 + at * rowHeight;
  const x = depth * indent;
  const above = rows.find((row) => row === parent);
  const size = sizeOf(data.pools);
  const parts = verdicts.map((verdict) => ({
    look: verdict,
    count: data.pools[verdict],
    says: `${data.name}: ${wholeNumber(data.pools[verdict])} of ${counted(size, 'pool')} ${verdictWords[verdict]}`,
  }));
  // A name is given the room that its depth leaves.
  const columns = Math.max(8, Math.floor((labels - 14 - x) / 6.6));
  const place = { x: labels, y: y + 5, width: barWidth, height: rowHeight - 10 };
  return html`${above === undefined ? nothing : elbow(x, y, 4 + above.at * rowHeight)}<text
      class="label"
      x="${x}"
      y="${y + 16}"
      >${shortened(visible(data.name), columns)}</text
    >${bar(parts, size, place)}<text class="tick" x="${labels + barWidth + gap}" y="${y + 16}"
      >${shareHeld(data, size)}</text
    >`;
}

function elbow(x: number, y: number, above: number): Markup {
  const left = x - indent + 4;
  return html`<path class="elbow" d="M${left},${above + rowHeight - 3}V${round(y + 12)}H${x - 3}"></path>`;
}

function shareHeld({ pools, gaps }: UnitNode, size: number): string {
  const notRead = gaps === 0 ? '' : ` · ${wholeNumber(gaps)} not read`;
  if (size === 0) return `no pool${notRead}`;
  return `${percent(pools.compliant / size)} of ${wholeNumber(size)} hold${notRead}`;
}
