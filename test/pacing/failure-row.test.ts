import { expect, it } from 'vitest';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import { FailureRow } from '../../src/pacing/failure-row.ts';
import type { GapCode } from '../../src/domain/model/observation.ts';
import { throttledFailure } from './service.ts';

function ending(code: GapCode): Attempt<void> {
  return failed({ ...throttledFailure, code, message: code });
}
const answered: Attempt<void> = succeeded(undefined);

/** Asks for one thing after another; resolves with how many were asked for, and what the last heard. */
async function asked(...outcomes: readonly Attempt<void>[]) {
  const row = new FailureRow();
  let count = 0;
  let last: Attempt<void> = answered;
  for (const outcome of outcomes) {
    last = await row.ask(async () => {
      count += 1;
      return outcome;
    });
  }
  return { count, last };
}

it('the sixth is not asked for after five that failed, and the end says why', async () => {
  const outcomes = (['network', 'malformed', 'server-error', 'network', 'malformed'] as const).map(ending);
  const { count, last } = await asked(...outcomes, answered, answered);
  expect(count).toBe(5);
  expect(last).toMatchObject({
    ok: false,
    failure: { code: 'malformed', retry: 'no', message: 'given up after 5 failures in a row, the last: malformed' },
  });
});

it.each<[string, Attempt<void>]>([
  ['an answer', answered],
  ['a denial', ending('AccessDenied')],
  ['credentials that expired', ending('credentials')],
  ['a throttle, which has a patience of its own', ending('throttled')],
])('%s ends the row', async (_what, between) => {
  const four = Array.from({ length: 4 }, () => ending('network'));
  expect((await asked(...four, between, ...four, answered)).count).toBe(10);
  // And another may begin.
  expect((await asked(...four, between, ...four, ending('network'), answered, answered)).count).toBe(10);
});

it.each<GapCode>(['AccessDenied', 'throttled', 'credentials'])('%s alone is never given up', async (code) => {
  expect((await asked(...Array.from({ length: 40 }, () => ending(code)))).count).toBe(40);
});
