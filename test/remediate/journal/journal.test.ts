import { createHash } from 'node:crypto';
import { appendFile, mkdir, open as openFile, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { JournalIdentity, JournalNote } from '../../../src/remediate/journal/format.ts';
import { UserError } from '../../../src/errors.ts';
import { JournalError, openJournal, unjournaled } from '../../../src/remediate/journal/journal.ts';
import { readJournal } from '../../../src/remediate/journal/read.ts';
import { temporaryFolder } from '../../temporary.ts';

const identity: JournalIdentity = {
  runId: 'run-1',
  planDigest: 'sha256:aa',
  organizationId: 'o-1',
  rollback: false,
  endpoints: [],
  callerArn: 'arn:aws:sts::111122220000:assumed-role/Nightly/run-7',
};
const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL' };
const intent: JournalNote = {
  event: 'intent',
  ...place,
  before: off,
  call: { UserPoolId: place.poolId, ...on },
  after: on,
  policies: ['floor'],
  error: null,
  writerArn: 'arn:aws:sts::111122220001:assumed-role/MfaDriftRemediate/mfa-drift',
};

const now = () => new Date('2026-11-22T02:14:00Z');
const open = (file: string, changed: Partial<JournalIdentity> = {}) =>
  openJournal(file, { ...identity, ...changed }, now, {
    notice: () => undefined,
    signal: new AbortController().signal,
  });

/** As anybody can compute it: `printf %s LINE | sha256sum`. */
function digestOf(line: string): string {
  return `sha256:${createHash('sha256').update(line).digest('hex')}`;
}

/** Puts lines into a file as somebody would who knows how the chain is made. */
async function forged(...lines: readonly object[]): Promise<string> {
  const file = join(await temporaryFolder(), 'journal.ndjson');
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    texts.push(JSON.stringify(last === undefined ? line : { ...line, previous: digestOf(last) }));
  }
  await writeFile(file, texts.map((text) => `${text}\n`).join(''));
  return file;
}

