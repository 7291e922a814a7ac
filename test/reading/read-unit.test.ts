/** One unit, opened and read: what is handed on, and how it ends. */
import { describe, expect, it } from 'vitest';
import { noReads, readSet, type FurtherReads, type PoolRead } from '../../src/domain/model/api/reads.ts';
import { gapMeanings, type PoolObservation, type UnitObservation } from '../../src/domain/model/observation.ts';
import { failed, succeeded } from '../../src/pacing/call-result.ts';
import type { ListedPool } from '../../src/ports/cloud.ts';
import { finishWithout, openUnit, readUnit, unitObservation } from '../../src/reading/read-unit.ts';
import { answered, aSource, denied, notFound, pagesOf, pool, type Asked } from './a-source.ts';
import { refusal } from './fake-cloud.ts';

const broken = refusal('InternalErrorException', 'server-error');

type Source = NonNullable<Parameters<typeof aSource>[0]>;

/** What comes of a unit, batch by batch. */
async function readOf(options: Source, neededFor: (pool: ListedPool) => FurtherReads = () => noReads, atOnce = 1) {
  const { source, sent, clock }: Asked = aSource(options);
  const batches: (readonly PoolObservation[])[] = [];
  const needed: FurtherReads[] = [];
  const reading = async () => {
    const opened = await openUnit(source, neededFor);
    if (opened.kind !== 'open') return opened;
    const sink = { pools: async (pools: readonly PoolObservation[]) => void batches.push(pools) };
    return readUnit(source, opened, neededFor, atOnce, sink, (reads) => void needed.push(reads));
  };
  const end = await clock.run(reading());
  const ids = batches.map((batch) => batch.map(({ poolId }) => poolId.slice(2)));
  return { end, ids, sizes: batches.map(({ length }) => length), batches, needed, sent };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `${at}`);

describe('a unit opens', () => {
  it('with the first page that has a pool, past empty ones', async () => {
    const { end, ids } = await readOf({ list: pagesOf([], [], ['a'], ['b']) });
    expect(end).toEqual({ pools: 2, gone: [], failure: null });
    expect(ids).toEqual([['a', 'b']]);
  });

  it('empty where no page has one', async () => {
    expect((await readOf({ list: pagesOf([], []) })).end).toEqual({ kind: 'empty' });
  });

  it('not at all where the listing fails before', async () => {
    expect((await readOf({ list: pagesOf([], denied) })).end).toEqual({ kind: 'failed', failure: denied });
  });

  it('not without credentials', async () => {
    const { end, sent } = await readOf({ list: pagesOf(['a']), ready: async () => failed(denied) });
    expect(end).toEqual({ kind: 'failed', failure: denied });
    expect(sent).toEqual([]);
  });

  it('of at most as many pools as Cognito has of one', async () => {
    const pages = Array.from({ length: 3 }, (_, at) => many(5000).map((name) => `${at}-${name}`));
    const { source, clock } = aSource({ list: pagesOf(...pages) });
    const opened = await clock.run(openUnit(source, () => noReads));
    if (opened.kind !== 'open') throw new Error(opened.kind);
    await clock.run(clock.sleep(1000));
    expect([opened.listing.count, opened.listing.isEnded]).toEqual([10_000, true]);
  });
});

describe('the pools of a unit', () => {
  it('are handed on sixty at a time, and the rest at the end', async () => {
    const { end, sizes } = await readOf({ list: pagesOf(many(60), many(131).slice(60)) });
    expect(end).toMatchObject({ pools: 131, failure: null });
    expect(sizes).toEqual([60, 60, 11]);
  });

  it('are handed on in the order of the listing, whichever answers first', async () => {
    let turn = 0;
    const read: Source['read'] = async (_read, _id, clock) => {
      turn += 1;
      await clock.sleep((turn * 370) % 900);
      return answered();
    };
    const { ids } = await readOf({ list: pagesOf(many(12)), read }, () => noReads, 4);
    expect(ids).toEqual([many(12)]);
  });

  it('are read with what each needs, and whoever counts is told', async () => {
    const described = readSet(['userPool']);
    const neededFor = ({ name }: ListedPool) => (name === 'b' ? described : noReads);
    const { sent, needed } = await readOf({ list: pagesOf(['a', 'b']) }, neededFor);
    expect(sent).toEqual(['list', 'mfaConfig p_a', 'mfaConfig p_b', 'userPool p_b']);
    expect(needed).toEqual([noReads, described]);
  });

  it('that are listed twice are read once', async () => {
    const { end, ids, sent } = await readOf({ list: pagesOf(['a'], ['a', 'b']) });
    expect(end).toEqual({ pools: 2, gone: [], failure: null });
    expect(ids).toEqual([['a', 'b']]);
    expect(sent.filter((each) => each !== 'list')).toEqual(['mfaConfig p_a', 'mfaConfig p_b']);
  });

  it('under two names make a gap of the unit, since policies select by name', async () => {
    const items = [pool('a'), { id: 'p_a', name: 'other' }, pool('b')];
    const { end, ids } = await readOf({ list: async () => succeeded({ items, next: null }) });
    expect(end).toEqual({
      pools: 2,
      gone: [],
      failure: {
        code: 'malformed',
        message: 'cognito-idp:ListUserPools names the pool p_a in two ways',
        remedy: gapMeanings.malformed.help,
      },
    });
    expect(ids).toEqual([['a', 'b']]);
  });

  it('that are gone are told, and are no failure; one that is still listed is a gap of its own', async () => {
    let listings = 0;
    const list = async () => {
      listings += 1;
      return succeeded({ items: listings === 1 ? ['a', 'b', 'c'].map(pool) : [pool('a')], next: null });
    };
    const read = (_read: PoolRead, id: string) => (id === 'p_c' ? answered() : failed(notFound));
    const { end, batches } = await readOf({ list, read });
    expect(end).toEqual({ pools: 3, gone: ['p_b'], failure: null });
    expect(batches.flat().map(({ poolId, mfaConfig }) => [poolId, mfaConfig.read])).toEqual([
      ['p_c', true],
      ['p_a', false],
    ]);
  });
});

