/**
 * A year of an organization, the same each time: about 500 accounts and 2,000 pools. Pools drift and are mended, come, go
 * and are made again; accounts come, go and are renamed; roles and regions fail for nights; users enrol.
 */
import { byFurtherRead } from '../../../src/domain/model/api/reads.ts';
import type { Account } from '../../../src/domain/model/observation.ts';
import type { ReadinessRecord } from '../../../src/domain/readiness/record.ts';
import type { ExceptionRecord, Gap, PoolRecord, Result, UnitRecord } from '../../../src/domain/result/result.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, aUnit } from '../../report/a-result.ts';

/** Fewer for a first look: `MFA_DRIFT_NIGHTS=40 npm run year`; `MFA_DRIFT_POOLS=10000`: more pools. */
export const nights = Number(process.env['MFA_DRIFT_NIGHTS'] ?? 365);
const accounts = 520;
const pools = Number(process.env['MFA_DRIFT_POOLS'] ?? 2080);
const regions = ['ap-southeast-2', 'eu-west-1', 'us-east-1'] as const;
const severities = ['critical', 'high', 'medium', 'low'] as const;
const owners = ['identity@example.com', 'payments@example.com', 'shop@example.com', null] as const;

export const dayOf = (night: number): string => new Date(Date.UTC(2026, 0, 1 + night)).toISOString().slice(0, 10);

/** 0 to 1, always the same of the same: the mixing of splitmix32. */
function chance(...parts: readonly number[]): number {
  const mixed = parts.reduce((seed, part) => {
    let value = (seed + Math.imul(part + 1, 0x9e3779b9)) | 0;
    value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
    value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
    return value ^ (value >>> 15);
  }, 1);
  return (mixed >>> 0) / 2 ** 32;
}

/** Twenty come during the year, and twenty go. */
function isThere(account: number, night: number): boolean {
  if (account >= accounts - 20) return night >= 15 * (account - accounts + 20);
  return account >= 20 || night < 15 * account + 30;
}

const isRenamed = (account: number, night: number): boolean => account % 17 === 3 && night >= 100 + (account % 50);
const accountId = (account: number): string =>
  String(account * 1_907_741_001 + 17)
    .padStart(12, '0')
    .slice(-12);
const accountOf = (pool: number): number => pool % accounts;
const regionOf = (pool: number): (typeof regions)[number] => regions[Math.floor(pool / accounts) % 3] ?? 'eu-west-1';

/** A role that fails in twelve accounts for three nights, and a region that fails for all in one, eight times a year. */
function isUnread(account: number, region: string | null, night: number): boolean {
  if (region === null) return night % 40 >= 37 && account % 43 === Math.floor(night / 40);
  return night % 45 === 44 && region === regions[Math.floor(night / 45) % 3];
}

/** Drift begins in every fourth pool, twice a year and again at its end, and is mended after one to sixty days. */
function isDrifting(pool: number, night: number): boolean {
  return [0, 1, 2].some((turn) => {
    if (chance(pool, turn, 1) >= 0.25) return false;
    const from = Math.floor(turn * 180 - 20 + chance(pool, turn, 2) * 180);
    const days = 1 + Math.floor(chance(pool, turn, 3) ** 2 * 60);
    return from <= night && night < from + days;
  });
}

/** Every fiftieth is deleted in the year; half of those are made again, under another id. */
function lifeOf(pool: number, night: number): 'first' | 'second' | 'gone' {
  if (pool % 50 !== 7) return 'first';
  const gone = 40 + Math.floor(chance(pool, 9) * 250);
  if (night < gone) return 'first';
  return pool % 100 === 7 && night >= gone + 2 ? 'second' : 'gone';
}

const exceptions: readonly ExceptionRecord[] = Array.from({ length: 12 }, (_, at) => ({
  ...anException,
  owner: owners[at % 3] ?? '',
  ticket: `SEC-${at}`,
  expires: dayOf(340 + at * 14),
  line: 4 + at * 8,
}));

function readinessOn(pool: number, night: number): ReadinessRecord | null {
  if (pool % 90 !== 11) return null;
  const share = Math.min(0.999, 0.2 + (night / 365) * 0.8 * chance(pool, 5));
  const shares = { share, low: Math.max(0, share - 0.02), high: Math.min(1, share + 0.02) };
  return {
    measuredAt: `${dayOf(night)}T02:14:30.000Z`,
    enrolment: null,
    design: 'whole-listing',
    asked: 100 + pool,
    outcomes: { ready: 440, 'must-enrol': 47, 'locked-out': 13, 'passkey-only': 0 },
    waitsFor: 0.9,
    population: 100 + pool,
    shares: { 'as-written': shares, lenient: shares },
    lockedOutAtMost: Math.ceil((1 - shares.low) * (100 + pool)),
  };
}

