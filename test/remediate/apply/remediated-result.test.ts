/** A result, once the audit has fixed what it may. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeKey } from '../../../src/domain/model/observation.ts';
import type { PoolOutcome } from '../../../src/domain/remediation/model/outcome.ts';
import type { PoolRecord } from '../../../src/domain/result/result.ts';
import { remediatedResult, type Remediated } from '../../../src/remediate/apply/remediated-result.ts';
import { aFinding, aPool, aResult, listOf } from '../../report/a-result.ts';
import { temporaryFolder } from '../../temporary.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'ON' };
/** What an outcome and a record of it both say. */
const done = {
  outcome: 'applied',
  risk: 'tightening',
  code: null,
  message: 'Done.',
  before: off,
  after: on,
} as const;
const fix = { risk: 'tightening', refused: null, status: null };
const mode = aFinding({ id: 'mode', path: 'MfaConfiguration' });
const totp = aFinding({ id: 'totp' });
const excused = aFinding({ id: 'excused', status: 'excepted' });
const blame = { known: false, reason: 'no-event' } as unknown as NonNullable<PoolRecord['blame']>;
const codeEvent = { tool: 'terraform' } as unknown as NonNullable<PoolRecord['codeEvent']>;
const drifting = aPool({ status: 'drifted', config: off, findings: [mode, totp, excused] });
const key = placeKey(drifting);

function made(changed: Partial<PoolOutcome> = {}): PoolOutcome {
  const { accountId, region, poolId, poolName } = drifting;
  return {
    accountId,
    region,
    poolId,
    poolName,
    users: 3,
    because: [],
    ...done,
    ...changed,
  };
}

async function after(audited: PoolRecord, remediated: Partial<Remediated>) {
  const nothing = { fixes: new Map(), refused: [], readiness: new Map(), outcomes: [], records: new Map() };
  const result = await remediatedResult(
    aResult({ pools: [audited] }),
    { ...nothing, journal: 'j.ndjson', ...remediated },
    join(await temporaryFolder(), 'deep', 'remediated'),
  );
  const [pool] = await listOf(result.pools());
  return { pool, summary: result.head.summary };
}

describe('a pool that nothing was wanted of', () => {
  test('stays as it was', async () => {
    const { pool, summary } = await after(drifting, {});
    expect(pool).toEqual({ ...drifting, readiness: null, remediation: null });
    expect(summary).toMatchObject({ pools: { total: 1, drifted: 1 }, findings: { high: 2, fixed: 0 } });
  });
});

describe('a pool that was written', () => {
  const now = { ...drifting, status: 'compliant', config: on, findings: [excused] } as const;

  test('reads as it does now, and what is gone is fixed, in its place', async () => {
    const { pool, summary } = await after(drifting, {
      outcomes: [made()],
      records: new Map([[key, now]]),
      fixes: new Map([['mode', fix]]),
    });
    expect(pool).toEqual({
      ...now,
      findings: [{ ...mode, status: 'fixed', fix }, { ...totp, status: 'fixed' }, excused],
      readiness: null,
      remediation: { ...done, journal: 'j.ndjson' },
    });
    expect(summary).toMatchObject({ pools: { total: 1, compliant: 1, drifted: 0 }, findings: { high: 0, fixed: 2 } });
  });

  test('keeps what is still there with its fix, loses an excuse that is over, and gets what is new at the end', async () => {
    const fresh = aFinding({ id: 'fresh' });
    const { pool } = await after(drifting, {
      outcomes: [made()],
      records: new Map([[key, { ...now, findings: [fresh, { ...totp, actual: null }] }]]),
      fixes: new Map([['totp', fix]]),
    });
    expect(pool?.findings).toEqual([{ ...mode, status: 'fixed' }, { ...totp, actual: null, fix }, fresh]);
  });

  test('is still managed, and was changed before, by whom it was', async () => {
    const told = { ...drifting, managedBy: 'terraform', blame, codeEvent };
    const records = new Map([[key, { ...now, managedBy: null }]]);
    expect((await after(told, { records })).pool).toMatchObject({
      config: on,
      managedBy: 'terraform',
      blame,
      codeEvent,
    });
    const { pool } = await after(drifting, { records });
    expect(pool).not.toHaveProperty('blame');
    expect(pool).not.toHaveProperty('codeEvent');
  });
});

describe('a pool that was not written', () => {
  const { accountId, region, poolId } = drifting;
  const refused = { accountId, region, poolId, code: 'mode', message: 'Only reported.', readiness: null } as const;

  test('has why it was refused, and its finding how it could be fixed', async () => {
    const { pool } = await after(drifting, { refused: [refused], fixes: new Map([['mode', fix]]) });
    expect(pool?.remediation).toEqual({
      outcome: 'refused',
      risk: null,
      code: 'mode',
      message: 'Only reported.',
      before: null,
      after: null,
      journal: null,
    });
    expect(pool?.findings).toEqual([{ ...mode, fix }, totp, excused]);
  });

  test('keeps a fix that is known of before', async () => {
    const known = { ...drifting, findings: [{ ...mode, fix }] };
    expect((await after(known, {})).pool?.findings).toEqual([{ ...mode, fix }]);
  });

  test('whose turn never came has nothing to tell; what was tried counts more than a refusal', async () => {
    const notStarted = made({ outcome: 'not-started' });
    expect((await after(drifting, { outcomes: [notStarted] })).pool?.remediation).toBeNull();
    const { pool } = await after(drifting, { outcomes: [made({ outcome: 'stale' })], refused: [refused] });
    expect(pool?.remediation).toMatchObject({ outcome: 'stale', journal: 'j.ndjson' });
  });

  test('has what its users were asked', async () => {
    const readiness = { measured: true } as unknown as NonNullable<PoolRecord['readiness']>;
    expect((await after(drifting, { readiness: new Map([[key, readiness]]) })).pool?.readiness).toEqual(readiness);
  });
});
