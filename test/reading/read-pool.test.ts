/** What one pool answers, and what becomes of pools that the service denies to know. */
import { describe, expect, it } from 'vitest';
import { noReads, readSet } from '../../src/domain/model/api/reads.ts';
import { failed } from '../../src/pacing/call-result.ts';
import { FailureRow } from '../../src/pacing/failure-row.ts';
import { gapMeanings } from '../../src/domain/model/observation.ts';
import { settleGone } from '../../src/reading/gone-pools.ts';
import { readPool } from '../../src/reading/read-pool.ts';
import { answered, aSource, denied, notFound, on, pagesOf, pool } from './a-source.ts';
import { refusal } from './fake-cloud.ts';

const described = readSet(['userPool']);
const epoch = '1970-01-01T00:00:00.000Z';

describe('a pool', () => {
  it('is read, with what is needed of it besides', async () => {
    const { source, sent, clock } = aSource({
      read: (read) => (read === 'mfaConfig' ? answered() : answered({ Name: 'customers' }, 'r-2')),
    });
    expect(await clock.run(readPool(source, pool('a'), described))).toEqual({
      poolId: 'p_a',
      poolName: 'a',
      observedAt: epoch,
      requestId: 'r-1',
      mfaConfig: { read: true, value: on },
      userPool: { read: true, value: { Name: 'customers' } },
    });
    expect(sent).toEqual(['mfaConfig p_a', 'userPool p_a']);
  });

  it('is asked for nothing that nobody needs', async () => {
    const { source, sent, clock } = aSource();
    expect(await clock.run(readPool(source, pool('a'), noReads))).toMatchObject({ userPool: null });
    expect(sent).toEqual(['mfaConfig p_a']);
  });

  it('that does not answer has the failure in the place of the answer, and its request', async () => {
    const { source, clock } = aSource({
      read: (read) => (read === 'mfaConfig' ? failed({ ...denied, requestId: 'r-9' }) : failed(denied)),
    });
    const failure = { code: 'AccessDenied', message: 'AccessDeniedException', remedy: 'Allow it.' };
    expect(await clock.run(readPool(source, pool('a'), described))).toMatchObject({
      requestId: 'r-9',
      mfaConfig: { read: false, failure },
      userPool: { read: false, failure },
    });
  });

  it.each([['mfaConfig'], ['userPool']])('is gone where the service says so of its %s', async (gone) => {
    const { source, clock } = aSource({ read: (read) => (read === gone ? failed(notFound) : answered()) });
    expect(await clock.run(readPool(source, pool('a'), described))).toBeNull();
  });

  it('is asked for with credentials that last', async () => {
    const { source, sent, clock } = aSource({ ready: async () => failed(denied) });
    expect(await clock.run(readPool(source, pool('a'), noReads))).toMatchObject({ mfaConfig: { read: false } });
    expect(sent).toEqual([]);
  });

  it('in a row that is given up is not asked for', async () => {
    const row = new FailureRow();
    for (let count = 0; count < 5; count += 1) row.note([refusal('ECONNREFUSED', 'network')]);
    const { source, sent, clock } = aSource();
    expect(await clock.run(readPool(source, pool('a'), described, row))).toMatchObject({
      mfaConfig: { failure: { code: 'network' } },
      userPool: { failure: { code: 'network' } },
    });
    expect(sent).toEqual([]);
  });

  it('waits for the quota of each read by itself', async () => {
    const { source, clock } = aSource();
    const pools = Array.from({ length: 40 }, (_, at) => pool(`${at}`));
    await clock.run(Promise.all(pools.map((each) => readPool(source, each, described))));
    // Of 40 descriptions at 15 a second 15 are the burst: 25 more take 1.67 s; of as many reads at 20, 1 s.
    expect(clock.now()).toBeGreaterThanOrEqual(1600);
    expect(clock.now()).toBeLessThan(2000);
  });
});

describe('pools that the service denies to know', () => {
  it('are none where it denies none, and nothing is asked', async () => {
    const { source, sent, clock } = aSource();
    expect(await clock.run(settleGone(source, []))).toEqual({ deleted: [], unread: [] });
    expect(sent).toEqual([]);
  });

  it('were deleted where a second listing does not have them; one that it has is a gap', async () => {
    const { source, clock } = aSource({ list: pagesOf(['a'], ['b']) });
    const failure = {
      code: 'malformed',
      message:
        'cognito-idp:GetUserPoolMfaConfig: ResourceNotFoundException, and ListUserPools lists the pool after that too',
      remedy: gapMeanings.malformed.help,
    };
    expect(await clock.run(settleGone(source, [pool('b'), pool('c')]))).toEqual({
      deleted: ['p_c'],
      unread: [
        {
          poolId: 'p_b',
          poolName: 'b',
          observedAt: epoch,
          requestId: null,
          mfaConfig: { read: false, failure },
          userPool: null,
        },
      ],
    });
  });

  it('are gaps where the second listing breaks off', async () => {
    const { source, clock } = aSource({ list: pagesOf(['a'], denied) });
    const failure = { code: 'AccessDenied', message: 'AccessDeniedException', remedy: 'Allow it.' };
    expect(await clock.run(settleGone(source, [pool('a'), pool('c')]))).toMatchObject({
      deleted: [],
      unread: [
        { poolId: 'p_a', mfaConfig: { read: false, failure } },
        { poolId: 'p_c', mfaConfig: { read: false, failure } },
      ],
    });
  });

  it('are listed with credentials that last', async () => {
    const { source, sent, clock } = aSource({ ready: async () => failed(denied), list: pagesOf(['a']) });
    const { deleted, unread } = await clock.run(settleGone(source, [pool('c')]));
    expect([deleted, unread.length, sent]).toEqual([[], 1, []]);
  });
});

it('the time of an answer is when it had come', async () => {
  const { source, clock } = aSource({
    async read(_read, _id, time) {
      await time.sleep(1500);
      return answered(on, null);
    },
  });
  expect(await clock.run(readPool(source, pool('a'), noReads))).toMatchObject({
    observedAt: '1970-01-01T00:00:01.500Z',
    requestId: null,
  });
});
