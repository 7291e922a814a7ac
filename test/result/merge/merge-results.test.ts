import { describe, expect, test } from 'vitest';
import type { ResultHead, RunInfo, Summary } from '../../../src/domain/result/result.ts';
import { UserError } from '../../../src/errors.ts';
import { mergeResults } from '../../../src/result/merge/merge-results.ts';
import type { SavedResult } from '../../../src/result/saved/open.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  aPool,
  aResolved,
  aResult,
  aSkip,
  aUnit,
  listOf,
  type Records,
} from '../../report/a-result.ts';

const hourMs = 60 * 60 * 1000;

function shard(index: number, count: number, accountIds: readonly string[], records: Records = {}): SavedResult {
  const run: Partial<RunInfo> = { id: `run-${index}`, shard: { index, count }, ...records.run };
  const result = aResult({
    accounts: accountIds.map((id) => anAccount({ id })),
    units: accountIds.map((accountId) => aUnit({ accountId })),
    pools: accountIds.map((accountId) => aPool({ accountId })),
    ...records,
    run,
  });
  return { ...result, file: `shard-${index}.json` };
}

/** One shard for each of the runs, and the run that they are together. */
function mergedRun(...runs: readonly Partial<RunInfo>[]): RunInfo {
  return mergeResults(
    runs.map((run, index) => shard(index + 1, runs.length, [], { run })),
    hourMs,
  ).head.run;
}

function withHead(given: SavedResult, members: Partial<ResultHead>): SavedResult {
  return { ...given, head: { ...given.head, ...members } };
}

/** Another number in each of its places: once, twice, three times … as much as is said. */
function numbered(summary: Summary, by: number): Summary {
  let places = 0;
  return JSON.parse(JSON.stringify(summary), (_name, value) => {
    if (typeof value !== 'number') return value;
    places += 1;
    return places * by;
  });
}

