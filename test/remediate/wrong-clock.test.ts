/** A wrong clock of this machine lets nothing be changed that the right one forbids. The sandbox's clock plays AWS's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { memberId, organization, poolId, type Files, type Organization } from './organization.ts';

const day = 86_400_000;

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * day).toISOString().slice(0, 10);
}

interface Skewed extends Organization {
  /** From now on AWS's clock is so far ahead of this machine's. */
  turn(aheadDays: number): void;
}

async function skewed(aheadDays: number, files: Files = {}): Promise<Skewed> {
  let aheadMs = aheadDays * day;
  const org = await organization([{ id: 'One' }], files, { now: () => Date.now() + aheadMs });
  return { ...org, turn: (days) => void (aheadMs = days * day) };
}

const excusing = (expires: string) => ({ match: { accounts: [memberId] }, reason: 'r', owner: 'o', expires });
const holding = (expires: string) => ({ ...excusing(expires), hold: true });

async function outcomeOf(org: Organization): Promise<unknown> {
  const file = join(org.folder, 'applied.json');
  await org.apply('--report', `json=${file}`);
  const [outcome] = JSON.parse(await readFile(file, 'utf8')).outcomes;
  return outcome.code ?? outcome.outcome;
}

describe('a plan ages by the later of the two clocks', () => {
  test('by AWS’s, where ours is behind', async () => {
    const org = await skewed(0);
    await org.makePlan();
    org.turn(3);
    await expect(org.apply()).rejects.toThrow(/is too old: it was made .*, 72h 0\dm ago/);
    expect(org.writes()).toBe(0);
  });

  test('by ours, where AWS’s is behind', async () => {
    const org = await skewed(-3);
    await org.makePlan();
    await expect(org.apply()).rejects.toThrow(/is too old: it was made .*, 72h 0\dm ago/);
    expect(org.writes()).toBe(0);
  });

  test('and is of no future, where ours is behind since before it was made', async () => {
    const org = await skewed(3);
    await org.makePlan();
    expect((await org.apply()).exitCode).toBe(0);
  });

  test('but it is where it was made later than AWS says that it is, though our clock was later still', async () => {
    const org = await skewed(0);
    await org.makePlan();
    org.turn(-3);
    await expect(org.apply('--max-age', '30d')).rejects.toThrow(/in the future: check the clocks/);
  });
});

describe('an exception stops a planned change only while both clocks say that it counts', () => {
  const cases = [
    ['counts by both', 0, 40, 'excepted'],
    ['has ended by AWS’s clock', 90, 40, 'applied'],
    ['has ended by ours', -90, -10, 'applied'],
  ] as const;

  test.each(cases)('and %s: AWS is %i days ahead, and it ends in %i: %s', async (_what, ahead, ends, outcome) => {
    const org = await skewed(ahead);
    await org.makePlan();
    await org.write({ exceptions: [excusing(dayFromNow(ends))] });
    expect(await outcomeOf({ ...org, apply: (...args) => org.apply('--max-age', '300d', ...args) })).toBe(outcome);
  });

  test.each([
    ['counts by both', 0, 40, 'held'],
    ['has ended by AWS’s clock', 90, 40, 'applied'],
    ['has ended by ours', -90, -10, 'applied'],
  ] as const)(
    'a hold too that %s: AWS is %i days ahead, and it ends in %i: %s',
    async (_what, ahead, ends, outcome) => {
      const org = await skewed(ahead);
      await org.makePlan();
      await org.write({ exceptions: [holding(dayFromNow(ends))] });
      expect(await outcomeOf({ ...org, apply: (...args) => org.apply('--max-age', '300d', ...args) })).toBe(outcome);
    },
  );

  test('and one that would run longer than exceptions.maxDays by AWS’s clock is refused before anything is changed', async () => {
    const org = await skewed(-90);
    await org.makePlan();
    await org.write({ exceptions: [excusing(dayFromNow(150))] });
    await expect(org.apply('--max-age', '300d')).rejects.toThrow(/240 days away by AWS's clock/);
    await org.write({});
    await org.apply('--max-age', '300d');
    await org.write({ exceptions: [excusing(dayFromNow(150))] });
    await expect(org.rollback()).rejects.toThrow(/240 days away by AWS's clock/);
  });
});

describe('a fixing audit', () => {
  test.each([
    ['counts by both clocks', 0, 40, 0],
    ['has ended by AWS’s', 90, 40, 1],
    ['has ended by ours', -90, -10, 1],
  ] as const)('changes what a hold stopped that %s', async (_what, ahead, ends, writes) => {
    const org = await skewed(ahead, { exceptions: [holding(dayFromNow(ends))] });
    await org.remediate();
    expect(org.writes()).toBe(writes);
  });

  test('carries AWS’s time in its journal and its result', async () => {
    const org = await skewed(90);
    const file = join(org.folder, 'result.json');
    await org.remediate('--report', `json=${file}`);
    const { run } = JSON.parse(await readFile(file, 'utf8'));
    const stamps = [run.startedAt, run.finishedAt, ...(await stampsIn(org.night))];
    for (const at of stamps) expect(Date.parse(at) - Date.now()).toBeGreaterThan(89 * day);
  });
});

async function stampsIn(journal: string): Promise<readonly string[]> {
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).at);
}

describe('apply and rollback', () => {
  test('carry AWS’s time in their journals and in the hold', async () => {
    const org = await skewed(90);
    await org.makePlan();
    await org.apply();
    const [hold, own] = [join(org.folder, 'hold.yaml'), join(org.folder, 'back.ndjson')];
    await org.rollback('--hold', hold, '--journal', own);
    const stamps = [...(await stampsIn(org.journal)), ...(await stampsIn(own))];
    expect(stamps.length).toBe(6);
    for (const at of stamps) expect(Date.parse(at) - Date.now()).toBeGreaterThan(89 * day);
    const [exception] = parse(await readFile(hold, 'utf8')).exceptions;
    expect(exception).toMatchObject({ expires: dayFromNow(97), match: { pools: [poolId('One')] } });
    expect(exception.reason).toContain(dayFromNow(90));
  });

  test('warn of a clock that is off, on standard error before the question and in every format', async () => {
    const org = await skewed(90);
    const off = "this machine's clock is 90 days behind AWS's";
    const reports = (name: string) =>
      ['json', 'markdown', 'table'].flatMap((kind) => ['--report', `${kind}=${join(org.folder, name)}.${kind}`]);
    const runs = {
      plan: await org.makePlan(...reports('plan')),
      apply: await org.apply(...reports('apply')),
      rollback: await org.rollback(...reports('rollback')),
    };
    const text = (name: string) => readFile(join(org.folder, name), 'utf8');
    for (const [name, { stderr }] of Object.entries(runs)) {
      expect(stderr).toContain(`warning: ${off}`);
      expect(await text(`${name}.table`)).toContain(`warning: ${off}`);
      expect(await text(`${name}.markdown`)).toContain('Warning: this machine&#39;s clock is 90 days behind');
    }
    // A plan's JSON is the plan file itself.
    for (const name of ['apply', 'rollback'])
      expect(JSON.parse(await text(`${name}.json`)).warnings).toMatchObject([{ code: 'clock-off' }]);
  });

  test('say nothing of clocks that agree', async () => {
    const org = await skewed(0);
    await org.makePlan();
    const { stdout, stderr } = await org.apply('--report', 'json', '--report', `table=${join(org.folder, 't')}`);
    expect(JSON.parse(stdout).warnings).toEqual([]);
    expect(stderr).not.toContain('clock');
  });
});