describe('a unit ends', () => {
  it('as the listing broke off, with what was listed before', async () => {
    const { end, ids } = await readOf({ list: pagesOf(['a'], ['b'], denied) });
    expect(end).toEqual({
      pools: 2,
      gone: [],
      failure: { code: 'AccessDenied', message: 'AccessDeniedException', remedy: 'Allow it.' },
    });
    expect(ids).toEqual([['a', 'b']]);
  });

  const givenUp = {
    code: 'server-error',
    message: 'given up after 5 failures in a row, the last: InternalErrorException',
    remedy: '',
  };

  it.each<[string, (read: PoolRead, id: string) => boolean]>([
    ['reads', (read) => read === 'mfaConfig'],
    ['descriptions', (read) => read === 'userPool'],
  ])('after five %s that failed in a row, and nothing more is asked', async (_what, fails) => {
    const described = readSet(['userPool']);
    const read = (name: PoolRead, id: string) => (fails(name, id) ? failed(broken) : answered());
    const { end, ids, sent } = await readOf({ list: pagesOf(many(60)), read }, () => described);
    expect(end).toEqual({ pools: 5, gone: [], failure: givenUp });
    expect(ids).toEqual([many(5)]);
    expect(sent).toHaveLength(1 + 2 * 5);
  });

  it('and lists no more than the page that is on its way', async () => {
    const pages = pagesOf(...Array.from({ length: 9 }, (_, at) => many(60).map((name) => `${at}-${name}`)));
    const list: Source['list'] = async (token, clock) => {
      await clock.sleep(token === null ? 0 : 60_000);
      return pages(token);
    };
    const { end, sent } = await readOf({ list, read: () => failed(broken) });
    expect(end).toMatchObject({ pools: 5, failure: givenUp });
    expect(sent.filter((each) => each === 'list')).toHaveLength(2);
  });

  it('not where one of five is answered, or is gone', async () => {
    for (const fifth of [answered(), failed(notFound)]) {
      const read = (_name: PoolRead, id: string) => (Number(id.slice(2)) % 5 === 4 ? fifth : failed(broken));
      const { end } = await readOf({ list: pagesOf(many(20)), read });
      expect(end).toMatchObject({ pools: 20, failure: null });
    }
  });

  it('given up rather than broken off, where it is both', async () => {
    const { end } = await readOf({ list: pagesOf(many(5), denied), read: () => failed(broken) });
    expect(end).toMatchObject({ pools: 5, failure: givenUp });
  });
});

describe('the line of a unit', () => {
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  const failure = { code: 'AccessDenied', message: 'no', remedy: 'Allow it.' } as const;
  const plain = { ...place, skipReason: null, failure: null, pools: 0, readAt: '1970-01-01T00:00:00.000Z' };

  it.each<[string, Parameters<typeof unitObservation>[1], Partial<UnitObservation>]>([
    ['that was read', { pools: 3 }, { status: 'read', pools: 3 }],
    ['without pools', {}, { status: 'read' }],
    ['that was read without a failure', { failure: null }, { status: 'read' }],
    ['that failed', { failure, pools: 2 }, { status: 'gap', failure, pools: 2 }],
    ['that was skipped', { skipReason: 'region-not-enabled' }, { status: 'skipped', skipReason: 'region-not-enabled' }],
  ])('%s', (_which, outcome, expected) => {
    expect(unitObservation({ ...place, more: 1 } as never, outcome, new Date(0))).toEqual({ ...plain, ...expected });
  });

  it('is all that there is of one without pools', async () => {
    const told: unknown[] = [];
    const unit = unitObservation(place, {}, new Date(0));
    await finishWithout(
      {
        isFinished: () => false,
        beginUnit: (...begun) => ({
          pools: () => Promise.reject(new Error('There are none.')),
          finish: async (...finished) => void told.push([...begun, ...finished]),
        }),
      },
      unit,
    );
    expect(told).toEqual([['111122223333', 'eu-west-1', unit, []]]);
  });
});
