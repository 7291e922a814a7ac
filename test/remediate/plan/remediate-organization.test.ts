/** What an audit fixes by itself, against pools in memory. */
import { describe, expect, test } from 'vitest';
import { placeKey, type PoolPlace } from '../../../src/domain/model/observation.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { PoolRecord } from '../../../src/domain/result/result.ts';
import type { Look } from '../../../src/ports/account-writer.ts';
import type { PoolTrace } from '../../../src/remediate/journal/traces.ts';
import { remediateOrganization, type RemediateOptions } from '../../../src/remediate/plan/remediate-organization.ts';
import { findingId } from '../../../src/domain/verdict/finding-id.ts';
import { read, unread } from '../../domain/a-pool.ts';
import { off, plainPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { anAccount, aFinding, aPool, aResult } from '../../report/a-result.ts';
import { aLook } from '../a-look.ts';
import { aJournal, anEntry } from '../apply/a-journal.ts';
import { asking, contextOf, waitingFor } from './a-context.ts';
import { measuredOf } from './a-measurement.ts';

const account = anAccount();
const stop = { code: 'remediation-off', message: 'Not now.' } as const;

function drifted(name: string): PoolRecord {
  return aPool({ poolId: `eu-west-1_${name}`, poolName: name, status: 'drifted', findings: [aFinding()] });
}

interface World extends Partial<Pick<RemediateOptions, 'context' | 'forbidden' | 'poolsRead'>> {
  readonly limits?: Partial<RemediateOptions['limits']>;
  /** What pools read at first; else OFF. */
  readonly configs?: Readonly<Record<string, JsonObject>>;
  readonly traces?: readonly PoolTrace[];
  /** After a write every look finds this. */
  readonly afterwards?: Look;
  readonly signal?: AbortSignal;
  /** The run is interrupted after so many writes. */
  readonly interruptedAfter?: number;
  readonly users?: number;
}

async function remediated(names: readonly string[], world: World = {}) {
  const { configs = {}, traces = [], limits = {}, users = 42, ...options } = world;
  const abort = new AbortController();
  const set = new Map<string, JsonObject>();
  const asked: string[] = [];
  const begun: number[] = [];
  const journal = aJournal(traces);
  const nameOf = ({ poolId }: PoolPlace) => poolId.slice(10);
  const config = (place: PoolPlace) => set.get(nameOf(place)) ?? configs[nameOf(place)] ?? off;
  const described = read({ ...plainPool, Name: 'now', EstimatedNumberOfUsers: users });
  const remediation = await remediateOrganization({
    result: aResult({ accounts: [account], pools: names.map(drifted) }),
    context: contextOf(undefined, { by: 'audit' }),
    ports: {
      pools: {
        look: async (place) =>
          (set.has(nameOf(place)) ? world.afterwards : undefined) ??
          aLook(read(config(place)), { userPool: described }),
        readBack: async (place) => read(config(place)),
        owner: async (accountId) => ({ accountId, arn: 'arn:writer' }),
        async set(place, { UserPoolId: id, ...sent }) {
          expect(id).toBe(place.poolId);
          set.set(nameOf(place), sent);
          if (set.size === world.interruptedAfter) abort.abort(130);
          return { kind: 'taken' };
        },
      },
      journal,
      clock: { now: () => 0, date: () => new Date(0), sleep: () => Promise.resolve() },
      signal: new AbortController().signal,
    },
    measure(place, question) {
      asked.push(nameOf(place));
      return Promise.resolve(measuredOf(question, 10));
    },
    order: { maxFailures: 3, signal: world.signal ?? abort.signal, goOn: () => Promise.resolve(true) },
    limits: { maxChanges: 10, maxChangesPercent: 100, maxUsers: 1000, ...limits },
    poolsRead: 20,
    forbidden: null,
    begins: (pools) => Promise.resolve(void begun.push(pools)),
    ...options,
  });
  const told = remediation.outcomes.map(({ poolId, outcome }) => [poolId.slice(10), outcome]);
  return { remediation, told, set: [...set.keys()], begun, asked, journal };
}

const idOf = (name: string) => findingId('111122223333', 'eu-west-1', `eu-west-1_${name}`, 'floor', 'MfaConfiguration');
const keyOf = (name: string) => placeKey(drifted(name));

/** What an earlier start of the run has journaled of a pool. */
function earlier(name: string, trace: PoolTrace['trace'], after: JsonObject = totpOnly): PoolTrace {
  const { accountId, region, poolId } = drifted(name);
  const call = { UserPoolId: poolId, ...after };
  const event = trace === 'begun' ? 'intent' : 'done';
  const note = {
    event,
    accountId,
    region,
    poolId,
    before: off,
    call,
    after,
    policies: ['floor'],
    error: null,
  } as const;
  return { trace, last: anEntry({ ...note, writerArn: 'arn:writer' }) };
}

describe('an audit fixes', () => {
  test('each pool once, tells how many before the first, and how they are afterwards', async () => {
    const { remediation, told, set, begun, journal } = await remediated(['One', 'Two']);
    expect(set).toEqual(['One', 'Two']);
    expect(told).toEqual([
      ['One', 'applied'],
      ['Two', 'applied'],
    ]);
    expect(begun).toEqual([2]);
    expect(journal.notes.map(({ event, policies }) => [event, policies])).toEqual([
      ['intent', ['floor']],
      ['done', ['floor']],
      ['intent', ['floor']],
      ['done', ['floor']],
    ]);
    expect(remediation).toMatchObject({ journal: 'journal.ndjson', stop: null, overLimit: null, refused: [] });
    expect([...remediation.names.keys()]).toEqual([keyOf('One'), keyOf('Two')]);
    expect(remediation.fixes.get(idOf('One'))).toEqual({ risk: 'tightening', refused: null, status: null });
    expect([...remediation.records.keys()]).toEqual([keyOf('One'), keyOf('Two')]);
    expect(remediation.records.get(keyOf('One'))).toMatchObject({
      config: totpOnly,
      status: 'compliant',
      findings: [],
    });
  });

  test('nothing where nothing drifts, and says nothing beforehand', async () => {
    const { told, begun, remediation } = await remediated(['One'], { configs: { One: totpOnly } });
    expect(told).toEqual([]);
    expect(begun).toEqual([]);
    expect(remediation.records.size).toBe(0);
  });

  test('only what policies leave to it', async () => {
    const context = contextOf(undefined, { by: 'audit' });
    const byHand = contextOf(asking(undefined, 'mode: manual'), { by: 'audit' });
    expect((await remediated(['One'], { context })).set).toEqual(['One']);
    const { set, remediation } = await remediated(['One'], { context: byHand });
    expect(set).toEqual([]);
    expect(remediation.refused).toMatchObject([{ poolId: 'eu-west-1_One', code: 'mode' }]);
  });
});

describe('users of a pool that waits for them', () => {
  const context = contextOf(waitingFor(0.9), { by: 'audit' });

  test('are asked before the plan, and before the write', async () => {
    const { asked, told, remediation } = await remediated(['One'], { context, configs: { One: totpOnly } });
    expect(asked).toEqual(['One', 'One']);
    expect(told).toEqual([['One', 'applied']]);
    expect(remediation.readiness.get(keyOf('One'))).toMatchObject({ population: 10 });
  });
});

describe('nothing is written', () => {
  test('where it is forbidden: not even an earlier start is looked into', async () => {
    const { set, begun, remediation, journal } = await remediated(['One'], {
      forbidden: stop,
      traces: [earlier('Two', 'begun')],
    });
    expect([set, begun, journal.notes]).toEqual([[], [], []]);
    expect(remediation).toMatchObject({
      outcomes: [],
      stop: null,
      overLimit: null,
      refused: [{ poolId: 'eu-west-1_One', ...stop }],
    });
    expect(remediation.fixes.get(idOf('One'))).toMatchObject({ refused: 'remediation-off' });
  });

  const says = {
    code: 'too-many-changes',
    message:
      'Would change 2 of 20 pools; the limit is 1. Raise remediation.maxChanges (--max-changes) if this is meant.',
  };

  test('over the limit, rather than a part', async () => {
    const { set, begun, remediation } = await remediated(['One', 'Two'], { limits: { maxChanges: 1 } });
    expect([set, begun]).toEqual([[], []]);
    expect(remediation.overLimit).toMatchObject({ ...says, inShort: '2 changes, over maxChanges 1' });
    expect(remediation.refused).toMatchObject([
      { poolId: 'eu-west-1_One', ...says },
      { poolId: 'eu-west-1_Two', ...says },
    ]);
  });

  test('over the limit with what an earlier start has changed', async () => {
    const traces = [earlier('Done', 'written')];
    const { set, told, remediation } = await remediated(['One'], { limits: { maxChanges: 1 }, traces });
    expect(set).toEqual([]);
    expect(told).toEqual([['Done', 'applied']]);
    expect(remediation.overLimit).toMatchObject(says);
  });

  test('by percent of the pools that were read', async () => {
    const limits = { maxChangesPercent: 10 };
    expect((await remediated(['One', 'Two'], { limits, poolsRead: 20 })).set).toEqual(['One', 'Two']);
    expect((await remediated(['One', 'Two'], { limits, poolsRead: 19 })).set).toEqual([]);
  });

  test('that disrupts more users than it may', async () => {
    const context = contextOf(waitingFor(0.9).replace(', readiness: 0.9', ''), { by: 'audit' });
    const configs = { One: totpOnly };
    const over = await remediated(['One'], { context, configs, users: 1001 });
    expect(over.set).toEqual([]);
    expect(over.remediation.refused).toMatchObject([{ code: 'too-many-users' }]);
    expect((await remediated(['One'], { context, configs, users: 1000 })).set).toEqual(['One']);
  });

  test('once the run was interrupted, and it says so', async () => {
    const { set, remediation } = await remediated(['One'], { signal: AbortSignal.abort(130) });
    expect(set).toEqual([]);
    expect(remediation.stop).toBe('interrupted');
  });

  test('more after an interruption', async () => {
    const { set, told, remediation } = await remediated(['One', 'Two'], { interruptedAfter: 1 });
    expect(set).toEqual(['One']);
    expect(told).toEqual([
      ['One', 'applied'],
      ['Two', 'not-started'],
    ]);
    expect([...remediation.records.keys()]).toEqual([keyOf('One')]);
    expect(remediation.stop).toBe('interrupted');
  });
});

test('a limit that earlier writes alone are over is no matter where nothing is left to change', async () => {
  const traces = [earlier('A', 'written'), earlier('B', 'written')];
  const { remediation, told } = await remediated([], { limits: { maxChanges: 1 }, traces });
  expect(told).toEqual([
    ['A', 'applied'],
    ['B', 'applied'],
  ]);
  expect(remediation).toMatchObject({ refused: [], overLimit: null });
});

describe('what an earlier start of the run has done', () => {
  test('is told, and a pool that it left undone has its turn now, told once', async () => {
    const traces = [earlier('Done', 'written'), earlier('Half', 'begun')];
    const { told, set, remediation } = await remediated(['Half'], { traces, configs: { Done: totpOnly } });
    expect(set).toEqual(['Half']);
    expect(told).toEqual([
      ['Done', 'applied'],
      ['Half', 'applied'],
    ]);
    expect([...remediation.records.keys()]).toEqual([keyOf('Done'), keyOf('Half')]);
    expect(remediation.records.get(keyOf('Done'))).toMatchObject({ poolName: 'now', status: 'compliant' });
  });

  test('does not count against the limit where it came to nothing', async () => {
    const traces = [earlier('Half', 'begun')];
    const { set } = await remediated(['One'], { limits: { maxChanges: 1 }, traces });
    expect(set).toEqual(['One']);
  });
});

describe('of a pool that was written the result has no record of now', () => {
  test.each<readonly [string, Look]>([
    ['where it is gone', { kind: 'gone' }],
    ['where it could not be read', aLook(unread)],
  ])('%s', async (_what, afterwards) => {
    const { remediation, told } = await remediated(['One'], { afterwards });
    expect(told).toEqual([['One', 'applied']]);
    expect(remediation.records.size).toBe(0);
  });

  test('where its account is none of the run’s', async () => {
    const trace = earlier('Done', 'written');
    const last = trace.last === null ? null : { ...trace.last, accountId: '999988887777' };
    const { remediation, told } = await remediated([], { traces: [{ ...trace, last }], configs: { Done: totpOnly } });
    expect(told).toEqual([['Done', 'applied']]);
    expect(remediation.records.size).toBe(0);
  });
});
