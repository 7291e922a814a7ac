/** A plan's file on its way in: which one is taken, and what is said of every other. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sealPlan, type Change, type Plan, type PlanDraft } from '../../../src/domain/remediation/model/plan.ts';
import { UserError } from '../../../src/errors.ts';
import { readPlan, requireAge, requireOrganization } from '../../../src/remediate/plan/read-plan.ts';
import { temporaryFolder } from '../../temporary.ts';
import { aChange } from '../apply/a-change.ts';

const before = { MfaConfiguration: 'OFF' };
const after = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const change = aChange({ before, after });
const draft: PlanDraft = {
  schemaVersion: '1',
  kind: 'Plan',
  createdAt: '2026-11-22T02:14:00.000Z',
  tool: { name: 'mfa-drift', version: '0.1.0' },
  organizationId: 'o-exampleorg',
  runId: 'run-1',
  origin: 'policies',
  journal: null,
  callerArn: null,
  endpoints: [],
  complete: true,
  poolsRead: 2,
  policies: [],
  changes: [change, { ...change, poolId: 'eu-west-1_Two' }],
  refused: [],
};
const plan = sealPlan(draft);
const again = 'Make a new plan: mfa-drift plan.';

/** What is said instead of a plan, without the name of its file. */
async function said(text: string, digest: string | null = null) {
  const file = join(await temporaryFolder(), 'p.json');
  await writeFile(file, text);
  try {
    return await readPlan(file, { digest });
  } catch (error) {
    if (error instanceof UserError) return { said: error.message.replace(`${file} `, ''), cause: error.cause };
    throw error;
  }
}

function withChange(more: Partial<Change> | Readonly<Record<string, unknown>>): Plan {
  const [, second] = plan.changes;
  return sealPlan({ ...plan, changes: [{ ...change, ...more }, ...(second ? [second] : [])] });
}

function without(value: object, name: string): object {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
}

describe('a plan', () => {
  test.each([
    ['whatever its digest is', null],
    ['whose digest is asked for', plan.digest],
    ['whose digest is asked for by its digits', plan.digest.slice('sha256:'.length)],
  ])('%s is taken as it is written', async (_what, digest) => {
    expect(await said(JSON.stringify(plan), digest)).toEqual(plan);
  });

  test('that undoes a journal needs no line that asks', async () => {
    const undoing = sealPlan({
      ...draft,
      origin: 'rollback',
      journal: { file: 'j.ndjson', digest: `sha256:${'0'.repeat(64)}` },
      changes: [{ ...change, because: [] }],
    });
    expect(await said(JSON.stringify(undoing))).toEqual(undoing);
  });

  test('that is no JSON is none, and the reader’s own words are kept', async () => {
    expect(await said('digest')).toMatchObject({
      said: `is not JSON, so it is no plan. ${again}`,
      cause: expect.any(SyntaxError),
    });
  });

  test('that is not there is none', async () => {
    const file = join(await temporaryFolder(), 'none.json');
    await expect(readPlan(file, { digest: null })).rejects.toThrow(new UserError(`${file} does not exist.`));
  });

  test.each<readonly [string, () => object, string]>([
    ['a list', () => [], 'it must be object'],
    ['lacks a member', () => without(plan, 'runId'), 'it lacks runId'],
    ['has one that no plan has', () => ({ ...plan, note: 'x' }), 'it has a member that plans do not have: "note"'],
    [
      'has such a one deeper',
      () => withChange({ notes: 'x' }),
      'changes.0 has a member that plans do not have: "notes"',
    ],
    ['has a member of another kind', () => ({ ...plan, poolsRead: 'many' }), 'poolsRead must be integer'],
    [
      'has a risk that nobody knows',
      () => withChange({ risk: 'none' }),
      'changes.0.risk must be equal to one of the allowed values',
    ],
    [
      'was made at no time',
      () => ({ ...plan, createdAt: '2026-99-01T00:00:00Z' }),
      'createdAt must be a time in UTC, not "2026-99-01T00:00:00Z"',
    ],
    [
      'says a long text in place of a time',
      () => ({ ...plan, createdAt: 'x'.repeat(100) }),
      `createdAt must be a time in UTC, not "${'x'.repeat(59)}`,
    ],
    [
      'has a digest that is none',
      () => ({ ...plan, digest: 'sha256:0' }),
      'digest must match pattern "^sha256:[0-9a-f]{64}$"',
    ],
    [
      'has a change that nobody asks for',
      () => withChange({ because: [] }),
      'changes.0.because must NOT have fewer than 1 items',
    ],
    ['undoes no journal', () => ({ ...plan, origin: 'rollback' }), 'journal must be object'],
  ])('that %s is none', async (_what, edited, what) => {
    expect(await said(JSON.stringify(edited()))).toMatchObject({
      said: `is no plan that this version of mfa-drift made: ${what}. ${again}`,
    });
  });

  test('that was edited says both digests', async () => {
    const edited = { ...plan, poolsRead: 10_000 };
    const { digest } = sealPlan({ ...draft, poolsRead: 10_000 });
    expect(await said(JSON.stringify(edited))).toMatchObject({
      said: `was edited after it was made: its digest says ${plan.digest}, and its contents give ${digest}. Nothing was changed. ${again}`,
    });
  });

  test('that no digest can be made of was edited, too', async () => {
    expect(await said(JSON.stringify({ ...plan, runId: '\uD800' }))).toMatchObject({
      said: `was edited after it was made: its digest says ${plan.digest}, and its contents give none. Nothing was changed. ${again}`,
    });
  });

  test.each([
    `sha256:${'1'.repeat(64)}`,
    '1'.repeat(64),
    `x${plan.digest}`,
    `${plan.digest.slice('sha256:'.length)}sha256:`,
  ])('is not the approved one, of which --digest says %s', async (digest) => {
    expect(await said(JSON.stringify(plan), digest)).toMatchObject({
      said: `is not the plan that was approved: --digest asks for ${digest}, and it is ${plan.digest}. Nothing was changed.`,
    });
  });

  test('names every pool once', async () => {
    expect(await said(JSON.stringify(sealPlan({ ...draft, changes: [change, change] })))).toMatchObject({
      said: `names the pool 111122220001/eu-west-1/eu-west-1_One twice. ${again}`,
    });
  });
});

