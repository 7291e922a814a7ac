import { describe, expect, it } from 'vitest';
import { withCause } from '../../../src/domain/baseline/causes.ts';
import type { EarlierPool } from '../../../src/domain/baseline/earlier-pools.ts';
import type { Blame, CodeEvent } from '../../../src/domain/model/blame.ts';
import type { EarlierFinding, PoolRecord } from '../../../src/domain/result/result.ts';
import { aFinding, anEarlier, aPool } from '../../report/a-result.ts';

const runs = { now: '2026-11-18T02:00:00.000Z', before: '2026-11-17T02:00:00.000Z' };
const drift = aFinding({ id: 'f1' });
const off = { MfaConfiguration: 'OFF' };
const now = aPool({ status: 'drifted', observedAt: '2026-11-18T02:10:00.000Z', config: off, findings: [drift] });
const terraform: CodeEvent = { agent: 'terraform', at: '2026-08-01T10:00:00.000Z', eventId: 'e0' };

function blamed(at: string | null): Omit<Blame, 'nights'> {
  if (at === null) return { outcome: 'not-found', event: null, failure: null };
  const who = { kind: 'root', name: null, session: null, arn: null } as const;
  const event = { id: 'e1', name: 'SetUserPoolMfaConfig', at, who, agent: null, namesOnlyPool: false } as const;
  return { outcome: 'named', event, failure: null };
}

function earlier(record: Partial<PoolRecord> | null, findings: readonly EarlierFinding[] = []): EarlierPool {
  const { accountId, region, poolId } = now;
  const before = aPool({ status: 'compliant', observedAt: '2026-11-17T02:10:00.000Z', ...record });
  return {
    accountId,
    region,
    poolId,
    record: record === null ? null : before,
    findings: new Map(findings.map((finding) => [finding.id, finding])),
  };
}

const causeOf = (at: string | null, before: EarlierPool | null) =>
  withCause(now, { blame: blamed(at), codeEvent: null }, before, runs).blame;
const between = { after: runs.before, by: runs.now };

describe('the runs between which a pool changed', () => {
  it('are the last one and this, where the event is later than the reading of the last', () => {
    expect(causeOf('2026-11-17T14:00:00.000Z', earlier({}))?.nights).toEqual(between);
    expect(causeOf('2026-11-17T02:05:00.000Z', earlier({}))?.nights).toBeNull();
  });

  it('are these in the second of that reading where the drift is new, since events count whole seconds', () => {
    const second = '2026-11-17T02:10:00.000Z';
    expect(causeOf(second, earlier({ observedAt: '2026-11-17T02:10:00.400Z' }))?.nights).toEqual(between);
    const known = anEarlier({ id: 'f1', since: '2026-11-10T02:00:00.000Z' });
    expect(causeOf(second, earlier({ config: off }, [known]))?.nights).toEqual({ after: null, by: known.since });
  });

  it('are known without an event where what was read has changed, and not where only the policy has', () => {
    const on = { MfaConfiguration: 'ON' };
    expect(causeOf(null, earlier({ config: on }))?.nights).toEqual(between);
    expect(causeOf(null, earlier({ config: off }))?.nights).toBeNull();
  });

  it('stay those that the baseline had told of the same event', () => {
    const nights = { after: '2026-11-01T02:00:00.000Z', by: '2026-11-02T02:00:00.000Z' };
    const at = '2026-11-01T12:00:00.000Z';
    const told = { status: 'drifted', config: off, blame: { ...blamed(at), nights } } as const;
    const known = anEarlier({ id: 'f1', since: nights.by });
    expect(causeOf(at, earlier(told, [known]))?.nights).toEqual(nights);
  });

  const long = anEarlier({ id: 'f1', since: '2026-11-05T02:00:00.000Z' });
  const drifted = { status: 'drifted', config: off } as const;
  const told = { after: '2026-11-01T02:00:00.000Z', by: '2026-11-02T02:00:00.000Z' };

  it('stay so without an event, where there was none for the baseline either', () => {
    const before = earlier({ ...drifted, blame: { ...blamed(null), nights: told } }, [long]);
    expect(causeOf(null, before)?.nights).toEqual(told);
  });

  it('are those of the drift where the baseline told none, or those of another event', () => {
    const at = '2026-11-01T12:00:00.000Z';
    const { event } = blamed(at);
    const other: Blame = { ...blamed(at), event: event === null ? null : { ...event, id: 'e9' }, nights: told };
    for (const blame of [other, { ...blamed(at), nights: null }]) {
      const before = earlier({ ...drifted, blame }, [long]);
      expect(causeOf(at, before)?.nights).toEqual({ after: null, by: long.since });
    }
  });

  it('are known where one of several drifts is new, and not where only something excused is', () => {
    const before = earlier({ ...drifted, config: { MfaConfiguration: 'ON' } }, [long]);
    const nightsWith = (more: Partial<PoolRecord['findings'][number]>) => {
      const pool = { ...now, findings: [drift, aFinding({ id: 'f2', ...more })] };
      return withCause(pool, { blame: blamed(null), codeEvent: null }, before, runs).blame?.nights;
    };
    expect(nightsWith({})).toEqual(between);
    expect(nightsWith({ status: 'excepted' })).toEqual({ after: null, by: long.since });
  });

  it('are not known where the last run could not read the pool, and where there was none', () => {
    expect(causeOf('2026-11-17T14:00:00.000Z', earlier({ status: 'unreadable' }))?.nights).toBeNull();
    expect(causeOf('2026-11-17T14:00:00.000Z', earlier(null))?.nights).toBeNull();
    expect(causeOf('2026-11-17T14:00:00.000Z', null)?.nights).toBeNull();
  });

  it('tell that drift is older than events are', () => {
    const known = (since: string) => earlier({ status: 'drifted', config: off }, [anEarlier({ id: 'f1', since })]);
    expect(causeOf(null, known('2026-08-19T02:00:00.000Z'))?.outcome).toBe('older');
    expect(causeOf(null, known('2026-08-21T02:00:00.000Z'))?.outcome).toBe('not-found');
    expect(causeOf('2026-11-17T02:05:00.000Z', known('2026-08-19T02:00:00.000Z'))?.outcome).toBe('named');
  });
});

