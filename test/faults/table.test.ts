/** The table is whole, and a part of it, the same in every run: some rows, and those that once went wrong. */
import { describe, expect, test } from 'vitest';
import { attackCommand, commands } from '../attack/commands.ts';
import { kinds } from '../attack/kinds/all.ts';
import { seed } from '../strength.ts';
import { Plays } from './play.ts';
import { families } from './row.ts';
import { commandOf, rows, rowsByKind } from './table.ts';

test('there are more than two hundred kinds, of every family, and no row twice', () => {
  expect(rowsByKind.size).toBeGreaterThan(200);
  expect(families.filter((family) => !rows.some((row) => row.family === family))).toEqual([]);
  const names = rows.map(({ kind, operation }) => `${kind}, ${operation}`);
  expect(new Set(names).size).toBe(names.length);
  for (const those of rowsByKind.values()) expect(new Set(those.map(({ family }) => family)).size).toBe(1);
});

/** What the table has found. */
const found: readonly (readonly [kind: string, operation: string])[] = [
  ['empty pages for ever', 'audit: ListAccounts'],
  ['a refusal whose type is a list', 'audit: GetUserPoolMfaConfig'],
  ['a token with a line end', 'audit: AssumeRole'],
  ['a token that no header holds', 'apply: AssumeRole'],
];

test.each(found)('what once went wrong: %s, %s', async (kind, operation) => {
  const row = rows.find((each) => each.kind === kind && each.operation === operation);
  expect(row === undefined ? ['no such row'] : await new Plays().play(row, seed)).toEqual([]);
});

/** Of so many one; both share no factor with how many operations there are, so that each is met. */
const steps = { audit: 193, apply: 199 };

describe.each(['audit', 'apply'] as const)('under %s', (command) => {
  const part = rows.filter((row) => row.family !== 'process' && commandOf(row) === command);
  const sample = part.filter((_row, index) => index % steps[command] === 0);
  test.each(sample.map((row) => [row.kind, row.operation, row] as const))('%s, %s', async (_kind, _operation, row) => {
    expect(await new Plays().play(row, seed)).toEqual([]);
  });
});

describe.each(commands)('under %s', (command) => {
  const operations = ['ListAccounts', 'ListUserPools', 'GetUserPoolMfaConfig'] as const;
  const crashed = kinds.filter(({ name }) => name === 'a refusal whose message is an object');
  test.each(operations)('a refusal whose message is an object, in the place of the answer to %s', async (operation) => {
    expect(await Promise.all(crashed.map((kind) => attackCommand(kind, command, operation, seed)))).toEqual([null]);
  });
});
