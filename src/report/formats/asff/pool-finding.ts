import { partitionOf } from '../../../domain/model/regions.ts';
import type { Finding, PoolRecord, PolicyRecord } from '../../../domain/result/result.ts';
import { poolBlameInWords, principalInWords } from '../../text/blame-words.ts';
import { findingInWords, poolInWords, wayOut } from '../../text/finding-words.ts';

import { readinessLines } from '../../text/readiness-words.ts';
import { sentence as withStop } from '../../text/sentence.ts';
import { foundInWords, wantedInWords } from '../../text/value-words.ts';
import { findingOf, text, type Common, type Importer, type Label } from './finding.ts';
import type { Severity } from '../../../domain/model/severity.ts';

const labels: Readonly<Record<Severity, Label>> = {
  info: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};

/** What is told of a pool and of a finding, also of one that is there no more. */
export type ToldPool = Pick<
  PoolRecord,
  'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName' | 'poolArn' | 'observedAt' | 'requestId' | 'blame'
> &
  Partial<Pick<PoolRecord, 'readiness'>>;
export type ToldFinding = Pick<
  Finding,
  'id' | 'policy' | 'severity' | 'path' | 'expected' | 'actual' | 'status' | 'file' | 'line' | 'exception' | 'since'
>;

function blameFields(pool: ToldPool): Common['fields'] {
  const event = pool.blame?.event ?? null;
  return {
    LastChange: poolBlameInWords(pool),
    ChangedAt: event?.at ?? null,
    ChangedBy: event === null ? null : principalInWords(event.who),
    ChangedFrom: event?.agent ?? null,
    ChangeEvent: event?.id ?? null,
  };
}

/** Shares from 0 to 1; `Readiness` says all of it in words. */
function readinessFields({ readiness = null }: ToldPool): Common['fields'] {
  if (readiness === null) return {};
  const { shares, waitsFor, lockedOutAtMost, measuredAt } = readiness;
  const { share, low, high } = shares['as-written'];
  return {
    Readiness: readinessLines(readiness).join(' '),
    Ready: String(share),
    ReadyLow: String(low),
    ReadyHigh: String(high),
    ReadyWaitsFor: String(waitsFor),
    LockedOutAtMost: String(lockedOutAtMost),
    ReadyMeasuredAt: measuredAt,
  };
}

export function poolFinding(
  pool: ToldPool,
  finding: ToldFinding,
  facts: PolicyRecord | undefined,
  importer: Importer,
): object {
  const sentence = findingInWords(finding);
  const common: Common = {
    id: finding.id,
    generator: finding.policy ?? 'uncovered',
    label: labels[finding.severity],
    title: sentence,
    description: withStop(`${poolInWords(pool)}: ${sentence}`),
    remedy: wayOut(finding),
    createdAt: finding.since ?? pool.observedAt,
    isArchived: finding.status !== 'drift',
    fields: {
      AccountId: pool.accountId,
      AccountName: pool.accountName,
      Region: pool.region,
      Path: finding.path,
      Wanted: finding.policy === null ? null : wantedInWords(finding.expected),
      Found: finding.policy === null ? null : foundInWords(finding.actual),
      Status: finding.status,
      PolicyFile: finding.file,
      PolicyLine: finding.line === null ? null : String(finding.line),
      ExceptionReason: finding.exception?.reason ?? null,
      ExceptionOwner: finding.exception?.owner ?? null,
      ExceptionExpires: finding.exception?.expires ?? null,
      RequestId: pool.requestId,
      ...blameFields(pool),
      ...readinessFields(pool),
    },
  };
  return {
    ...findingOf(common, importer),
    Compliance: {
      Status: finding.status === 'fixed' ? 'PASSED' : 'FAILED',
      // At most 32 (API reference, Compliance).
      RelatedRequirements: (facts?.controls ?? []).slice(0, 32).map((control) => text(control, 512)),
    },
    Resources: [
      {
        Type: 'Other',
        Id: text(pool.poolArn, 512),
        Partition: partitionOf(pool.region),
        Region: pool.region,
        Details: {
          Other: { PoolId: text(pool.poolId, 1024), PoolName: text(pool.poolName, 1024), AccountId: pool.accountId },
        },
      },
    ],
  };
}