describe('a plan ages', () => {
  const made = Date.parse('2026-11-22T02:14:00Z');
  const day = 24 * 3_600_000;
  const { createdAt } = plan;

  /** By the two clocks, so long after it was made. */
  const aged =
    (latestMs: number, ourMs = latestMs) =>
    () =>
      requireAge('p.json', { createdAt }, day, {
        latest: () => new Date(made + latestMs),
        date: () => new Date(made + ourMs),
      });
  const old = `p.json is too old: it was made ${createdAt}, 25h 00m ago, and --max-age allows 24h 00m. ${again}`;
  const early = `p.json was made ${createdAt}, in the future: check the clocks. ${again}`;

  test.each([
    ['to the millisecond', day],
    ['and may be as much of the future as clocks differ', -5 * 60_000],
  ])('%s', (_what, ms) => {
    expect(aged(ms)).not.toThrow();
  });

  test('until it is too old', () => {
    expect(aged(day + 1)).toThrow(UserError);
    expect(aged(25 * 3_600_000)).toThrow(new UserError(old));
  });

  test('by the later of two clocks', () => {
    expect(aged(25 * 3_600_000, 0)).toThrow(new UserError(old));
  });

  test('from now on, and not from a time to come', () => {
    expect(aged(-5 * 60_000 - 1)).toThrow(new UserError(early));
    expect(aged(0, -6 * 60_000)).toThrow(new UserError(early));
  });
});

describe('a plan is of one organization', () => {
  const other = (planned: string | null, caller: string | null) => () => requireOrganization('p.json', planned, caller);
  const end = 'Nothing was changed. Use the credentials that it was made with, or make a new one here.';

  test.each([['o-exampleorg'], [null]])('%s, and so is the caller', (id) => {
    expect(other(id, id)).not.toThrow();
  });

  test.each([
    ['o-exampleorg', 'o-another1', 'organization o-exampleorg', 'organization o-another1'],
    ['o-exampleorg', null, 'organization o-exampleorg', 'no organization'],
    [null, 'o-another1', 'no organization', 'organization o-another1'],
  ])('%s, and the caller is of %s', (planned, caller, ofPlan, ofCaller) => {
    expect(other(planned, caller)).toThrow(
      new UserError(`p.json is of ${ofPlan}, and the caller is in ${ofCaller}. ${end}`),
    );
  });
});
