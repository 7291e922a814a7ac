/** What a rollback plans for each pool that a journal has, by how the pool reads now. */
import { describe, expect, test } from 'vitest';
import { placeKey, type Failure } from '../../../src/domain/model/observation.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Look } from '../../../src/ports/account-writer.ts';
import type { JournalEntry } from '../../../src/remediate/journal/format.ts';
import type { PoolTrace } from '../../../src/remediate/journal/traces.ts';
import {
  journaledChanges,
  planRollback,
  rollbackLimits,
  type RollbackRules,
} from '../../../src/remediate/plan/plan-rollback.ts';
import { read, unread } from '../../domain/a-pool.ts';
import { off, plainPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { aLook } from '../a-look.ts';
import { aJournal, anEntry } from '../apply/a-journal.ts';

const other = { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'x.example.com' } };
const about = {
  createdAt: '2026-11-22T02:14:00.000Z',
  tool: { name: 'mfa-drift', version: '0.1.0' },
  organizationId: 'o-exampleorg',
  runId: 'run-1',
  journal: { file: 'j.ndjson', digest: `sha256:${'0'.repeat(64)}` },
  callerArn: 'me',
  endpoints: ['localhost'],
} as const;
const failure: Failure = { code: 'AccessDenied', message: 'AccessDeniedException: no', remedy: 'Allow it.' };

/** From OFF to OPTIONAL with an authenticator app, unless it is told otherwise. */
function entry(name: string, more: Partial<JournalEntry> = {}): JournalEntry {
  const poolId = `eu-west-1_${name}`;
  const place = { accountId: '111122220001', region: 'eu-west-1', poolId };
  const call = { UserPoolId: poolId, ...totpOnly };
  const note = { ...place, before: off, call, after: totpOnly, policies: ['floor'], error: null, writerArn: 'w' };
  return { ...anEntry({ event: 'done', ...note }), ...more };
}

function written(name: string, more: Partial<JournalEntry> = {}): PoolTrace {
  return { trace: 'written', last: entry(name, more) };
}

/** The way back, as a rollback's own journal has it. */
function undone(name: string, trace: PoolTrace['trace'] = 'written'): PoolTrace {
  const call = { UserPoolId: `eu-west-1_${name}`, ...off };
  const event = trace === 'begun' ? 'intent' : 'done';
  return { trace, last: entry(name, { event, before: totpOnly, call, after: off }) };
}

const seen = (config: JsonObject): Look => aLook(read(config), { userPool: read({ ...plainPool, Name: 'customers' }) });

interface World {
  readonly made?: readonly PoolTrace[];
  readonly own?: readonly PoolTrace[];
  readonly looks?: Readonly<Record<string, Look>>;
  readonly rules?: Partial<RollbackRules>;
}

function planned({ made = [written('One')], own = [], looks = {}, rules = {} }: World = {}) {
  const byName = Object.entries(looks).map(([name, look]) => [placeKey(entry(name)), look] as const);
  return planRollback(
    { made: aJournal(made), own: aJournal(own) },
    new Map(byName),
    { isOff: false, isInScope: () => true, ...rules },
    about,
  );
}

describe('a rollback plans', () => {
  test('the way back of each change, the newest first, and says of itself what it is', () => {
    const looks = { One: seen(totpOnly), Two: seen(totpOnly) };
    const { plan, leftAlone } = planned({ made: [written('One'), written('Two')], looks });
    expect(plan).toMatchObject({
      ...about,
      schemaVersion: '1',
      kind: 'Plan',
      origin: 'rollback',
      complete: true,
      poolsRead: 2,
      policies: [],
      refused: [],
      changes: [
        { poolId: 'eu-west-1_Two', poolName: 'customers', users: 42, before: totpOnly, after: off, because: [] },
        { poolId: 'eu-west-1_One', call: { UserPoolId: 'eu-west-1_One', ...off } },
      ],
    });
    expect(leftAlone).toEqual([]);
  });

  test('nothing of a pool of which the journal has no write, or that was not looked at', () => {
    const made = [{ trace: 'none', last: null } as const, written('One')];
    const { plan, leftAlone } = planned({ made });
    expect(plan).toMatchObject({ changes: [], refused: [], complete: true, poolsRead: 0 });
    expect(leftAlone).toEqual([]);
  });

  test('not all of it where a pool could not be read', () => {
    const looks = { One: seen(totpOnly), Two: aLook(unread), Gone: { kind: 'gone' } as const };
    const { plan } = planned({ made: ['One', 'Two', 'Gone'].map((name) => written(name)), looks });
    expect(plan).toMatchObject({ complete: false, poolsRead: 1 });
  });
});

