/** A result becomes a plan: what could be changed, and why the rest could not. */
import { describe, expect, test } from 'vitest';
import type { PoolPlace } from '../../../src/domain/model/observation.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Finding, PoolRecord } from '../../../src/domain/result/result.ts';
import type { Look } from '../../../src/ports/account-writer.ts';
import {
  planOrganization,
  withAllRefused,
  type OrganizationPlan,
  type PlanOptions,
} from '../../../src/remediate/plan/plan-organization.ts';
import { findingId } from '../../../src/domain/verdict/finding-id.ts';
import { read, unread } from '../../domain/a-pool.ts';
import { off, plainPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { anAccount, aFinding, aPool, aResult } from '../../report/a-result.ts';
import { policy } from '../../policy-set.ts';
import { aLook } from '../a-look.ts';
import { asking, contextOf, waitingFor } from './a-context.ts';
import { measuredOf } from './a-measurement.ts';

const accounts = [anAccount(), anAccount({ id: '111122224444' })];

/** A pool that the audit saw drift. */
function drifted(name: string, more: Partial<PoolRecord> = {}): PoolRecord {
  return aPool({ poolId: `eu-west-1_${name}`, poolName: name, status: 'drifted', findings: [aFinding()], ...more });
}

interface World extends Partial<Pick<PlanOptions, 'context' | 'signal'>> {
  readonly maxUsers?: number;
  /** What is read of a pool now, by the end of its id; else OFF, and described. */
  readonly looks?: Readonly<Record<string, Look>>;
  /** How many of ten users are ready. */
  readonly ready?: number;
}

async function planned(pools: readonly PoolRecord[], world: World = {}) {
  const { context = contextOf(), signal = new AbortController().signal, maxUsers = 1000, looks = {} } = world;
  const looked: string[] = [];
  const asked: string[] = [];
  const nameOf = ({ poolId }: PoolPlace) => poolId.slice(10);
  const plan = await planOrganization({
    result: aResult({ accounts, pools }),
    context,
    pools: {
      look(place) {
        looked.push(nameOf(place));
        return Promise.resolve(looks[nameOf(place)] ?? now(off));
      },
      readBack: () => Promise.reject(new Error('Nothing was written.')),
    },
    measure(place, question, users) {
      asked.push(`${nameOf(place)}: ${users}`);
      return Promise.resolve(measuredOf(question, world.ready ?? 10));
    },
    limits: { maxUsers },
    signal,
  });
  return { plan, looked, asked };
}

const now = (config: JsonObject, userPool: JsonObject = {}): Look =>
  aLook(read(config), { userPool: read({ ...plainPool, ...userPool }) });

function told({ changes, refused }: OrganizationPlan) {
  return {
    changes: changes.map(({ poolId, users }) => [poolId.slice(10), users]),
    refused: refused.map(({ poolId, code }) => [poolId.slice(10), code]),
  };
}

const idOf = (name: string, path: string) => findingId('111122223333', 'eu-west-1', `eu-west-1_${name}`, 'floor', path);

describe('a plan has', () => {
  test('changes by users, and refusals by place, whatever order they were read in', async () => {
    const stack = { UserPoolTags: { 'aws:cloudformation:stack-name': 'shop' } };
    const looks = {
      A: now(off, { EstimatedNumberOfUsers: 9 }),
      B: now(off, { EstimatedNumberOfUsers: 1 }),
      C: now(off, stack),
      D: now(off, stack),
    };
    const { plan } = await planned(
      ['D', 'C', 'B', 'A'].map((name) => drifted(name)),
      { looks },
    );
    expect(told(plan)).toEqual({
      changes: [
        ['B', 1],
        ['A', 9],
      ],
      refused: [
        ['C', 'managed-elsewhere'],
        ['D', 'managed-elsewhere'],
      ],
    });
    expect([...plan.names.keys()].sort()).toEqual(
      ['A', 'B', 'C', 'D'].map((name) => `111122223333/eu-west-1/eu-west-1_${name}`),
    );
    expect(plan.wanted.map(({ poolId }) => poolId.slice(10))).toEqual(['A', 'B', 'C', 'D']);
  });

  test('of a pool all its names, what becomes of its findings, and nothing that was not asked', async () => {
    const { plan } = await planned([drifted('One', { accountName: 'shop' })]);
    expect([...plan.names.values()]).toEqual([
      { accountId: '111122223333', accountName: 'shop', region: 'eu-west-1', poolId: 'eu-west-1_One', poolName: 'One' },
    ]);
    const fix = { risk: 'tightening', refused: null, status: null };
    expect(Object.fromEntries(plan.fixes)).toEqual({
      [idOf('One', 'MfaConfiguration')]: fix,
      [idOf('One', 'SoftwareTokenMfaConfiguration.Enabled')]: fix,
    });
    expect(plan.readiness.size).toBe(0);
  });

  test('of a refused pool the code at its findings, and every reason at the pool', async () => {
    const looks = { One: now(off, { UserPoolTags: { 'mfa-remediation': 'exempt' } }) };
    const { plan } = await planned([drifted('One')], { looks });
    expect(plan.refused).toEqual([
      {
        accountId: '111122223333',
        region: 'eu-west-1',
        poolId: 'eu-west-1_One',
        code: 'exempt',
        message: "The pool's tag mfa-remediation: exempt keeps every change away.",
        readiness: null,
      },
    ]);
    expect([...plan.fixes.values()].map(({ refused }) => refused)).toEqual(['exempt', 'exempt']);
  });

  test('nothing of a pool that holds by now but its names', async () => {
    const { plan } = await planned([drifted('One')], { looks: { One: now(totpOnly) } });
    expect(plan).toMatchObject({ changes: [], refused: [], wanted: [], fixes: new Map() });
    expect(plan.names.size).toBe(1);
  });

  test('nothing at all of a pool that is gone', async () => {
    const { plan } = await planned([drifted('One')], { looks: { One: { kind: 'gone' } } });
    expect(plan).toMatchObject({ changes: [], refused: [], names: new Map() });
  });

  test('the reason why a pool could not be planned', async () => {
    const looks = { One: aLook(unread) };
    const { plan } = await planned([drifted('One')], { looks });
    expect(plan).toMatchObject({
      changes: [],
      wanted: [],
      refused: [{ code: 'undescribed', message: 'AccessDeniedException: no. Allow it.', readiness: null }],
    });
    expect(plan.fixes.size).toBe(0);
  });
});

describe('is looked at', () => {
  const excused: Finding = aFinding({ status: 'excepted' });
  const uncovered: Finding = aFinding({ policy: null, path: '' });

  test.each<readonly [string, Partial<PoolRecord>, readonly string[]]>([
    ['a pool that drifts', {}, ['One']],
    ['one that drifts beside what is excused', { findings: [excused, aFinding()] }, ['One']],
    ['no pool that holds', { status: 'compliant', findings: [] }, []],
    ['none that is excused altogether', { status: 'excepted', findings: [excused] }, []],
    ['none that no policy matches', { status: 'uncovered', findings: [uncovered] }, []],
    ['none that was not read whole', { status: 'unreadable' }, []],
    ['none of an account that the result does not know', { accountId: '999988887777' }, []],
  ])('%s', async (_what, more, names) => {
    const { looked } = await planned([drifted('One', more)]);
    expect(looked).toEqual(names);
  });

  test('nothing more once the run was interrupted', async () => {
    const { looked, plan } = await planned([drifted('One')], { signal: AbortSignal.abort() });
    expect(looked).toEqual([]);
    expect(plan.changes).toEqual([]);
  });
});

describe('where changes wait for users', () => {
  const context = contextOf(waitingFor(0.9));
  const looks = { One: now(totpOnly, { EstimatedNumberOfUsers: 10 }) };

  test('they are asked, and what they say stands with the change', async () => {
    const { plan, asked } = await planned([drifted('One')], { context, looks });
    expect(asked).toEqual(['One: 10']);
    expect(told(plan)).toEqual({ changes: [['One', 10]], refused: [] });
    const [key] = plan.names.keys();
    expect(plan.readiness.get(key ?? '')).toMatchObject({ waitsFor: 0.9, population: 10, lockedOutAtMost: 0 });
    expect(plan.changes[0]?.readiness).toEqual(plan.readiness.get(key ?? ''));
  });

  test('it stands with the refusal, too', async () => {
    const { plan } = await planned([drifted('One')], { context, looks, ready: 8 });
    expect(told(plan)).toEqual({ changes: [], refused: [['One', 'not-ready']] });
    expect(plan.readiness.size).toBe(1);
    expect(plan.refused[0]?.readiness).toMatchObject({ lockedOutAtMost: 2 });
  });

  test('nobody is asked about a pool that a tool deployed, unless such pools are meant', async () => {
    const codeEvent = { agent: 'terraform', at: '2026-11-01T10:00:00Z' } as NonNullable<PoolRecord['codeEvent']>;
    const pools = [drifted('One', { codeEvent })];
    const left = await planned(pools, { context, looks });
    expect(left.asked).toEqual([]);
    expect(told(left.plan).refused).toEqual([['One', 'managed-elsewhere']]);
    const meant = await planned(pools, { context: contextOf(waitingFor(0.9), { includeManaged: true }), looks });
    expect(meant.asked).toEqual(['One: 10']);
    expect(told(meant.plan).changes).toEqual([['One', 10]]);
  });

  test('and something weaker is there meanwhile, the rollout goes on', async () => {
    const rolling = contextOf(waitingFor(0.9, ', meanwhile: OPTIONAL'));
    const { plan } = await planned([drifted('One')], { context: rolling, looks, ready: 8 });
    expect(told(plan).refused).toEqual([['One', 'rolling-out']]);
    expect([...plan.fixes.values()]).toEqual([{ risk: null, refused: 'rolling-out', status: 'rolling-out' }]);
  });
});

describe('over the limit of users', () => {
  const context = contextOf(asking('{ MfaConfiguration: ON }', 'mode: auto, allow: [tightening, disruptive]'));
  const says =
    '2 disruptive changes would touch 84 users; the limit is 83. Raise remediation.maxUsers (--max-users) if this is meant.';

  test('all that disrupts them is refused, and its findings say so', async () => {
    const looks = { A: now(totpOnly), B: now(totpOnly) };
    const { plan } = await planned([drifted('A'), drifted('B')], { context, looks, maxUsers: 83 });
    expect(plan.changes).toEqual([]);
    expect(plan.refused).toMatchObject([
      { poolId: 'eu-west-1_A', code: 'too-many-users', message: says, readiness: null },
      { poolId: 'eu-west-1_B', code: 'too-many-users', message: says, readiness: null },
    ]);
    expect(plan.fixes.get(idOf('A', 'MfaConfiguration'))).toEqual({
      risk: 'disruptive',
      refused: 'too-many-users',
      status: null,
    });
    // At their source they may be written all the same.
    expect(plan.wanted).toHaveLength(2);
  });

  test('the rest is changed', async () => {
    const looks = { A: now(totpOnly), B: now(totpOnly), C: now(off) };
    const stern = 'match: { pools: [A, B] }\nremediation: { allow: [disruptive] }\nexpect: { MfaConfiguration: ON }\n';
    const both = contextOf(`${policy('stern')}${stern}---\n${asking()}match: { pools: [C] }\n`);
    const { plan } = await planned([drifted('A'), drifted('B'), drifted('C')], { context: both, looks, maxUsers: 83 });
    expect(told(plan)).toEqual({
      changes: [['C', 42]],
      refused: [
        ['A', 'too-many-users'],
        ['B', 'too-many-users'],
      ],
    });
  });

  test('at it nothing is refused', async () => {
    const looks = { A: now(totpOnly), B: now(totpOnly) };
    const { plan } = await planned([drifted('A'), drifted('B')], { context, looks, maxUsers: 84 });
    expect(told(plan)).toEqual({
      changes: [
        ['A', 42],
        ['B', 42],
      ],
      refused: [],
    });
  });

  test('a finding that stood aside keeps its own code, and what was measured stands with the refusal', async () => {
    const text = waitingFor(0.5).replace('ON }', 'ON, UserPool: { UserPoolTier: PLUS } }');
    const looks = { A: now(totpOnly, { EstimatedNumberOfUsers: 10 }) };
    const { plan } = await planned([drifted('A')], { context: contextOf(text), looks, ready: 8, maxUsers: 1 });
    expect(plan.refused).toMatchObject([{ code: 'too-many-users', readiness: { lockedOutAtMost: 2 } }]);
    expect(plan.readiness.size).toBe(1);
    expect(plan.fixes.get(idOf('A', 'UserPool.UserPoolTier'))).toMatchObject({ risk: null, refused: 'no-target' });
    expect(plan.fixes.get(idOf('A', 'MfaConfiguration'))).toMatchObject({ refused: 'too-many-users' });
  });
});

describe('where nothing may be written', () => {
  const stop = { code: 'remediation-off', message: 'Not now.' } as const;
  const looks = {
    B: now(off, { UserPoolTags: { 'mfa-remediation': 'exempt' } }),
    C: now(off, { EstimatedNumberOfUsers: 1 }),
  };

  test('every change is refused by the same words, and what was refused before keeps its own', async () => {
    const { plan } = await planned(
      ['A', 'B', 'C'].map((name) => drifted(name)),
      { looks },
    );
    const { changes, refused, fixes, ...others } = withAllRefused(plan, stop);
    expect(changes).toEqual([]);
    expect(refused).toEqual([
      { accountId: '111122223333', region: 'eu-west-1', poolId: 'eu-west-1_A', ...stop, readiness: null },
      expect.objectContaining({ poolId: 'eu-west-1_B', code: 'exempt' }),
      { accountId: '111122223333', region: 'eu-west-1', poolId: 'eu-west-1_C', ...stop, readiness: null },
    ]);
    expect(fixes.get(idOf('A', 'MfaConfiguration'))).toMatchObject({ risk: 'tightening', refused: 'remediation-off' });
    expect(fixes.get(idOf('B', 'MfaConfiguration'))).toMatchObject({ refused: 'exempt' });
    expect(others).toEqual({ readiness: plan.readiness, names: plan.names, wanted: plan.wanted });
  });
});
