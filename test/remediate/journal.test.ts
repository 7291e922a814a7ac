import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JournalEntry, JournalIdentity } from '../../src/remediate/journal-format.ts';
import { openJournal } from '../../src/remediate/journal.ts';
import { temporaryFolder } from '../temporary.ts';

const identity: JournalIdentity = { runId: 'run-1', planDigest: 'sha256:aa', organizationId: 'o-1', rollback: false };
const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL' };
const intent: Omit<JournalEntry, 'at'> = {
  event: 'intent',
  ...place,
  before: off,
  call: { UserPoolId: place.poolId, ...on },
  after: on,
  policies: ['floor'],
  error: null,
};

const now = () => new Date('2026-11-22T02:14:00Z');
const open = (file: string, changed: Partial<JournalIdentity> = {}) =>
  openJournal(file, { ...identity, ...changed }, now, {
    notice: () => undefined,
    signal: new AbortController().signal,
  });

async function written(...entries: readonly Omit<JournalEntry, 'at'>[]): Promise<string> {
  const file = join(await temporaryFolder(), 'journal.ndjson');
  const journal = await open(file);
  for (const entry of entries) await journal.record(entry);
  await journal.close();
  return file;
}

describe('the journal', () => {
  test('is for its owner, begins with what it is of, and has one object a line', async () => {
    const file = await written(intent);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const at = '2026-11-22T02:14:00.000Z';
    expect(lines).toEqual([
      { at, event: 'start', ...identity },
      { at, ...intent },
    ]);
    expect(Object.keys(lines[1])).toEqual([
      'at',
      'event',
      'accountId',
      'region',
      'poolId',
      'before',
      'call',
      'after',
      'policies',
      'error',
    ]);
  });

  test('is not there before something is written', async () => {
    const file = await written();
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['nothing', [], 'none'],
    ['a call whose end it does not know', [intent], 'begun'],
    ['a call that was verified', [intent, { ...intent, event: 'done' }], 'written'],
    ['a call that was refused', [intent, { ...intent, event: 'failed', after: null, error: 'denied' }], 'none'],
    [
      'a call that left something else',
      [intent, { ...intent, event: 'failed', after: off, error: 'odd' }],
      'unverified',
    ],
    [
      'a call of which nothing is known',
      [intent, { ...intent, event: 'unknown', after: null, error: 'lost' }],
      'begun',
    ],
    [
      'a pool that was left alone later',
      [intent, { ...intent, event: 'done' }, { ...intent, event: 'stale' }],
      'written',
    ],
  ] as const)('knows of %s', async (_name, entries, trace) => {
    const file = await written(...entries);
    const journal = await open(file);
    expect(journal.traceOf(place).trace).toBe(trace);
    await journal.close();
  });

  test('takes away a line that a crash has cut off, at every byte of it', async () => {
    const whole = await readFile(await written(intent), 'utf8');
    const line = `${JSON.stringify({ at: now().toISOString(), ...intent, event: 'done' })}\n`;
    for (let length = 1; length < line.length; length += 7) {
      const file = await written();
      await writeFile(file, `${whole}${line.slice(0, length)}`);
      const journal = await open(file);
      expect(journal.traceOf(place).trace).toBe('begun');
      await journal.record({ ...intent, event: 'done' });
      await journal.close();
      expect(await readFile(file, 'utf8')).toBe(`${whole}${line}`);
    }
  });

  test('begins anew where the first line was cut off', async () => {
    const whole = await readFile(await written(intent), 'utf8');
    const file = await written();
    await writeFile(file, whole.slice(0, 30));
    const journal = await open(file);
    await journal.record(intent);
    await journal.close();
    expect(await readFile(file, 'utf8')).toBe(whole);
  });

  test.each([
    [{ planDigest: 'sha256:bb' }, 'it is of the plan sha256:aa'],
    [{ planDigest: null }, 'it is of the plan sha256:aa'],
    [{ runId: 'run-2' }, 'it is of the run run-1'],
    [{ organizationId: 'o-2' }, 'it is of the organization o-1'],
    [{ rollback: true }, 'it is the journal of changes, not of a rollback'],
  ] as const)('of another run or plan is refused: %j', async (changed, reason) => {
    const file = await written(intent);
    await expect(open(file, changed)).rejects.toThrow(`${file} can't be gone on with: ${reason}`);
  });

  test('with a line that is none of its own is refused, with its place', async () => {
    const file = await written(intent);
    await appendFile(file, '{"event":"party"}\n');
    await expect(open(file)).rejects.toThrow(`${file}:3 is not a line of a journal`);
  });

  test('is never another file', async () => {
    const file = join(await temporaryFolder(), 'policy.yaml');
    await writeFile(file, 'kind: Policy');
    await expect(open(file)).rejects.toThrow(`${file}:1 is not a line of a journal`);
    expect(await readFile(file, 'utf8')).toBe('kind: Policy');
  });

  test('lines that are written at once never mix', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    const ids = Array.from({ length: 50 }, (_, index) => `eu-west-1_${index}`);
    await Promise.all(ids.map((poolId) => journal.record({ ...intent, poolId })));
    await journal.close();
    const again = await open(file);
    expect(again.traces()).toHaveLength(50);
    await again.close();
  });

  test('is held by whoever writes it', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    await expect(open(file)).rejects.toThrow('name another journal with --journal');
    await journal.close();
    await (await open(file)).close();
  });
});
