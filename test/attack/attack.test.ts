/**
 * A sample of the attacks, the same in every run, and those that once went wrong; `npm run test:extended` has them all
 * (`audit.extended.test.ts`, `apply.extended.test.ts`).
 */
import { describe, expect, test, vi } from 'vitest';
import { attackApply, moments, planOfAttacked, type Moment } from './apply.ts';
import { attackAudit } from './audit.ts';
import { attackCommand, commands } from './commands.ts';
import { kinds } from './kinds/all.ts';
import type { Kind } from './kinds/kind.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

/** Of so many one; both share no factor with how many operations there are, so that each is met. */
const auditStep = 193;
const applyStep = 199;
const name = (kind: Kind, where: string) => `${kind.name}, in the place of the answer to ${where}`;

const audited = kinds.flatMap((kind) =>
  kind.meets
    .filter((each) => each !== 'SetUserPoolMfaConfig')
    .map((operation) => [name(kind, operation), kind, operation] as const),
);
const applied = kinds.flatMap((kind) =>
  (Object.keys(moments) as Moment[])
    .filter((moment) => kind.meets.includes(moments[moment]))
    .map((moment) => [name(kind, moment), kind, moment] as const),
);
const crashed = kinds.filter(({ name: each }) => each === 'a refusal whose message is an object');

test('there are more than a hundred kinds, each with a name of its own', () => {
  expect(kinds.length).toBeGreaterThan(150);
  expect(new Set(kinds.map((kind) => kind.name)).size).toBe(kinds.length);
});

describe('under audit', () => {
  test.each(audited.filter((_each, index) => index % auditStep === 0))('%s', async (_name, kind, operation) => {
    expect(await attackAudit(kind, operation)).toEqual([]);
  });
});

describe('under apply', () => {
  test.each(applied.filter((_each, index) => index % applyStep === 0))('%s', async (_name, kind, moment) => {
    expect(await attackApply(kind, moment, await planOfAttacked())).toEqual([]);
  });
});

describe.each(commands)('under %s', (command) => {
  const operations = ['ListAccounts', 'ListUserPools', 'GetUserPoolMfaConfig'] as const;
  test.each(operations)('a refusal whose message is an object, in the place of the answer to %s', async (operation) => {
    expect(await Promise.all(crashed.map((kind) => attackCommand(kind, command, operation)))).toEqual([null]);
  });
});