function poolOn(pool: number, life: 'first' | 'second', night: number): PoolRecord {
  const [account, region] = [accountOf(pool), regionOf(pool)];
  const isUnreadable = chance(pool, night, 7) < 0.0005;
  const isDrift = isDrifting(pool, night) && !isUnreadable;
  const exception = pool % 173 === 5 ? (exceptions[(pool * 7) % exceptions.length] ?? null) : null;
  const id = `${region}_${life === 'first' ? 'Pool' : 'Anew'}${String(pool).padStart(5, '0')}`;
  const passkeys = { RelyingPartyId: 'a.example', FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
  const owner = owners[account % owners.length] ?? null;
  const finding = aFinding({
    id: `finding-${id}`,
    severity: severities[pool % severities.length] ?? 'low',
    path: 'MfaConfiguration',
    expected: { oneOf: ['ON'] },
    actual: 'OFF',
    status: exception === null ? 'drift' : 'excepted',
    exception,
  });
  return aPool({
    accountId: accountId(account),
    accountName: nameOf(account, night),
    region,
    poolId: id,
    poolName: `customers-${pool}`,
    status: isUnreadable
      ? 'unreadable'
      : isDrift || exception !== null
        ? exception === null
          ? 'drifted'
          : 'excepted'
        : 'compliant',
    observedAt: `${dayOf(night)}T02:13:07.000Z`,
    config: isUnreadable
      ? null
      : {
          MfaConfiguration: isDrift ? 'OFF' : 'ON',
          SoftwareTokenMfaConfiguration: { Enabled: true },
          ...(chance(pool, 4) < night / 600 ? { WebAuthnConfiguration: passkeys } : {}),
        },
    ...byFurtherRead(() => ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } })),
    tags: owner === null ? {} : { Owner: owner },
    findings: isDrift || (exception !== null && !isUnreadable) ? [finding] : [],
    readiness: isUnreadable ? null : readinessOn(pool, night),
  });
}

const nameOf = (account: number, night: number): string =>
  `${isRenamed(account, night) ? 'platform' : 'team'}-${account}`;

export function yearNight(night: number): Result {
  const there = Array.from({ length: accounts }, (_, account) => account).filter((account) => isThere(account, night));
  const failed = there.filter((account) => isUnread(account, null, night));
  const readable = there.filter((account) => !failed.includes(account));
  const isIn = new Set(readable);
  const found = Array.from({ length: pools }, (_, pool) => pool).flatMap((pool) => {
    const life = lifeOf(pool, night);
    const account = accountOf(pool);
    if (life === 'gone' || !isIn.has(account) || isUnread(account, regionOf(pool), night)) return [];
    return [poolOn(pool, life, night)];
  });
  const counts = new Map<string, number>();
  for (const { accountId: id, region } of found)
    counts.set(`${id}/${region}`, (counts.get(`${id}/${region}`) ?? 0) + 1);
  const units = readable.flatMap((account) =>
    regions.map((region): UnitRecord => {
      const id = accountId(account);
      const base = { accountId: id, region, readAt: `${dayOf(night)}T02:12:00.000Z` };
      if (isUnread(account, region, night)) return aUnit({ ...base, status: 'gap', reason: 'AccessDenied', pools: 0 });
      return aUnit({ ...base, pools: counts.get(`${id}/${region}`) ?? 0 });
    }),
  );
  const gaps: readonly Gap[] = [
    ...failed.map((account) => aGap({ scope: 'account', accountId: accountId(account), region: null })),
    ...units.flatMap(({ accountId: id, region, status }) =>
      status === 'gap' ? [aGap({ accountId: id, region })] : [],
    ),
    ...found.flatMap(({ status, accountId: id, region, poolId }) =>
      status === 'unreadable' ? [aGap({ scope: 'pool', accountId: id, region, poolId, code: 'throttled' })] : [],
    ),
  ];
  return aResult({
    accounts: there.map((account): Account => anAccount({ id: accountId(account), name: nameOf(account, night) })),
    units,
    gaps,
    pools: found.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    run: {
      id: `run-${night}`,
      startedAt: `${dayOf(night)}T02:11:30.000Z`,
      finishedAt: `${dayOf(night)}T02:14:01.000Z`,
    },
  });
}

const keyOf = ({ accountId: id, region, poolId }: PoolRecord): string => `${id}/${region}/${poolId}`;