describe('is left alone', () => {
  const customers = { poolName: 'customers', users: 42 };
  const nameless = { poolName: '', users: null };
  const since = 'Somebody has changed the pool since: ';
  const party = 'WebAuthnConfiguration.RelyingPartyId nothing → x.example.com. It is left as it is.';
  const away = { isInScope: () => false };

  /** What is said of the pool, how it was before, its names, and the code of its refusal. */
  test.each<readonly [string, World, object, JsonObject | null, object, readonly string[]]>([
    [
      'a pool that is gone',
      { looks: { One: { kind: 'gone' } } },
      { kind: 'stale', message: 'The pool is not there any more.' },
      null,
      nameless,
      ['pool-changed'],
    ],
    [
      'one that could not be read',
      { looks: { One: aLook({ read: false, failure } as const) } },
      { kind: 'failed', message: 'The pool could not be read: AccessDeniedException: no. Allow it.' },
      null,
      nameless,
      ['undescribed'],
    ],
    [
      'one that could not be read, and whose undoing broke off',
      { own: [undone('One', 'begun')], looks: { One: aLook({ read: false, failure } as const) } },
      {
        kind: 'unknown',
        message:
          "An earlier run broke off while it wrote, and the pool can't be read: AccessDeniedException: no. Allow it.",
      },
      null,
      nameless,
      ['undescribed'],
    ],
    [
      'one that somebody has changed since',
      { looks: { One: seen(other) } },
      { kind: 'stale', message: `${since}${party}` },
      other,
      customers,
      ['pool-changed'],
    ],
    [
      'one that is undone already, by this journal',
      { own: [undone('One')], looks: { One: seen(off) } },
      { kind: 'unchanged', config: off },
      off,
      customers,
      [],
    ],
    [
      'one whose undoing broke off after it was done',
      { own: [undone('One', 'begun')], looks: { One: seen(off) } },
      { kind: 'applied', config: off },
      totpOnly,
      customers,
      [],
    ],
    [
      'one that somebody else has undone',
      { looks: { One: seen(off) } },
      { kind: 'unchanged', config: off },
      off,
      customers,
      [],
    ],
    [
      'one that is out of scope, and nobody asks about it',
      { looks: { One: seen(totpOnly) }, rules: away },
      {
        kind: 'refused',
        code: 'policy-changed',
        message:
          'The configuration leaves the account or the region out, or the account is not active: nothing is asked there.',
      },
      null,
      nameless,
      ['policy-changed'],
    ],
    [
      'everything, where remediation is off',
      { looks: { One: seen(totpOnly) }, rules: { isOff: true } },
      { kind: 'refused', code: 'remediation-off', message: 'MFA_DRIFT_REMEDIATION=off: nothing is changed.' },
      totpOnly,
      customers,
      ['remediation-off'],
    ],
  ])('%s', (_what, world, preflight, before, names, codes) => {
    const { plan, leftAlone } = planned(world);
    const pool = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
    expect(leftAlone).toEqual([
      { pool: { ...pool, ...names, risk: null, before, because: [] }, policies: ['floor'], preflight },
    ]);
    expect(plan.changes).toEqual([]);
    expect(plan.refused).toEqual(
      codes.map((code) => ({ ...pool, code, message: (preflight as { message?: string }).message, readiness: null })),
    );
  });

  test('a pool that was done again since it was undone is undone again', () => {
    const { plan } = planned({ own: [undone('One')], looks: { One: seen(totpOnly) } });
    expect(plan.changes).toMatchObject([{ poolId: 'eu-west-1_One', after: off }]);
  });

  test('only a pool itself, and not another that its name begins', () => {
    const isInScope: RollbackRules['isInScope'] = ({ poolId }) => poolId === 'eu-west-1_Two';
    const looks = { One: seen(totpOnly), Two: seen(totpOnly) };
    const { plan } = planned({ made: [written('One'), written('Two')], looks, rules: { isInScope } });
    expect(plan.changes.map(({ poolId }) => poolId)).toEqual(['eu-west-1_Two']);
    expect(plan.refused.map(({ poolId }) => poolId)).toEqual(['eu-west-1_One']);
  });
});

test('of what a journal has, every change may be undone, unless a flag says less', () => {
  const made = aJournal([written('One'), { trace: 'none', last: null }, written('Two')]);
  expect(journaledChanges(made).map(({ poolId }) => poolId)).toEqual(['eu-west-1_Two', 'eu-west-1_One']);
  const all = { maxChanges: 2, maxChangesPercent: 100, maxUsers: Number.POSITIVE_INFINITY, byFlagAlone: true };
  expect(rollbackLimits(made, {})).toEqual(all);
  expect(rollbackLimits(made, { maxChanges: 9 })).toEqual(all);
  expect(rollbackLimits(made, { maxChanges: 1, maxChangesPercent: 50, maxUsers: 0 })).toEqual({
    maxChanges: 1,
    maxChangesPercent: 50,
    maxUsers: 0,
    byFlagAlone: true,
  });
});