async function written(...entries: readonly JournalNote[]): Promise<string> {
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
    const previous = digestOf(JSON.stringify(lines[0]));
    expect(lines).toEqual([
      { at, event: 'start', ...identity },
      { at, ...intent, callerArn: identity.callerArn, previous },
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
      'writerArn',
      'callerArn',
      'previous',
    ]);
  });

  test('is not there before something is written', async () => {
    const file = await written();
    await expect(stat(file)).rejects.toThrow('ENOENT');
    const journal = await open(file);
    expect(journal.traces()).toEqual([]);
    await journal.close();
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
      [intent, { ...intent, event: 'done' }, { ...intent, event: 'stale', after: null }],
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
    const previous = digestOf(whole.trimEnd().split('\n').at(-1) ?? '');
    const line = `${JSON.stringify({ at: now().toISOString(), ...intent, event: 'done', callerArn: identity.callerArn, previous })}\n`;
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

  test.each([1, 3, 6, 30])('begins anew where the first line was cut off after %i bytes', async (length) => {
    const whole = await readFile(await written(intent), 'utf8');
    const file = await written();
    await writeFile(file, whole.slice(0, length));
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
    await expect(open(file, changed)).rejects.toThrow(`${file} can't be continued: ${reason}`);
  });

  test.each([
    [{ planDigest: null }, 'it is of an audit'],
    [{ organizationId: null }, 'it is of no organization'],
    [{ rollback: true }, 'it is the journal of a rollback'],
  ] as const)('of %j is refused where it is to be of something else', async (changed, reason) => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file, changed);
    await journal.record(intent);
    await journal.close();
    await expect(open(file)).rejects.toThrow(`${reason}. Name another journal with --journal.`);
  });

  test('with a line that is none of its own is refused, with its place', async () => {
    const file = await written(intent);
    await appendFile(file, '{"event":"party"}\n');
    await expect(open(file)).rejects.toThrow(`${file}:3 is not a line of a journal`);
  });

  test('with a call that goes down so deep that nothing comes back from there is refused, with its place', async () => {
    const file = await written(intent);
    const [first = '', second = ''] = (await readFile(file, 'utf8')).split('\n');
    const deep = second.replace(`"region":"${intent.region}"`, `"region":${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(deep.length).toBeGreaterThan(100_000);
    const call = second.replace('"call":{', `"call":{"Deep":${'['.repeat(50_000)}${']'.repeat(50_000)},`);
    for (const line of [deep, call]) {
      await writeFile(file, `${first}\n${line}\n`);
      await expect(open(file)).rejects.toThrow(`${file}:2 is not a line of a journal`);
    }
  });

  test('is never another file', async () => {
    const file = join(await temporaryFolder(), 'policy.yaml');
    await writeFile(file, 'kind: Policy');
    await expect(open(file)).rejects.toThrow(`${file}:1 is not a line of a journal`);
    expect(await readFile(file, 'utf8')).toBe('kind: Policy');
    await expect(open(file)).rejects.toBeInstanceOf(UserError);
    await writeFile(file, '{"event":"party"}\n');
    await expect(open(file)).rejects.toThrow(`${file}:1 is not a line of a journal`);
    await mkdir(`${file}.d`);
    await expect(open(`${file}.d`)).rejects.toThrow(`${file}.d is a folder, not a file: it is no journal.`);
  });

  test('of which nothing was written yet is an empty file', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    expect(await readJournal(file)).toBeNull();
    await writeFile(file, '');
    expect(await readJournal(file)).toEqual({ start: null, entries: [], digest: null, wholeBytes: 0 });
    const journal = await open(file);
    expect([journal.digest(), journal.traces()]).toEqual([null, []]);
    await journal.close();
  });

  describe('is a chain', () => {
    const done = { ...intent, event: 'done' } as const;

    test('whose last hash is its digest, from the first line on, and after a crash', async () => {
      const file = await written(intent, done);
      const text = await readFile(file, 'utf8');
      const expected = digestOf(text.trimEnd().split('\n').at(-1) ?? '');
      await appendFile(file, '{"at":"2026-');
      const journal = await open(file);
      expect(journal.digest()).toBe(expected);
      await journal.close();
    });

    test('that goes on where an earlier start ended', async () => {
      const file = await written(intent);
      const journal = await open(file);
      await journal.record(done);
      const digest = journal.digest();
      await journal.close();
      const again = await open(file);
      expect([again.digest(), again.traceOf(place).trace]).toEqual([digest, 'written']);
      await again.close();
    });

    test.each([
      ['a value of an earlier line is another', (text: string) => text.replace('"floor"', '"flooR"'), 3],
      ['a line is gone', (text: string) => withoutLine(text, 1), 2],
      ['two lines changed places', (text: string) => swapped(text), 2],
      ['the first line is another', (text: string) => text.replace('run-1', 'run-9'), 2],
    ])('that is broken where %s', async (_what, change, line) => {
      const other = { ...intent, poolId: 'eu-west-1_Two' };
      const file = await written(intent, other, done);
      await writeFile(file, change(await readFile(file, 'utf8')));
      await expect(open(file, { runId: change('run-1') })).rejects.toThrow(
        new RegExp(`:${line} does not follow the line before it: the journal was damaged or edited`),
      );
    });

    const start = { at: '2026-11-22T02:14:00.000Z', event: 'start', ...identity };
    const line = { at: start.at, ...intent, callerArn: identity.callerArn };
    const says = /the journal was damaged or edited, and nothing in it counts/;

    test.each<readonly [string, readonly object[], RegExp]>([
      ['done without a call', [{ ...line, event: 'done', call: null }], /:2 says that a change was made, and no call/],
      ['done without an intent', [{ ...line, event: 'done' }], /:2 says that a change was made, and no call/],
      [
        'done by another call',
        [
          line,
          {
            ...line,
            event: 'done',
            call: { UserPoolId: place.poolId, MfaConfiguration: 'ON' },
            after: { MfaConfiguration: 'ON' },
          },
        ],
        /:3 says that a change was made/,
      ],
      [
        'done as the call does not leave it',
        [line, { ...line, event: 'done', after: { MfaConfiguration: 'ON' } }],
        /:3 says that a change was made/,
      ],
      [
        'done after the call was refused',
        [line, { ...line, event: 'failed', after: null, error: 'denied' }, { ...line, event: 'done' }],
        /:4 says that a change was made/,
      ],
      ['done twice', [line, { ...line, event: 'done' }, { ...line, event: 'done' }], /:4 says that a change was made/],
      ['done with nothing read', [line, { ...line, event: 'done', after: null }], /:3 says that a change was made/],
      ['an intent without a call', [{ ...line, call: null }], /:2 says of a call what it does not make of the pool/],
      [
        'an intent that means something else',
        [{ ...line, after: { MfaConfiguration: 'ON' } }],
        /:2 says of a call what it does not make of the pool/,
      ],
      [
        'a failure that left something, of no call',
        [{ ...line, event: 'failed' }],
        /:2 says that a call left something else/,
      ],
    ])('that says what it can not: %s', async (_what, lines, reason) => {
      const file = await forged(start, ...lines);
      await expect(open(file)).rejects.toThrow(reason);
      await expect(open(file)).rejects.toThrow(says);
      await expect(open(file)).rejects.toBeInstanceOf(UserError);
    });
  });

  test('takes no line behind one that the disk did not take whole', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    await journal.record(intent);
    const whole = await readFile(file, 'utf8');
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    // As a full disk does it: a part of the line is there, and the rest is refused.
    const handles = await fileHandlePrototype();
    const spy = vi.spyOn(handles, 'appendFile').mockImplementationOnce(async () => {
      await appendFile(file, '{"at":"20');
      throw full;
    });
    const note = { ...intent, event: 'done' } as const;
    await expect(journal.record(note)).rejects.toMatchObject({
      message: `The journal ${file} could not be written: no space is left on the disk.`,
      cause: full,
    });
    await expect(journal.record({ ...note, poolId: 'eu-west-1_Two', event: 'stale', after: null })).rejects.toThrow(
      'could not be written',
    );
    spy.mockRestore();
    await journal.close();
    expect(await readFile(file, 'utf8')).toBe(`${whole}{"at":"20`);
    const again = await open(file);
    expect(again.traceOf(place).trace).toBe('begun');
    await again.close();
  });

  test('is on the disk with its folder, and each line with its file', async () => {
    const handles = await fileHandlePrototype();
    const journal = await open(join(await temporaryFolder(), 'deep', 'journal.ndjson'));
    const spy = vi.spyOn(handles, 'sync');
    await journal.record(intent);
    expect(spy).toHaveBeenCalledTimes(3);
    await journal.record({ ...intent, event: 'done' });
    expect(spy).toHaveBeenCalledTimes(4);
    spy.mockRestore();
    await journal.close();
  });

  test('can be released by whoever closes it, and has what kept it from being written', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    await expect(stat(`${file}.lock`)).resolves.toBeDefined();
    await journal.record(intent);
    await journal.close();
    await expect(stat(`${file}.lock`)).rejects.toThrow('ENOENT');
    const below = join(file, 'below', 'journal.ndjson');
    await expect(open(below)).rejects.toThrow(`The journal ${below} could not be written: `);
    await expect(open(below)).rejects.toBeInstanceOf(JournalError);
  });

  test('is none any more where a folder stands in its place', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    await mkdir(file);
    await expect(journal.record(intent)).rejects.toThrow(`The journal ${file} could not be written: `);
    await expect(journal.record(intent)).rejects.toBeInstanceOf(JournalError);
    await journal.close();
  });

  test('takes nothing more once another has taken it over', async () => {
    const file = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await open(file);
    await rm(`${file}.lock`);
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 60_000);
    const recorded = journal.record(intent);
    await expect(recorded).rejects.toMatchObject({
      message: expect.stringContaining('was taken over by another run'),
      cause: expect.any(UserError),
    });
    await expect(recorded).rejects.toBeInstanceOf(JournalError);
    clock.mockRestore();
    await journal.close();
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  test('is not broken by a mistake of the program, which goes on as what it is', async () => {
    const journal = await open(join(await temporaryFolder(), 'journal.ndjson'));
    await journal.record(intent);
    const mistake = new TypeError('undefined is not a function');
    const spy = vi.spyOn(await fileHandlePrototype(), 'appendFile').mockRejectedValueOnce(mistake);
    await expect(journal.record({ ...intent, event: 'done' })).rejects.toBe(mistake);
    spy.mockRestore();
    await journal.record({ ...intent, event: 'done' });
    expect(journal.traceOf(place).trace).toBe('written');
    await journal.close();
  });

  test('that takes nothing more is told from every other error', async () => {
    const full = new JournalError('full');
    const mistake = new TypeError('undefined is not a function');
    expect(await unjournaled(() => Promise.resolve())).toBeNull();
    expect(await unjournaled(() => Promise.reject(full))).toBe(full);
    await expect(unjournaled(() => Promise.reject(mistake))).rejects.toBe(mistake);
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

function withoutLine(text: string, index: number): string {
  const lines = text.trimEnd().split('\n');
  return `${lines.filter((_line, at) => at !== index).join('\n')}\n`;
}

function swapped(text: string): string {
  const [start, one, two, ...rest] = text.trimEnd().split('\n');
  return `${[start, two, one, ...rest].join('\n')}\n`;
}

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await openFile(import.meta.filename, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle);
}
