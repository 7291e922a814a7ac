/** What `faults.extended.test.ts` takes a part of with each seed: each changed answer against every operation that it can meet. */
import { expect, test } from 'vitest';
import { seed } from '../strength.ts';
import { mostMs, Plays } from './play.ts';
import { rowsByKind } from './table.ts';

const met = [...rowsByKind].filter(([, [row]]) => row?.family === 'answers' || row?.family === 'network');

test.each(met)(
  '%s',
  async (_kind, rows) => {
    const complaints: string[] = [];
    for (const row of rows) complaints.push(...(await new Plays().play(row, seed)));
    expect(complaints).toEqual([]);
  },
  mostMs * 200,
);
