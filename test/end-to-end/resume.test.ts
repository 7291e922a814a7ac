/** Runs that end before their time, as processes: killed, interrupted, without room on the disk. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../src/sandbox/faults/faults.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { fraction } from '../../src/sandbox/seeded.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';
import { seed, tries } from '../strength.ts';
import type { Ended } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { startCli } from './run-cli.ts';
import { withoutChance } from './without-chance.ts';
import { writeWorkspace } from './workspace.ts';

/** Where they lie in the run, the seed says. */
const moments = tries({ usual: 2, extended: 60 });

/** Late answers, so that there is a middle to be killed in. */
const late: Fault = { latencyMs: [10, 40] };
/** One of the listings that a run asks for first. */
const oneListing = { operations: ['ListUserPools'], accounts: ['111122220001'], regions: ['eu-west-1'] } as const;

let undisturbed: Sandbox;

beforeAll(async () => {
  undisturbed = await sandboxWith();
});
afterAll(async () => {
  await undisturbed.close();
});

function sandboxWith(...faults: readonly Fault[]): Promise<Sandbox> {
  return startSandbox({
    fleet: plainFleet(8, 6),
    quotas: 'off',
    faults: { seed: 1, faults: [late, ...faults] },
    recordCalls: true,
  });
}

interface Place {
  readonly workspace: string;
  readonly runDirectory: string;
  readonly sandbox: Sandbox;
}

/** Where what disturbs runs is its own. */
async function disturbedPlace(fault: Fault): Promise<Place> {
  const sandbox = await sandboxWith(fault);
  onTestFinished(() => sandbox.close());
  return newPlace(sandbox);
}

/** Where so many runs wait for one listing in vain: they are in their middle until a signal ends them. */
function placeOfStuckRuns(count: number): Promise<Place> {
  return disturbedPlace({ ...oneListing, fault: 'hang', count });
}

async function newPlace(sandbox = undisturbed): Promise<Place> {
  const workspace = await writeWorkspace(plainWriting(), {
    quotas: { UserPoolRead: 1000, UserPoolResourceRead: 1000, UserPoolResourceUpdate: 1000 },
    quotaShare: 1,
    concurrency: 8,
  });
  return { workspace, runDirectory: join(workspace, 'run'), sandbox };
}

function start({ workspace, runDirectory, sandbox }: Place, ...flags: string[]) {
  const args = ['audit', '--run-dir', runDirectory, '--report', 'json=result.json', '--log-level', 'error', ...flags];
  return startCli(args, { cwd: workspace, environment: sandbox.environment });
}

async function resultOf({ workspace }: Place): Promise<{ readonly text: string; readonly result: SavedResult }> {
  const text = await readFile(join(workspace, 'result.json'), 'utf8');
  const result: SavedResult = JSON.parse(text);
  return { text: withoutChance(text, result), result };
}

/** `ACCOUNT/REGION` of the units that the run directory holds whole. */
async function finishedUnits({ runDirectory }: Place): Promise<readonly string[]> {
  const text = await readFile(join(runDirectory, 'units.ndjson'), 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).trimEnd();
  if (lines === '') return [];
  return lines.split('\n').map((line) => {
    const { unit }: { unit: { accountId: string; region: string } } = JSON.parse(line);
    return `${unit.accountId}/${unit.region}`;
  });
}

async function runIdIn({ runDirectory }: Place): Promise<string | null> {
  const text = await readFile(join(runDirectory, 'run.json'), 'utf8').catch(() => null);
  const mark: { runId: string } | null = text === null ? null : JSON.parse(text);
  return mark?.runId ?? null;
}

/** `ACCOUNT/REGION` of the units that the sandbox was asked about since it had so many calls. */
function unitsAskedSince({ sandbox }: Place, count: number): readonly string[] {
  const calls = sandbox.calls.entries.slice(count).filter(({ service }) => service === 'cognito-idp');
  return calls.map(({ accountId, region }) => `${accountId}/${region}`);
}

/** Resolves once it is so; rejects when the run ended before. */
async function until(run: ReturnType<typeof start>, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (run.process.exitCode !== null) throw new Error(`it ended first: ${(await run.ended).stderr}`);
    await delay(5);
  }
}

/** Resolves once the run has finished so many units, and so many calls were never answered. */
function untilStuck(place: Place, run: ReturnType<typeof start>, units: number, stuckCalls = 1): Promise<void> {
  const stuck = () => place.sandbox.calls.entries.filter(({ outcome }) => outcome === 'hang').length;
  return until(run, async () => stuck() === stuckCalls && (await finishedUnits(place)).length >= units);
}

