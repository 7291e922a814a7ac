import { describe, expect, test, vi } from 'vitest';
import { attackApply, moments, planOfAttacked, type Moment } from './apply.ts';
import { kinds } from './kinds/all.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

let plan: Promise<string> | null = null;

const met = kinds.flatMap((kind) => {
  const those = (Object.keys(moments) as Moment[]).filter((moment) => kind.meets.includes(moments[moment]));
  return those.length === 0 ? [] : [[kind.name, kind, those] as const];
});

describe.each(met)('%s', (_name, kind, those) => {
  test.each(those)('in the place of the answer to %s', async (moment) => {
    plan ??= planOfAttacked();
    expect(await attackApply(kind, moment, await plan)).toEqual([]);
  });
});
