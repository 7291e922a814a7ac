/** The night in pictures. Loaded by the page alone, with what draws them. */
import type { PoolRecord, Result } from '../../../../domain/result/result.ts';
import type { Comparison } from '../../../views/baseline-view.ts';
import { newAccountMap } from '../../../views/tonight/account-map.ts';
import { newFactorUse } from '../../../views/tonight/factor-use.ts';
import { newFindingMoves } from '../../../views/tonight/finding-moves.ts';
import { newUnitTree } from '../../../views/tonight/unit-tree.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { movesPicture, turnsPicture } from './change-pictures.ts';
import { factorPicture } from './factor-picture.ts';
import { heatMap, mappedAccounts } from './heat-map.ts';
import { drawnUnits, unitPicture } from './unit-picture.ts';

export interface PicturesCollector {
  pool(pool: PoolRecord): void;
  /** @param linked ids of the accounts whose findings the page lists */
  section(comparison: Comparison | null, linked: ReadonlySet<string>): Promise<Markup>;
}

export async function newPictures(result: Result): Promise<PicturesCollector> {
  const map = newAccountMap();
  const units = await newUnitTree(result);
  const factors = newFactorUse();
  const moves = newFindingMoves();
  return {
    pool(pool) {
      for (const collector of [map, units, factors, moves]) collector.pool(pool);
    },
    async section(comparison, linked) {
      const moved = await moves.found(result);
      const [mapped, tree] = [
        heatMap(await map.found(result, mappedAccounts), linked),
        unitPicture(units.found(drawnUnits)),
      ];
      const small = [
        factorPicture(factors.found()),
        moved === null ? nothing : movesPicture(moved),
        moved === null || comparison === null ? nothing : turnsPicture(comparison.turns),
      ];
      if ([mapped, tree, ...small].every((each) => each === nothing)) return nothing;
      return html`<section id="pictures">
        <h2>In pictures</h2>
        <div class="pictures">
          ${mapped}${tree}
          <div class="picture column">${small}</div>
        </div>
      </section>`;
    },
  };
}
