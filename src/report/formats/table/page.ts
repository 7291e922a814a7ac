import type { PageOptions } from '../../format.ts';
import { newPaint, type Paint } from './paint.ts';

/** What every section of the table needs to draw itself. */
export interface TablePage {
  /** At least 60, since ids are never cut. */
  readonly columns: number;
  readonly paint: Paint;
  /** Where a pool that no policy matches points. */
  readonly fallbackFile: string;
}

export function newPage({ columns, color, fallbackFile }: PageOptions): TablePage {
  return { columns: Math.max(60, columns), paint: newPaint(color), fallbackFile };
}