describe('the shards of one run', () => {
  const shards = [
    shard(2, 3, ['222222222222', '555555555555'], {
      gaps: [aGap({ accountId: '555555555555' })],
      skipped: [aSkip({ accountId: '222222222222' })],
      resolved: [aResolved({ accountId: '555555555555' })],
      unseen: [anEarlier({ accountId: '222222222222' })],
    }),
    shard(1, 3, ['333333333333'], {
      pools: [aPool({ accountId: '333333333333', status: 'drifted', findings: [aFinding()] })],
    }),
    shard(3, 3, ['111111111111', '444444444444'], {
      gaps: [aGap({ accountId: '111111111111' })],
      skipped: [aSkip({ accountId: '111111111111' })],
      resolved: [aResolved({ accountId: '444444444444' })],
      unseen: [anEarlier({ accountId: '111111111111' })],
    }),
  ];

  test('become one result in the order of accounts, whatever order they are given in', async () => {
    const ids = ['111111111111', '222222222222', '333333333333', '444444444444', '555555555555'];
    for (const given of [shards, shards.toReversed()]) {
      const merged = mergeResults(given, hourMs);
      expect((await listOf(merged.accounts())).map(({ id }) => id)).toEqual(ids);
      expect((await listOf(merged.units())).map(({ accountId }) => accountId)).toEqual(ids);
      expect((await listOf(merged.pools())).map(({ accountId }) => accountId)).toEqual(ids);
      expect((await listOf(merged.gaps())).map(({ accountId }) => accountId)).toEqual(['111111111111', '555555555555']);
      expect((await listOf(merged.skipped())).map(({ accountId }) => accountId)).toEqual(ids.slice(0, 2));
      expect((await listOf(merged.resolved())).map(({ accountId }) => accountId)).toEqual(ids.slice(3));
      expect((await listOf(merged.unseen())).map(({ accountId }) => accountId)).toEqual(ids.slice(0, 2));
    }
  });

  test('have the same head, warnings and gaps of the organization, whatever order they are given in', async () => {
    const told = [1, 2, 3].map((index) => {
      const made = shard(index, 4, [`${index}`.repeat(12)], {
        gaps: [aGap({ scope: 'organization', accountId: null, region: null, message: `seen by shard ${index}` })],
      });
      const warning = { code: 'conflict', message: `told by shard ${index}`, file: null, line: null } as const;
      return { ...made, head: { ...made.head, warnings: [warning] } };
    });
    const expected = mergeResults(told, hourMs);
    for (const given of [told.toReversed(), [...told.slice(1), ...told.slice(0, 1)]]) {
      const merged = mergeResults(given, hourMs);
      expect(merged.head).toEqual(expected.head);
      expect(await listOf(merged.gaps())).toEqual(await listOf(expected.gaps()));
    }
    expect(expected.head.warnings.map(({ message }) => message)).toEqual(
      [1, 2, 3].map((index) => `told by shard ${index}`),
    );
  });

  test('have the sum of every count, and the worst exit code', () => {
    const { head } = mergeResults(shards, hourMs);
    expect(head.summary.accounts).toEqual({ listed: 5, audited: 3, skipped: 0, failed: 2 });
    expect(head.run).toMatchObject({ exitCode: 3, shard: null });
    expect(head.complete).toBe(false);

    const { summary } = aResult({ resolved: [], unseen: [] }).head;
    const numbers = [1, 10].map((by, index) => withHead(shard(index + 1, 2, []), { summary: numbered(summary, by) }));
    expect(mergeResults(numbers, hourMs).head.summary).toEqual(numbered(summary, 11));
  });

  test('say what has changed where each was compared, and only there', () => {
    const compared = shard(1, 2, ['1'], { resolved: [aResolved()] });
    const other = shard(2, 2, ['2'], { unseen: [anEarlier()] });
    expect(mergeResults([compared, other], hourMs).head.summary.changes).toEqual({
      new: 0,
      persisting: 0,
      resolved: 1,
      unseen: 1,
    });
    expect(mergeResults([compared, shard(2, 2, ['2'])], hourMs).head.summary.changes).toBeNull();
  });

  test('are one run, from the first start to the last end', () => {
    const [early, middle, late] = [
      '2026-11-18T02:11:00.000Z',
      '2026-11-18T02:14:00.000Z',
      '2026-11-18T02:17:00.000Z',
    ] as const;
    expect(
      mergedRun(
        { id: 'run-c', startedAt: middle, finishedAt: middle },
        { id: 'run-a', startedAt: early, finishedAt: late },
        { id: 'run-b', startedAt: late, finishedAt: early },
      ),
    ).toMatchObject({ id: 'run-a+run-b+run-c', startedAt: early, finishedAt: late });
  });

  test('have whoever called where all say the same, and nobody where they do not', () => {
    const session = (name: string) => ({ callerArn: `arn:aws:sts::999988887777:assumed-role/nightly/${name}` });
    expect(mergedRun(session('ci-1'), session('ci-1'))).toMatchObject(session('ci-1'));
    expect(mergedRun(session('ci-1'), session('ci-2')).callerArn).toBeNull();
  });

  test('have what one of them says that a reader must know: other endpoints, and one clock alone', () => {
    const elsewhere = { endpointOverridden: true, endpoints: ['vpce-b', 'vpce-a'] };
    expect(mergedRun({ clocks: 'both' }, { clocks: 'both' })).toMatchObject({
      endpointOverridden: false,
      endpoints: [],
      clocks: 'both',
    });
    expect(mergedRun(elsewhere, { endpoints: ['vpce-b'], clocks: 'own' })).toMatchObject({
      endpointOverridden: true,
      endpoints: ['vpce-a', 'vpce-b'],
      clocks: 'own',
    });
  });

  test('that were judged anew name all that was judged', () => {
    const from = (runId: string, startedAt: string) => ({
      from: { runId, startedAt, policySetSha256: 'c'.repeat(64) },
    });
    const [early, late] = ['2026-11-17T02:11:30.000Z', '2026-11-17T02:12:00.000Z'] as const;
    expect(mergedRun(from('run-b', late), from('run-a', early))).toMatchObject(from('run-a+run-b', early));
    expect(mergedRun({}, {}).from).toBeNull();
  });

  test('that are not all there make a gap for each missing one, and exit code 3', async () => {
    const merged = mergeResults([shard(1, 3, ['1']), shard(3, 3, ['2'])], hourMs);
    const gaps = await listOf(merged.gaps());
    expect(gaps).toEqual([
      {
        scope: 'organization',
        accountId: null,
        region: null,
        poolId: null,
        code: 'shard-missing',
        message: 'Shard 2 of 3 is not among the results: its accounts were not read.',
        remedy: 'Run --shard 2/3 and merge its result too.',
        accepted: null,
      },
    ]);
    expect(merged.head).toMatchObject({ complete: false, run: { exitCode: 3 }, summary: { gaps: { open: 1 } } });
  });

  test('keep exit code 4 above a missing shard', () => {
    const merged = mergeResults([shard(1, 3, ['1'], { run: { exitCode: 4 } }), shard(3, 3, ['2'])], hourMs);
    expect(merged.head.run.exitCode).toBe(4);
  });

  test('that were all clean and complete stay so', () => {
    const merged = mergeResults([shard(1, 2, ['1']), shard(2, 2, ['2'])], hourMs);
    expect(merged.head).toMatchObject({ complete: true, run: { exitCode: 0 } });
  });

  test('count an interrupted one as not read', () => {
    const interrupted = shard(2, 2, ['2'], { run: { interrupted: true, exitCode: 130 } });
    const merged = mergeResults([shard(1, 2, ['1']), interrupted], hourMs);
    expect(merged.head).toMatchObject({ complete: false, run: { interrupted: true, exitCode: 3 } });
  });
});