describe('a run that is killed', () => {
  it(
    `at any of ${moments} random moments gives, resumed, the result of one that was not`,
    async () => {
      const wholePlace = await newPlace();
      const began = performance.now();
      const whole = await start(wholePlace).ended;
      const tookMs = performance.now() - began;
      const expected = await resultOf(wholePlace);
      let killed = 0;

      async function killAndResume(atMs: number): Promise<void> {
        const place = await newPlace();
        const first = start(place);
        await Promise.race([delay(atMs), first.ended]);
        if (first.process.kill('SIGKILL')) killed += 1;
        await first.ended;
        const resumed = await start(place, '--resume').ended;
        expect(resumed).toMatchObject({ exitCode: whole.exitCode });
        // Paths of the workspaces differ in nothing: both are read from within.
        expect((await resultOf(place)).text, `killed after ${Math.round(atMs)} ms`).toBe(expected.text);
      }

      const shares = Array.from({ length: moments }, (_, at) => fraction(seed, `kill/${at}`));
      await Promise.all(
        [0, 1].map(async (lane) => {
          for (const [at, share] of shares.entries()) if (at % 2 === lane) await killAndResume(share * tookMs);
        }),
      );
      expect(killed).toBeGreaterThan(0);
    },
    60_000 + moments * 15_000,
  );

  it('is resumed: no unit that was finished is asked for again, under the same id', async () => {
    const place = await placeOfStuckRuns(1);
    const first = start(place);
    await untilStuck(place, first, 6);
    first.process.kill('SIGKILL');
    await first.ended;
    const finished = await finishedUnits(place);
    const killed = await runIdIn(place);
    const before = place.sandbox.calls.entries.length;
    await start(place, '--resume').ended;
    const asked = unitsAskedSince(place, before);
    expect(finished.length).toBeLessThan(16);
    expect(finished.filter((unit) => asked.includes(unit))).toEqual([]);
    expect((await resultOf(place)).result.run.id).toBe(killed);
  }, 60_000);

  it('is replaced the next night, which says so, whatever it left and as often as it happens', async () => {
    const place = await placeOfStuckRuns(2);
    const said: string[] = [];
    let left: string | null = null;
    for (let night = 1; night <= 2; night += 1) {
      const run = start(place);
      await untilStuck(place, run, 2, night);
      left = await runIdIn(place);
      run.process.kill('SIGKILL');
      said.push((await run.ended).stderr);
    }
    expect(said).toEqual([
      expect.not.stringContaining('that did not finish'),
      expect.stringMatching(/^The run in \S+ that did not finish .* is replaced/m),
    ]);
    const next = await start(place).ended;
    const { result } = await resultOf(place);
    expect(next.exitCode).toBe(result.run.exitCode);
    expect(next.stderr).toContain(`The run in ${place.runDirectory} that did not finish (${left}, `);
    expect(result.complete).toBe(true);
    expect(result.run.id).not.toBe(left);
  }, 60_000);

  it('is refused with other policies and as another shard; each refusal says why', async () => {
    const place = await placeOfStuckRuns(1);
    const first = start(place);
    await untilStuck(place, first, 2);
    first.process.kill('SIGKILL');
    await first.ended;
    const refusals: Ended[] = [await start(place, '--resume', '--shard', '1/2').ended];
    const policy = join(place.workspace, 'policies', 'mode.yaml');
    await writeFile(policy, (await readFile(policy, 'utf8')).replace('severity: high', 'severity: low'));
    refusals.push(await start(place, '--resume').ended);
    expect(refusals.map(({ exitCode }) => exitCode)).toEqual([1, 1]);
    expect(refusals.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('for another scope'),
      expect.stringContaining('made with other policies'),
    ]);
  }, 60_000);
});

describe('a run that is interrupted', () => {
  it('says so, counts what it did not read as failed, and is whole once it was resumed', async () => {
    const place = await placeOfStuckRuns(1);
    const first = start(place);
    await untilStuck(place, first, 4);
    first.process.kill('SIGTERM');
    const ended = await first.ended;
    const { result } = await resultOf(place);
    expect(ended).toMatchObject({ exitCode: 143, stderr: expect.stringContaining('--resume') });
    expect(result.run).toMatchObject({ interrupted: true, exitCode: 143 });
    expect(result.complete).toBe(false);
    const { listed, audited, skipped, failed } = result.summary.accounts;
    expect(audited + skipped + failed).toBe(listed);
    expect(failed).toBeGreaterThan(0);
    const resumed = await start(place, '--resume').ended;
    const after = await resultOf(place);
    expect(resumed.exitCode).toBe(after.result.run.exitCode);
    expect(after.result).toMatchObject({
      complete: true,
      summary: { accounts: { listed: 8, audited: 8, failed: 0 } },
    });
  }, 60_000);
});

describe('a second run in the same directory', () => {
  it('is refused, and the first ends undisturbed', async () => {
    const place = await disturbedPlace({ ...oneListing, latencyMs: 1000, count: 1 });
    const first = start(place);
    await until(first, async () => (await finishedUnits(place)).length > 0);
    first.process.kill('SIGSTOP');
    const second = await start(place, '--resume').ended;
    first.process.kill('SIGCONT');
    expect(second).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('still going') });
    await first.ended;
    expect((await resultOf(place)).result.complete).toBe(true);
  }, 60_000);
});

describe('a disk without room', () => {
  const isRoot = process.getuid?.() === 0;

  it.runIf(isRoot && mayMount())(
    'ends the run in a sentence, and what was saved is resumed',
    async () => {
      const whole = await newPlace();
      await start(whole).ended;
      const place = await newPlace();
      await mkdir(place.runDirectory);
      mountTiny(place.runDirectory);
      const full = await start(place).ended;
      expect(full).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no space is left on the disk') });
      expect(full.stderr).not.toContain('bug');
      const saved = await finishedUnits(place);
      expect(saved.length).toBeGreaterThan(0);
      execFileSync('mount', ['-o', 'remount,size=64m', place.runDirectory]);
      const before = place.sandbox.calls.entries.length;
      await start(place, '--resume').ended;
      const asked = unitsAskedSince(place, before);
      expect(saved.filter((unit) => asked.includes(unit))).toEqual([]);
      expect((await resultOf(place)).text).toBe((await resultOf(whole)).text);
    },
    60_000,
  );

  it('is told from the first line that does not fit', async () => {
    const { openAppendFile } = await import('../../src/run-directory/append-file.ts');
    const file = openAppendFile('/dev/full');
    await expect(file.append('a line\n')).rejects.toThrow(/no space is left on the disk.*--resume/);
  });
});

/** Room for a few units of the plain fleet and not for all. */
function mountTiny(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24k', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', [folder]));
}

/** In most containers root may not. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
