/** A night of a large organization: units of units, regions that are denied, pools that drift, and a night before. */
import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import type { Account } from '../../src/domain/model/observation.ts';
import type { PoolRecord, PoolStatus, Result, UnitRecord } from '../../src/domain/result/result.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResolved, aResult, aSkip, aUnit } from './a-result.ts';

const regions = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

const teams = ['payments', 'identity', 'shop', 'logistics', 'data', 'search', 'ledger', 'support'] as const;
const stages = ['Prod', 'Staging', 'Sandbox'] as const;

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
const accountId = (at: number): string => String(100_000_000_000 + at * 7_919);

function accountOf(at: number): Account {
  const [team, stage] = [pick(teams, at), pick(stages, at >> 3)];
  const path = [
    { id: 'ou-ab12-workload', name: 'Workloads' },
    { id: `ou-ab12-${stage.toLowerCase()}00`, name: stage },
    { id: `ou-ab12-${team}${stage.toLowerCase()}`, name: team },
  ];
  return anAccount({
    id: accountId(at),
    name: `${team}-${stage.toLowerCase()}-${at}`,
    path: at % 50 === 0 ? [] : path,
  });
}

const isSuspended = (at: number): boolean => at % 83 === 82;
const isClosedOff = (at: number): boolean => at % 97 === 96;
const isDenied = (at: number, region: string): boolean =>
  at % 31 === 30 && region.startsWith('ap-') && region !== 'ap-south-1';
const isEnabled = (at: number, region: string): boolean => region !== 'sa-east-1' || at % 2 === 0;
const homes = ['eu-west-1', 'us-east-1', 'eu-central-1'] as const;

function poolOf(at: number, number: number): PoolRecord {
  const region = number % 7 === 6 ? pick(regions, at + number) : pick(homes, number);
  const turn = (at * 5 + number * 3) % 61;
  const status: PoolStatus =
    turn < 4 ? 'drifted' : turn === 4 ? 'uncovered' : turn === 5 ? 'unreadable' : turn < 8 ? 'excepted' : 'compliant';
  const change = turn % 2 === 0 ? 'new' : 'persisting';
  const severity = pick(['critical', 'high', 'medium', 'low'] as const, at + number);
  const exception = status === 'excepted' ? anException : null;
  const findings =
    status === 'compliant' || status === 'unreadable'
      ? []
      : [
          aFinding({
            id: `${at}-${number}`,
            severity,
            change,
            status: exception === null ? 'drift' : 'excepted',
            exception,
          }),
        ];
  const passkeys = { RelyingPartyId: 'a.example', FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
  const account = accountOf(at);
  return aPool({
    accountId: account.id,
    accountName: account.name,
    region,
    poolId: `${region}_Pool${String(at).padStart(5, '0')}${number}`,
    poolName: `${pick(['customers', 'staff-portal', 'partners', 'devices'], at + number)}-${number}`,
    status,
    earlierStatus: turn === 0 || turn === 2 ? 'compliant' : turn === 8 ? 'drifted' : turn === 9 ? 'unreadable' : status,
    config:
      status === 'unreadable'
        ? null
        : {
            MfaConfiguration: turn < 2 ? 'OFF' : turn % 3 === 0 ? 'ON' : 'OPTIONAL',
            SoftwareTokenMfaConfiguration: { Enabled: turn > 1 },
            ...(turn % 5 === 0
              ? { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::1:role/s' } } }
              : {}),
            ...(turn % 11 === 0 ? { WebAuthnConfiguration: passkeys } : {}),
          },
    ...byFurtherRead(() =>
      turn % 4 === 0 ? { Policies: {}, SmsConfiguration: {}, EmailConfiguration: {}, UserPoolTier: 'PLUS' } : null,
    ),
    findings,
  });
}

/** Accounts without a pool too: every third has some. */
function poolsOf(at: number): readonly PoolRecord[] {
  if (at % 3 !== 0 || isSuspended(at) || isClosedOff(at)) return [];
  return Array.from({ length: 4 + (at % 9) }, (_, number) => poolOf(at, number));
}

function unitsOf(at: number, pools: readonly PoolRecord[]): readonly UnitRecord[] {
  if (isSuspended(at) || isClosedOff(at)) return [];
  return regions.map((region) => {
    if (!isEnabled(at, region))
      return aUnit({ accountId: accountId(at), region, status: 'skipped', reason: 'region-not-enabled', pools: 0 });
    if (isDenied(at, region))
      return aUnit({ accountId: accountId(at), region, status: 'gap', reason: 'AccessDenied', pools: 0 });
    const count = pools.filter((pool) => pool.region === region).length;
    return aUnit({ accountId: accountId(at), region, pools: count });
  });
}

export function largeNight(accounts: number): Result {
  const all = Array.from({ length: accounts }, (_, at) => at);
  const poolsAt = all.map((at) => poolsOf(at).filter(({ region }) => !isDenied(at, region)));
  const pools = poolsAt.flat();
  const units = all.flatMap((at) => unitsOf(at, poolsAt[at] ?? []));
  return aResult({
    accounts: all.map((at) => (isSuspended(at) ? { ...accountOf(at), state: 'SUSPENDED' } : accountOf(at))),
    units,
    gaps: [
      ...units.flatMap(({ accountId: id, region, status }) =>
        status === 'gap' ? [aGap({ accountId: id, region })] : [],
      ),
      ...all.filter(isClosedOff).map((at) => aGap({ scope: 'account', accountId: accountId(at), region: null })),
      ...pools.flatMap(({ status, accountId: id, region, poolId }) =>
        status === 'unreadable' ? [aGap({ scope: 'pool', accountId: id, region, poolId })] : [],
      ),
    ],
    skipped: all
      .filter(isSuspended)
      .map((at) => aSkip({ scope: 'account', accountId: accountId(at), region: null, reason: 'suspended' })),
    pools,
    resolved: [
      aResolved(),
      aResolved({ id: 'two', severity: 'critical' }),
      aResolved({ id: 'three', severity: 'critical' }),
    ],
    run: { baseline: { runId: 'last', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'a'.repeat(64) } },
  });
}
