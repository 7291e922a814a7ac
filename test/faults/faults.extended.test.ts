/**
 * Every kind of fault with three seeds, under each command that it strikes, and what is counted. `MFA_DRIFT_FAULTS=WORDS` plays
 * one family, or the kinds that begin so, and of the kind that it names whole every row with all three seeds; `MFA_DRIFT_SEED=N`:
 * N to N + 2.
 */
import { afterAll, expect, test } from 'vitest';
import { seed } from '../strength.ts';
import { mostMs, Plays, playsOf } from './play.ts';
import { rowsByKind } from './table.ts';

const seeds = [seed, seed + 1, seed + 2];
const plays = new Plays();
afterAll(() => console.log(plays.summary()));

const wanted = process.env['MFA_DRIFT_FAULTS'];
const kinds = [...rowsByKind].filter(
  ([kind, rows]) => wanted === undefined || kind.startsWith(wanted) || rows[0]?.family === wanted,
);

test.each(kinds)(
  '%s',
  async (kind, rows) => {
    const some = playsOf(rows, seeds);
    const every = rows.flatMap((row) => seeds.map((each) => [row, each] as const));
    const complaints: string[] = [];
    for (const [row, each] of kind === wanted ? every : some) complaints.push(...(await plays.play(row, each)));
    expect(complaints).toEqual([]);
  },
  mostMs * 200,
);
