import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Result, RunInfo } from '../../src/domain/result/result.ts';
import { UserError } from '../../src/errors.ts';
import { compareResult } from '../../src/result/compare.ts';
import {
  aFinding,
  anAccount,
  anEarlier,
  anException,
  aPool,
  aResult,
  aUnit,
  listOf,
  type Records,
} from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

const earlierRun = { id: 'run-0', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'c'.repeat(64) };

function drifting(...findings: readonly Partial<Finding>[]): Records {
  return {
    accounts: [anAccount()],
    units: [aUnit()],
    pools: [aPool({ status: 'drifted', findings: findings.map(aFinding) })],
  };
}

function tonight(records: Records = drifting({ id: 'old' })): Result {
  return aResult(records);
}

function lastNight(records: Records = drifting({ id: 'old' })): Result {
  return aResult({ ...records, run: { ...earlierRun, ...records.run } });
}

async function compared(
  result: Result,
  baseline: Result | null,
  exit: { readonly exitZero: boolean } | null = { exitZero: false },
): Promise<Result> {
  const folder = join(await temporaryFolder(), 'not', 'there yet');
  return compareResult(result, { file: 'last.json', result: baseline }, folder, exit);
}

describe('against a baseline', () => {
  const excused = { id: 'excused', status: 'excepted', exception: anException } as const;
  const elsewhere = { region: 'eu-west-3' };
  const now = tonight(drifting({ id: 'old' }, { id: 'older' }, { id: 'new' }, excused));
  const before = lastNight({
    ...drifting({ id: 'old' }, { id: 'older' }, { id: 'gone' }, excused),
    unseen: [
      anEarlier({ ...elsewhere, id: 'unseen' }),
      anEarlier({ ...elsewhere, id: 'also unseen' }),
      anEarlier({ ...elsewhere, id: 'excused', status: 'excepted' }),
    ],
  });

  test('every finding says how it stands, and what is not there any more is told, as often as one asks', async () => {
    const result = await compared(now, before);
    for (const _time of ['once', 'again']) {
      const pools = await listOf(result.pools());
      expect(pools.map(({ findings }) => findings.map(({ id, change }) => [id, change]))).toEqual([
        [
          ['old', 'persisting'],
          ['older', 'persisting'],
          ['new', 'new'],
          ['excused', 'persisting'],
        ],
      ]);
      expect((await listOf(result.resolved())).map(({ id }) => id)).toEqual(['gone']);
      expect((await listOf(result.unseen())).map(({ id }) => id)).toEqual(['unseen', 'also unseen', 'excused']);
    }
    expect(await listOf(result.units())).toEqual(await listOf(now.units()));
  });

  test('drift is counted, and what is excused is not', async () => {
    const { summary, run } = (await compared(now, before)).head;
    expect(summary).toEqual({
      ...now.head.summary,
      changes: { new: 1, persisting: 2, resolved: 1, unseen: 2 },
    });
    expect(run.baseline).toEqual({ runId: 'run-0', startedAt: earlierRun.startedAt, policySetSha256: 'c'.repeat(64) });
  });

  test("the folder of what was compared is the owner's alone", async () => {
    const folder = join(await temporaryFolder(), 'compared');
    await compareResult(now, { file: 'last.json', result: before }, folder, null);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

describe('the exit code', () => {
  const onlyNew = { failOnNew: true };
  const old = { ...drifting({ id: 'old' }), run: onlyNew };

  test.each<[string, Result, { readonly exitZero: boolean } | null, number]>([
    ['is 0 with --fail-on-new where nothing is new', tonight(old), { exitZero: false }, 0],
    ['is 2 where something is', tonight({ ...drifting({ id: 'new' }), run: onlyNew }), { exitZero: false }, 2],
    ['is 0 with --exit-zero', tonight(drifting({ id: 'new' })), { exitZero: true }, 0],
    [
      'stays that of an interrupted run',
      tonight({ run: { interrupted: true, exitCode: 143 } }),
      { exitZero: false },
      143,
    ],
    ['stays 4 where a change failed', tonight({ ...old, run: { exitCode: 4 } }), { exitZero: true }, 4],
    ['stays as it was where it is not made anew', tonight({ ...old, run: { exitCode: 0 } }), null, 0],
  ])('%s', async (_name, result, exit, exitCode) => {
    const { head } = await compared(result, lastNight(), exit);
    expect(head.run.exitCode).toBe(exitCode);
  });

  test('counts pools anew with it, and only with it', async () => {
    const failing = async (exit: { readonly exitZero: boolean } | null) =>
      (await compared(tonight(old), lastNight(), exit)).head.summary.drift;
    expect(await failing({ exitZero: false })).toEqual({ pools: 1, failing: 0 });
    expect(await failing(null)).toEqual({ pools: 1, failing: 1 });
  });
});

describe('is warned of', () => {
  const shard = { index: 1, count: 2 };
  const filters = { account: ['111122223333'] };
  const partial = (how: string) => `The baseline ${how}: what it did not read counts as new.`;
  const scope = { accounts: 'organization', filters, regions: 'enabled' } as const;

  test('a baseline that is not there yet: all is new', async () => {
    const result = await compared(tonight(), null);
    const { head } = result;
    const message = 'last.json is not there yet: every finding counts as new. Save this result there for the next run.';
    expect(head.warnings).toEqual([{ code: 'baseline-missing', message, file: 'last.json', line: null }]);
    expect(head.run.baseline).toBeNull();
    expect(head.summary.changes).toEqual({ new: 1, persisting: 0, resolved: 0, unseen: 0 });
    expect((await listOf(result.pools()))[0]?.findings[0]?.change).toBe('new');
  });

  test.each<[string, Partial<RunInfo>, string]>([
    ['was interrupted', { interrupted: true }, 'was interrupted'],
    ['is a shard', { shard }, 'is shard 1 of 2'],
    ['was narrowed', { scope }, 'was narrowed by flags'],
    [
      'is all of that',
      { interrupted: true, shard, scope },
      'was interrupted and is shard 1 of 2 and was narrowed by flags',
    ],
  ])('a baseline that %s', async (_name, run, how) => {
    const { head } = await compared(tonight(), lastNight({ run }));
    expect(head.warnings).toEqual([{ code: 'baseline-partial', message: partial(how), file: 'last.json', line: null }]);
  });

  test('no baseline that read as much as this run, nor the run that was judged anew here', async () => {
    const part = { shard, scope };
    const { id: runId, ...rest } = earlierRun;
    const from = { runId, ...rest };
    for (const [now, before] of [
      [tonight(), lastNight()],
      [tonight({ run: part }), lastNight({ run: part })],
      [tonight({ run: part }), lastNight()],
      [tonight({ run: { from } }), lastNight({ run: { interrupted: true } })],
    ] as const)
      expect((await compared(now, before)).head.warnings).toEqual([]);
  });

  test('another shard, or another part, than this one', async () => {
    const other = { shard: { index: 2, count: 2 }, scope: { ...scope, filters: { region: ['eu-west-1'] } } };
    const { head } = await compared(tonight({ run: { shard, scope } }), lastNight({ run: other }));
    expect(head.warnings.map(({ message }) => message)).toEqual([partial('is shard 2 of 2 and was narrowed by flags')]);
  });

  test('what the result had warned of before, first', async () => {
    const warning = { code: 'conflict', message: 'two policies', file: null, line: null } as const;
    const { head } = await compared(tonight({ warnings: [warning] }), null);
    expect(head.warnings.map(({ code }) => code)).toEqual(['conflict', 'baseline-missing']);
  });
});

test("refuses another organization's result; one that does not know its organization is taken", async () => {
  await expect(compared(tonight(), lastNight({ run: { organizationId: 'o-other' } }))).rejects.toThrow(
    new UserError('--baseline last.json is a result of organization o-other; this one is of o-a1b2c3d4e5.'),
  );
  const unknown = { run: { organizationId: null } };
  expect((await compared(tonight(), lastNight(unknown))).head.run.baseline?.runId).toBe('run-0');
  expect((await compared(tonight(unknown), lastNight())).head.run.baseline?.runId).toBe('run-0');
});
