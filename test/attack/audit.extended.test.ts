import { describe, expect, test, vi } from 'vitest';
import { attackAudit } from './audit.ts';
import { kinds } from './kinds/all.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => {
  const operations = kind.meets.filter((each) => each !== 'SetUserPoolMfaConfig');
  test.each(operations)('in the place of the answer to %s', async (operation) => {
    expect(await attackAudit(kind, operation)).toEqual([]);
  });
});
