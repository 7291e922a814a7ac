import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  openRunDirectory,
  type OpenRunOptions,
  type RunDirectory,
} from '../../src/audit/run-directory/run-directory.ts';
import type { PoolObservation, UnitObservation } from '../../src/domain/observation.ts';
import { temporaryFolder } from '../temporary.ts';

const inputs = { tool: '1', policies: 'p', configuration: 'c', scope: 's' };
const startedAt = new Date('2026-11-22T02:00:00.000Z');

function options(changes: Partial<OpenRunOptions> = {}): OpenRunOptions {
  return {
    resume: false,
    maxAgeMs: 24 * 3_600_000,
    now: startedAt,
    newRunId: 'run-1',
    inputs,
    fallbackFolder: null,
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
    userPool: null,
  };
}

async function killed(folder: string, write: (directory: RunDirectory) => Promise<void>): Promise<void> {
  const directory = await openRunDirectory(folder, options());
  await write(directory);
  await directory.store.close();
  // A killed run leaves its lock; its process is gone.
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
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
    expect(resumed).toMatchObject({ resumed: true, runId: 'run-1', startedAt: startedAt.toISOString() });
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

  it('says so when its pools are gone', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async ({ store }) => {
      const done = store.beginUnit('111111111111', 'eu-west-1');
      await done.pools([pool('a')]);
      await done.finish(unit('111111111111', 'eu-west-1', 1), []);
    });
    await writeFile(join(folder, 'pools.ndjson'), '');
    const resumed = await openRunDirectory(folder, options({ resume: true }));
    onTestFinished(() => resumed.close({ finished: true, delete: true }));
    const [first] = resumed.store.units();
    await expect(resumed.store.poolsOf(first!)).rejects.toThrow(/pools\.ndjson is shorter than it was written/);
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

  it('is not resumed when it is older than the maximum age, and is replaced then without --resume', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async () => undefined);
    const nextNight = new Date(startedAt.getTime() + 25 * 3_600_000);
    await expect(openRunDirectory(folder, options({ resume: true, now: nextNight }))).rejects.toThrow(
      'it started 2026-11-22T02:00:00.000Z, longer ago than --max-age allows',
    );
    const fresh = await openRunDirectory(folder, options({ now: nextNight, newRunId: 'run-2' }));
    expect(fresh).toMatchObject({ resumed: false, runId: 'run-2' });
    await fresh.close({ finished: true, delete: true });
  });

  it('refuses to replace an unfinished run, naming it, and replaces a finished one', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await killed(folder, async () => undefined);
    await expect(openRunDirectory(folder, options({ newRunId: 'run-2' }))).rejects.toThrow(
      `${folder} holds a run that did not finish (run-1, started 2026-11-22T02:00:00.000Z)`,
    );
    const resumed = await openRunDirectory(folder, options({ resume: true }));
    await resumed.close({ finished: true, delete: false });
    const fresh = await openRunDirectory(folder, options({ newRunId: 'run-2' }));
    expect(fresh.runId).toBe('run-2');
    await fresh.close({ finished: true, delete: true });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('refuses a second run while a first one is going, and takes the lock of one that is gone', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await mkdir(folder);
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    await expect(openRunDirectory(folder, options())).rejects.toThrow(
      `${join(folder, 'lock')} is held by a run that is still going (process ${process.ppid} on ${hostname()})`,
    );
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    const directory = await openRunDirectory(folder, options());
    await directory.close({ finished: true, delete: true });
  });

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
