import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import { execFileSync } from 'node:child_process';
import { appendFile, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRunDirectory, type OpenRunOptions, type RunDirectory } from '../../src/run-directory/run-directory.ts';
import type { PoolObservation, UnitObservation } from '../../src/domain/model/observation.ts';
import { leaveDead } from '../lock/dead-lock.ts';
import { temporaryFolder } from '../temporary.ts';

const inputs = { tool: '1', policies: 'p', configuration: 'c', scope: 's' };
const startedAt = new Date('2026-11-22T02:00:00.000Z');

function options(changes: Partial<OpenRunOptions> = {}): OpenRunOptions {
  return {
    resume: false,
    maxAgeMs: 12 * 3_600_000,
    now: startedAt,
    startedAt,
    newRunId: 'run-1',
    inputs,
    fallbackFolder: null,
    notice: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
}

function unit(accountId: string, region: string, pools: number): UnitObservation {
  return { accountId, region, status: 'read', skipReason: null, failure: null, pools, readAt: startedAt.toISOString() };
}

function pool(poolId: string): PoolObservation {
  return {
    poolId,
    poolName: `pool ${poolId}`,
    observedAt: startedAt.toISOString(),
    requestId: 'r',
    mfaConfig: { read: true, value: { MfaConfiguration: 'OFF' } },
    ...byFurtherRead(() => null),
  };
}

async function killed(folder: string, write: (directory: RunDirectory) => Promise<void>): Promise<void> {
  const directory = await openRunDirectory(folder, options());
  await write(directory);
  await directory.store.close();
  // A killed run leaves its lock; its process is gone.
  await leaveDead(join(folder, 'lock'));
}

/** A killed run that has read one pool in each of two units. */
async function killedAfterTwo(folder: string): Promise<void> {
  await killed(folder, async ({ store }) => {
    for (const region of ['eu-west-1', 'us-east-1']) {
      const unitSink = store.beginUnit('111111111111', region);
      await unitSink.pools([pool(`${region}_a`)]);
      await unitSink.finish(unit('111111111111', region, 1), []);
    }
  });
}

/** Opens it, and closes it when the test ends; what it was told stands in `notices`. */
async function opened(folder: string, changes: Partial<OpenRunOptions>) {
  const notices: string[] = [];
  const directory = await openRunDirectory(folder, options({ ...changes, notice: (text) => notices.push(text) }));
  onTestFinished(() => directory.close({ finished: true, delete: true }));
  return { directory, notices };
}

function finishedRegions({ store }: RunDirectory): readonly string[] {
  return store.units().map((finished) => finished.unit.region);
}

describe('the run directory', () => {
  it('gives back finished units by account and region, and their pools by id', async () => {
    const folder = join(await temporaryFolder(), 'run');
    const directory = await openRunDirectory(folder, options());
    onTestFinished(() => directory.close({ finished: true, delete: true }));
    const { store } = directory;
    const late = store.beginUnit('222222222222', 'eu-west-1');
    await late.pools([pool('b')]);
    await late.pools([pool('a'), pool('c')]);
    await store.beginUnit('111111111111', 'us-east-1').finish(unit('111111111111', 'us-east-1', 0), []);
    await late.finish(unit('222222222222', 'eu-west-1', 4), ['gone']);
    await store.beginUnit('111111111111', 'eu-west-1').finish(unit('111111111111', 'eu-west-1', 0), []);

    expect(store.units().map((entry) => [entry.unit.accountId, entry.unit.region, entry.skippedPools])).toEqual([
      ['111111111111', 'eu-west-1', []],
      ['111111111111', 'us-east-1', []],
      ['222222222222', 'eu-west-1', ['gone']],
    ]);
    const [, , last] = store.units();
    expect((await store.poolsOf(last!)).map(({ poolId }) => poolId)).toEqual(['a', 'b', 'c']);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('resumes with the finished units only, under the id and start of the first run', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async ({ store }) => {
      const done = store.beginUnit('111111111111', 'eu-west-1');
      await done.pools([pool('a')]);
      await done.finish(unit('111111111111', 'eu-west-1', 1), []);
      await store.beginUnit('111111111111', 'us-east-1').pools([pool('half-read')]);
    });
    const resumed = await openRunDirectory(
      folder,
      options({ resume: true, newRunId: 'run-2', now: new Date('2026-11-22T03:00:00Z') }),
    );
    onTestFinished(() => resumed.close({ finished: true, delete: true }));
    expect(resumed).toMatchObject({ runId: 'run-1', startedAt: startedAt.toISOString() });
    expect(resumed.store.isFinished('111111111111', 'eu-west-1')).toBe(true);
    expect(resumed.store.isFinished('111111111111', 'us-east-1')).toBe(false);
    const again = resumed.store.beginUnit('111111111111', 'us-east-1');
    await again.pools([pool('z')]);
    await again.finish(unit('111111111111', 'us-east-1', 1), []);
    const [, second] = resumed.store.units();
    expect((await resumed.store.poolsOf(second!)).map(({ poolId }) => poolId)).toEqual(['z']);
  });

  it('drops a last line that was cut short, and goes on behind it on a line of its own', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async ({ store }) => {
      await store.beginUnit('111111111111', 'eu-west-1').finish(unit('111111111111', 'eu-west-1', 0), []);
    });
    await appendFile(join(folder, 'units.ndjson'), '{"unit":{"accountId":"1111');
    const resumed = await openRunDirectory(folder, options({ resume: true }));
    await resumed.store.beginUnit('333333333333', 'eu-west-1').finish(unit('333333333333', 'eu-west-1', 0), []);
    await resumed.close({ finished: false, delete: false });
    const lines = (await readFile(join(folder, 'units.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).unit.accountId)).toEqual(['111111111111', '333333333333']);
  });

  it('goes on behind pools that were cut short, and never mistakes them for a unit of its own', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async ({ store }) => {
      const done = store.beginUnit('111111111111', 'eu-west-1');
      await done.pools([pool('ä')]);
      await done.finish(unit('111111111111', 'eu-west-1', 1), []);
    });
    await appendFile(join(folder, 'pools.ndjson'), '{"poolId":"cut sh');
    const resumed = await openRunDirectory(folder, options({ resume: true }));
    onTestFinished(() => resumed.close({ finished: true, delete: true }));
    const next = resumed.store.beginUnit('222222222222', 'eu-west-1');
    await next.pools([pool('b'), pool('c')]);
    await next.finish(unit('222222222222', 'eu-west-1', 2), []);
    const pools = await Promise.all(resumed.store.units().map((finished) => resumed.store.poolsOf(finished)));
    expect(pools).toEqual([[pool('ä')], [pool('b'), pool('c')]]);
  });

  it.each([
    ['is empty', () => ''],
    ['is {}', () => '{}'],
    ['is no JSON', () => 'run 1, I think'],
    ['is zeroed', (text: string) => '\0'.repeat(text.length)],
    ['has a time that is none', (text: string) => text.replace('"startedAt":"2026', '"startedAt":5,"at":"2026')],
  ])('begins anew and says so where run.json %s', async (_name, damaged) => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    const mark = join(folder, 'run.json');
    await writeFile(mark, damaged(await readFile(mark, 'utf8')));
    for (const resume of [true, false]) {
      const { directory, notices } = await opened(folder, { resume, newRunId: 'run-2' });
      expect(directory).toMatchObject({ runId: 'run-2' });
      expect(finishedRegions(directory)).toEqual([]);
      expect(notices).toEqual(
        resume ? [`${mark} can't be read, so nothing counts of the run that was there; everything is read anew.`] : [],
      );
      await directory.close({ finished: true, delete: false });
    }
  });

  it.each([
    [
      'a foreign line between',
      (lines: string) => lines.replace('\n', '\nI was here\n'),
      ['eu-west-1', 'us-east-1'],
      '1 line of its units',
    ],
    [
      'a line of another shape',
      (lines: string) => lines.replace('"status":"read"', '"status":"fine"'),
      ['us-east-1'],
      '1 line of its units',
    ],
    ['lines that are zeroed', (lines: string) => lines.replaceAll(/[^\n]/g, '\0'), [], '2 lines of its units'],
    [
      'pools that lie before the file',
      (lines: string) => lines.replace('"at":0', '"at":-1'),
      ['us-east-1'],
      '1 line of its units',
    ],
    [
      'pools that were never written',
      (lines: string) => lines.replace('"at":0', '"at":99999999'),
      ['us-east-1'],
      'the pools of 1 unit',
    ],
    [
      'pools of another unit',
      (lines: string) => lines.replace(/"segments":.*(?=\n\{)/, (one) => one.replace('"at":0', '"at":1')),
      ['us-east-1'],
      'the pools of 1 unit',
    ],
  ])(
    'counts what it can read of units.ndjson with %s, and says what it can not',
    async (_name, damage, readable, what) => {
      const folder = join(await temporaryFolder(), 'run');
      await killedAfterTwo(folder);
      const units = join(folder, 'units.ndjson');
      await writeFile(units, damage(await readFile(units, 'utf8')));
      const { directory, notices } = await opened(folder, { resume: true });
      expect(finishedRegions(directory)).toEqual(readable);
      expect(notices).toEqual([
        `The run in ${folder} is damaged: ${what} can't be read. What can be read counts, the rest is read anew.`,
      ]);
    },
  );

  it.each([
    ['short', (pools: Buffer) => pools.subarray(0, pools.length - 3)],
    ['zeroed at its end', (pools: Buffer) => Buffer.concat([pools.subarray(0, pools.length - 60), Buffer.alloc(60)])],
    ['changed in one letter', (pools: Buffer) => Buffer.from(pools.toString().replace(/OFF(?=[^\n]*\n$)/, 'OPF'))],
  ])('reads a unit anew whose pools are %s, and goes on behind them', async (_name, damage) => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    const pools = join(folder, 'pools.ndjson');
    await writeFile(pools, damage(await readFile(pools)));
    const { directory, notices } = await opened(folder, { resume: true });
    expect(notices).toEqual([expect.stringContaining('is damaged: the pools of 1 unit')]);
    expect(finishedRegions(directory)).toEqual(['eu-west-1']);
    const again = directory.store.beginUnit('111111111111', 'us-east-1');
    await again.pools([pool('new')]);
    await again.finish(unit('111111111111', 'us-east-1', 1), []);
    const both = await Promise.all(directory.store.units().map((finished) => directory.store.poolsOf(finished)));
    expect(both).toEqual([[pool('eu-west-1_a')], [pool('new')]]);
  });

  const strangers: readonly [string, (path: string) => unknown][] = [
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a folder', (path) => mkdir(path)],
    ['a link to a device without end', (path) => symlink('/dev/zero', path)],
    ['a link to itself', (path) => symlink(basename(path), path)],
  ];

  it.each(strangers)('begins anew and says so where run.json is %s', async (_name, make) => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    await rm(join(folder, 'run.json'));
    await make(join(folder, 'run.json'));
    const { directory, notices } = await opened(folder, { resume: true, newRunId: 'run-2' });
    expect(directory).toMatchObject({ runId: 'run-2' });
    expect(notices).toEqual([expect.stringContaining("run.json can't be read")]);
    expect((await lstat(join(folder, 'run.json'))).isFile()).toBe(true);
    await directory.close({ finished: true, delete: true });
  });

  it.each(
    strangers.flatMap(([name, make]) => [
      ['units.ndjson', name, make, 'units.ndjson'] as const,
      ['pools.ndjson', name, make, 'pools.ndjson and the pools of 2 units'] as const,
    ]),
  )('reads anew what stood in %s where that is %s', async (file, _name, make, what) => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    await rm(join(folder, file));
    await make(join(folder, file));
    const { directory, notices } = await opened(folder, { resume: true });
    expect(notices).toEqual([expect.stringContaining(`is damaged: ${what} can't be read`)]);
    expect(finishedRegions(directory)).toEqual([]);
    const again = directory.store.beginUnit('111111111111', 'us-east-1');
    await again.pools([pool('new')]);
    await again.finish(unit('111111111111', 'us-east-1', 1), []);
    const both = await Promise.all(directory.store.units().map((finished) => directory.store.poolsOf(finished)));
    expect(both).toEqual([[pool('new')]]);
    await directory.close({ finished: true, delete: true });
  });

  it('says so when its pools are lost while it runs', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    const { directory } = await opened(folder, { resume: true });
    await writeFile(join(folder, 'pools.ndjson'), '');
    const [first] = directory.store.units();
    await expect(directory.store.poolsOf(first!)).rejects.toThrow(/pools\.ndjson is not as this run wrote it/);
  });

  it.each([
    ['tool', 'it was made by another version of mfa-drift'],
    ['policies', 'it was made with other policies'],
    ['configuration', 'it was made with another configuration'],
    ['scope', 'it was made for another scope (flags, caller or endpoint)'],
  ])('is not resumed with another %s', async (input, reason) => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async () => undefined);
    await expect(
      openRunDirectory(folder, options({ resume: true, inputs: { ...inputs, [input]: 'other' } })),
    ).rejects.toThrow(`The run in ${folder} (run-1) can't be resumed: ${reason}.`);
  });

  it('is not resumed with readings older than the maximum age, and is replaced then without --resume', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    const noon = new Date(startedAt.getTime() + 12 * 3_600_000 + 60_000);
    await expect(openRunDirectory(folder, options({ resume: true, now: noon }))).rejects.toThrow(
      `The run in ${folder} (run-1) can't be resumed: 111111111111 was read in eu-west-1 12h 01m ago (2026-11-22T02:00:00.000Z), and --max-age allows 12h 00m. To start anew, leave out --resume.`,
    );
    const { directory } = await opened(folder, {
      resume: true,
      now: noon,
      maxAgeMs: 13 * 3_600_000,
      newRunId: 'run-2',
    });
    expect(directory.runId).toBe('run-1');
  });

  it('is resumed however long ago it began, where nothing of it is old', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async ({ store }) => {
      const late = { ...unit('111111111111', 'eu-west-1', 0), readAt: '2026-11-22T11:00:00.000Z' };
      await store.beginUnit('111111111111', 'eu-west-1').finish(late, []);
    });
    const { directory } = await opened(folder, { resume: true, now: new Date('2026-11-22T22:30:00Z') });
    expect(directory).toMatchObject({ runId: 'run-1' });
  });

  it('replaces an unfinished run without --resume, and says so; a finished one it replaces in silence', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killedAfterTwo(folder);
    const second = await opened(folder, { newRunId: 'run-2' });
    expect(second.directory).toMatchObject({ runId: 'run-2' });
    expect(finishedRegions(second.directory)).toEqual([]);
    expect(second.notices).toEqual([
      `The run in ${folder} that did not finish (run-1, started 2026-11-22T02:00:00.000Z) is replaced by a new one. To go on with such a run: --resume.`,
    ]);
    await second.directory.close({ finished: true, delete: false });
    const third = await opened(folder, { newRunId: 'run-3' });
    expect(third.directory.runId).toBe('run-3');
    expect(third.notices).toEqual([]);
    await third.directory.close({ finished: true, delete: true });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('refuses a second run while a first one is going, with --resume and without', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await opened(folder, {});
    for (const resume of [false, true]) {
      await expect(openRunDirectory(folder, options({ resume }))).rejects.toThrow(
        `${join(folder, 'lock')} is held by a run that is still going (process ${process.pid} on `,
      );
    }
  });

  it('that another run has taken over is left to that one at the end', async () => {
    const folder = join(await temporaryFolder(), 'run');
    const first = await openRunDirectory(folder, options());
    await leaveDead(join(folder, 'lock'));
    const { directory } = await opened(folder, { newRunId: 'run-2' });
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() + 11 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    await expect(first.store.beginUnit('1', 'x').finish(unit('1', 'x', 0), [])).rejects.toThrow(
      'was taken over by another run',
    );
    await first.close({ finished: true, delete: true });
    expect((await readdir(folder)).sort()).toEqual(['lock', 'pools.ndjson', 'run.json', 'units.ndjson']);
    expect(finishedRegions(directory)).toEqual([]);
  });

  it.each([0o000, 0o022, 0o077])(
    'is for this user alone whatever the umask (%o), and is made so where it was not',
    async (mask) => {
      const folder = await temporaryFolder();
      const before = process.umask(mask);
      onTestFinished(() => void process.umask(before));
      const open = join(folder, 'open');
      await mkdir(open, { mode: 0o777 });
      for (const run of [join(folder, 'new', 'run'), open]) {
        await opened(run, {});
        expect((await stat(run)).mode & 0o777).toBe(0o700);
      }
      expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700);
    },
  );

  it('never takes over a folder that holds something else', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'thesis.tex'), 'years of work');
    await expect(openRunDirectory(folder, options())).rejects.toThrow(
      `${folder} is not a run directory: it holds thesis.tex`,
    );
    expect(await readFile(join(folder, 'thesis.tex'), 'utf8')).toBe('years of work');
  });

  it('says that a folder could not be made, and why', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(openRunDirectory(join(file, 'run'), options())).rejects.toThrow(
      `The run directory ${file}/run could not be made: a part of its path is a file, not a folder`,
    );
  });
});

it('keeps names whole that hold line separators of Unicode, which are no line ends in JSON', async () => {
  const folder = join(await temporaryFolder(), 'run');
  const directory = await openRunDirectory(folder, options());
  onTestFinished(() => directory.close({ finished: true, delete: true }));
  const begun = directory.store.beginUnit('111111111111', 'eu-west-1');
  await begun.pools([{ ...pool('a'), poolName: 'one\u2028two\u2029three\u0085four' }]);
  await begun.finish(unit('111111111111', 'eu-west-1', 1), []);
  const [finished] = directory.store.units();
  expect((await directory.store.poolsOf(finished!)).map(({ poolName }) => poolName)).toEqual([
    'one\u2028two\u2029three\u0085four',
  ]);
});