test('a single shard stays the shard that it is', () => {
  const only = shard(2, 4, ['1']);
  expect(mergeResults([only], hourMs)).toBe(only);
});

test('shards as far apart as --max-age says are one run', () => {
  const late = { startedAt: '2026-11-18T03:11:30.000Z' };
  expect(mergedRun({}, late).startedAt).toBe('2026-11-18T02:11:30.000Z');
});

describe('refused are', () => {
  const first = shard(1, 2, ['1']);
  const [file] = first.head.run.policies;
  const reference = { runId: 'run-0', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'c'.repeat(64) };
  const differ = (names: string) => `shard-1.json and shard-2.json are not shards of one run: they differ in ${names}.`;

  test.each<[string, Partial<RunInfo>, string]>([
    ['other policies', { policySetSha256: 'b'.repeat(64) }, differ('policies or configuration')],
    ['another configuration', { policies: [] }, differ('policies or configuration')],
    [
      'a file with another text',
      { policies: [file].flatMap((same) => (same === undefined ? [] : [{ ...same, sha256: 'b'.repeat(64) }])) },
      differ('policies or configuration'),
    ],
    ['another --fail-on', { failOn: 'high' }, differ('--fail-on')],
    ['--fail-on-new', { failOnNew: true }, differ('--fail-on')],
    ['another organization', { organizationId: 'o-other' }, differ('organization')],
    ['another scope', { scope: { accounts: 'ids', filters: {}, regions: 'enabled' } }, differ('scope')],
    ['another baseline', { baseline: reference }, differ('baseline')],
    ['what was judged anew, with what was read', { from: reference }, differ('--from')],
    ['another number of shards', { shard: { index: 2, count: 3 } }, differ('number of shards')],
    ['what differs in much', { organizationId: 'o-other', failOn: 'high' }, differ('organization and --fail-on')],
    [
      'no shard at all',
      { shard: null },
      'shard-2.json is a whole result, not a shard: only the shards of one run (--shard) are merged.',
    ],
    ['the same shard', { shard: { index: 1, count: 2 } }, 'shard-1.json and shard-2.json are both shard 1 of 2.'],
    [
      'a shard of another night',
      { startedAt: '2026-11-17T02:11:30.000Z' },
      'The shards started 24h 00m apart; the limit is 1h 00m. Raise --max-age if this is meant.',
    ],
  ])('%s', (_name, run, reason) => {
    expect(() => mergeResults([first, shard(2, 2, ['2'], { run })], hourMs)).toThrow(new UserError(reason));
  });

  test('shards of two versions of mfa-drift', () => {
    const other = withHead(shard(2, 2, ['2']), { tool: { name: 'mfa-drift', version: '1.2.4' } });
    expect(() => mergeResults([first, other], hourMs)).toThrow(new UserError(differ('tool')));
  });

  test.each([
    [[2, 1], 'shard-2.json is a redacted copy, and shard-1.json is not'],
    [[1, 2], 'shard-1.json is a redacted copy, and shard-2.json is not'],
  ])('a redacted copy with what was saved: of shards %j the first is the copy', ([copy = 0, whole = 0], reason) => {
    const given = [withHead(shard(copy, 2, ['1']), { redacted: true }), shard(whole, 2, ['2'])];
    expect(() => mergeResults(given, hourMs)).toThrow(
      new UserError(`${reason}: merge what was saved, or a redacted copy of each.`),
    );
  });

  test('nothing at all', () => {
    expect(() => mergeResults([], hourMs)).toThrow(new UserError('There is no result to read.'));
  });
});

test('redacted copies make a redacted copy', () => {
  const copies = [1, 2].map((index) => withHead(shard(index, 2, [`${index}`]), { redacted: true }));
  expect(mergeResults(copies, hourMs).head.redacted).toBe(true);
});
