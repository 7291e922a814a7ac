/** A small organization over some nights, as results: pools that drift and are mended, come and go, and can't be read. */
import type { PoolRecord, Result } from '../../src/domain/result/result.ts';
import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, aUnit } from '../report/a-result.ts';

/** With a leading zero, which readers like to lose. */
export const accounts = ['000011112222', '111122223333', '444455556666'] as const;
const severities = ['critical', 'high', 'medium'] as const;

/** What a pool is on a night: drifting from and until, there from and until, all nights from 0. */
interface Life {
  readonly at: number;
  readonly born: number;
  readonly gone: number;
  readonly drifts: number;
  readonly mended: number;
}

export const lives: readonly Life[] = Array.from({ length: 24 }, (_, at) => ({
  at,
  born: at === 20 ? 9 : 0,
  gone: at === 21 ? 9 : 99,
  drifts: at % 3 === 0 ? at % 5 : 99,
  mended: at % 6 === 0 ? 99 : (at % 5) + 3,
}));

export const dayOf = (night: number): string => new Date(Date.UTC(2026, 2, 1 + night)).toISOString().slice(0, 10);
export const severityOf = (at: number) => severities[(at / 3) % severities.length] ?? 'low';
export const accountOf = (at: number): string => accounts[at % accounts.length] ?? '';
export const poolIdOf = (at: number): string => `eu-west-1_Pool${String(at).padStart(5, '0')}`;
export const isThere = ({ born, gone }: Life, night: number): boolean => born <= night && night < gone;
export const isDrifting = ({ drifts, mended }: Life, night: number): boolean => drifts <= night && night < mended;
/** Passkeys spread, a pool a night. */
export const hasPasskey = ({ at }: Life, night: number): boolean => at < night;
export const isUnread = (night: number): boolean => night % 4 === 1;
/** That excuses a finding of pool 1 every night. */
export const exception = { ...anException, expires: '2026-03-20' };

function poolOn(life: Life, night: number): PoolRecord {
  const { at } = life;
  const passkeys = { RelyingPartyId: 'a.example', FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
  const firstFactors = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } };
  const drift = isDrifting(life, night)
    ? [aFinding({ id: `drift-${at}`, severity: severityOf(at), path: 'MfaConfiguration' })]
    : [];
  const excused = at === 1 ? [aFinding({ id: 'excused-1', status: 'excepted', exception })] : [];
  return aPool({
    accountId: accountOf(at),
    accountName: `account ${accountOf(at)}`,
    poolId: poolIdOf(at),
    status: drift.length > 0 ? 'drifted' : excused.length > 0 ? 'excepted' : 'compliant',
    observedAt: `${dayOf(night)}T02:13:07.000Z`,
    config: {
      MfaConfiguration: drift.length > 0 ? 'OFF' : 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      ...(hasPasskey(life, night) ? { WebAuthnConfiguration: passkeys } : {}),
    },
    ...byFurtherRead(() => firstFactors),
    findings: [...drift, ...excused],
    remediation:
      at === 3 && night === 4
        ? {
            outcome: 'applied',
            risk: 'tightening',
            code: null,
            message: '',
            before: { MfaConfiguration: 'OFF' },
            after: { MfaConfiguration: 'ON' },
            journal: 'journal.ndjson',
          }
        : null,
  });
}

/** The night's result; its run is `run-NIGHT`. */
export function resultOf(night: number): Result {
  const startedAt = `${dayOf(night)}T02:11:30.000Z`;
  const pools = lives.filter((life) => isThere(life, night)).map((life) => poolOn(life, night));
  pools.sort((a, b) => (`${a.accountId}${a.poolId}` < `${b.accountId}${b.poolId}` ? -1 : 1));
  const gap = { accountId: accounts[2], region: 'us-east-1' };
  const units = accounts.map((accountId) =>
    aUnit({ accountId, pools: pools.filter((pool) => pool.accountId === accountId).length }),
  );
  const unread = aUnit({ ...gap, status: 'gap', reason: 'AccessDenied', pools: 0 });
  return aResult({
    accounts: accounts.map((id) => anAccount({ id, name: `account ${id}` })),
    units: isUnread(night) ? [...units, unread] : units,
    gaps: isUnread(night) ? [aGap(gap)] : [],
    pools,
    run: { id: `run-${night}`, startedAt, finishedAt: `${dayOf(night)}T02:14:01.000Z` },
  });
}
