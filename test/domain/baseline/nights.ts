/** Nights of a small organization, made up at random: what was read, what drifted, what could not be read. */
import * as fc from 'fast-check';
import type { Compared } from '../../../src/domain/baseline/compare.ts';
import { findingId } from '../../../src/domain/verdict/finding-id.ts';
import type { EarlierFinding, Finding, PoolRecord, ResolvedFinding } from '../../../src/domain/result/result.ts';
import { aFinding, aPool, aUnit, type Records } from '../../report/a-result.ts';

export async function listOfAll(events: AsyncIterable<Compared>) {
  const pools: PoolRecord[] = [];
  const resolved: ResolvedFinding[] = [];
  const unseen: EarlierFinding[] = [];
  for await (const { kind, record } of events) {
    if (kind === 'pool') pools.push(record);
    else if (kind === 'resolved') resolved.push(record);
    else if (kind === 'unseen') unseen.push(record);
  }
  return { pools, resolved, unseen };
}

const accounts = ['111111111111', '222222222222', '333333333333'];
const regions = ['eu-west-1', 'us-east-1'];
const poolNames = ['a', 'b', 'c'];
const paths = ['MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled', 'factors.allow'];
const places = accounts.flatMap((accountId) => regions.map((region) => ({ accountId, region })));

type Drawn = Record<string, Finding['status'] | 'none'>;

const anyFindings = fc.record(
  Object.fromEntries(
    paths.map((path) => [path, fc.constantFrom('drift', 'excepted', 'fixed', 'none', 'none')] as const),
  ),
);

const anyPool = fc.option(fc.record({ isRead: fc.boolean(), findings: anyFindings }));
const anyUnit = fc.record({
  status: fc.constantFrom('read', 'read', 'gap', 'absent'),
  pools: fc.tuple(anyPool, anyPool, anyPool),
});

/** Every place of the organization; pools stand only in units that were read, in whole or in part. */
export const anyNight: fc.Arbitrary<Records> = fc.tuple(...places.map(() => anyUnit)).map((drawn) => {
  const units = drawn
    .map((unit, index) => ({ ...unit, ...places[index]! }))
    .filter(({ status }) => status !== 'absent');
  return {
    units: units.map(({ accountId, region, status }) =>
      aUnit({ accountId, region, ...(status === 'gap' ? { status: 'gap', reason: 'throttled' } : {}) }),
    ),
    pools: units.flatMap(({ accountId, region, pools }) =>
      pools.flatMap((pool, index) =>
        pool === null ? [] : poolOf(accountId, region, `${region}_${poolNames[index]}`, pool.isRead, pool.findings),
      ),
    ),
  };
});

function poolOf(accountId: string, region: string, poolId: string, isRead: boolean, drawn: Drawn): PoolRecord {
  const findings = Object.entries(drawn).flatMap(([path, status]) =>
    status === 'none'
      ? []
      : [aFinding({ id: findingId(accountId, region, poolId, 'prod-customers', path), path, status })],
  );
  const hasDrift = findings.some(({ status }) => status === 'drift');
  const status = !isRead ? 'unreadable' : hasDrift ? 'drifted' : findings.length > 0 ? 'excepted' : 'compliant';
  return aPool({ accountId, region, poolId, status, findings });
}
