import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutantsOf } from './try-mutants.ts';

const file = 'test/mutants/planted/planted.ts';

test('each planted mutant ends as the function says in which it stands', async () => {
  const mutants = await mutantsOf([file], 'test/mutants/planted/vitest.config.ts');
  const lines = readFileSync(file, 'utf8').split('\n');
  const ends = mutants.map(({ location, status }) => {
    const before = lines.slice(0, location.start.line).filter((line) => line.startsWith('export function'));
    return [/function (\w+)/.exec(before.at(-1) ?? '')?.[1] ?? 'noticedWhenLoaded', status];
  });
  const of = (name: string) => new Set(ends.filter(([where]) => where === name).map(([, status]) => status));
  expect(of('noticedWhenLoaded')).toEqual(new Set(['Killed']));
  expect(of('noticedOnTheFirstCall')).toEqual(new Set(['Killed']));
  expect(of('noticedSinceItNeverEnds')).toEqual(new Set(['Killed']));
  expect(of('playedAndNotAskedAbout')).toEqual(new Set(['Survived']));
  expect(of('neverPlayed')).toEqual(new Set(['NoCoverage']));
});