describe('a reading that is judged again', () => {
  const told: Blame = { ...blamed('2026-11-17T14:00:00.000Z'), nights: between };
  const again = (...findings: PoolRecord['findings']) =>
    withCause({ ...now, findings }, { blame: null, codeEvent: null }, earlier({ ...now, blame: told }), runs).blame;
  const excused = aFinding({ id: 'f2', status: 'excepted' });
  const uncovered = aFinding({ id: 'f3', policy: null });

  it('was changed by whom it was changed', () => {
    expect(again(drift)).toEqual(told);
    expect(again(excused, drift, uncovered)).toEqual(told);
  });

  it('tells nobody where nothing drifts any more, and where no policy matches', () => {
    expect(again(excused)).toBeUndefined();
    expect(again(uncovered)).toBeUndefined();
  });

  it.each([
    ['at another time', { observedAt: '2026-11-18T02:10:00.001Z' }],
    ['by another request, though of the same moment', { requestId: '8f0d' }],
  ])('is another where it was read %s', (_, other) => {
    const before = earlier({ ...now, blame: told });
    expect(withCause({ ...now, ...other }, { blame: null, codeEvent: null }, before, runs).blame).toBeUndefined();
  });

  it('keeps what this run has found out of it', () => {
    const found: Blame = { ...blamed('2026-11-17T15:00:00.000Z'), nights: between };
    const known = withCause(
      { ...now, blame: found },
      { blame: null, codeEvent: null },
      earlier({ ...now, blame: told }),
      runs,
    );
    expect(known.blame).toEqual(found);
  });
});

describe('a pool that is managed as code', () => {
  const nothing = { blame: null, codeEvent: null };

  it('stays so from the baseline, also where the last run could not read it', () => {
    const kept = { codeEvent: terraform, managedBy: 'Terraform (CloudTrail, 2026-08-01)' };
    expect(withCause(now, nothing, earlier({ codeEvent: terraform }), runs)).toMatchObject(kept);
    const handedOn = earlier(null, [anEarlier({ id: 'f0' }), { ...anEarlier({ id: 'f1' }), codeEvent: terraform }]);
    expect(withCause(now, nothing, handedOn, runs)).toMatchObject(kept);
  });

  it('is known by its newest event, and by its tags before that', () => {
    const newer: CodeEvent = { agent: 'cdk', at: '2026-11-01T10:00:00.000Z', eventId: 'e2' };
    const found = { blame: null, codeEvent: newer };
    expect(withCause(now, found, earlier({ codeEvent: terraform }), runs)).toMatchObject({
      codeEvent: newer,
      managedBy: 'AWS CDK (CloudTrail, 2026-11-01)',
    });
    const tagged = { ...now, managedBy: 'CloudFormation stack shop' };
    expect(withCause(tagged, found, null, runs).managedBy).toBe('CloudFormation stack shop');
  });

  it('is nobody’s where nothing tells', () => {
    const pool = withCause(now, nothing, earlier({}), runs);
    expect(pool.codeEvent).toBeUndefined();
    expect(pool.blame).toBeUndefined();
  });
});
