import { partitionOf } from '../../../domain/model/regions.ts';
import type { Finding, PoolRecord, PolicyRecord } from '../../../domain/result/result.ts';
import { principalInWords } from '../../text/blame-words.ts';
import { findingInWords, poolInWords, wayOut } from '../../text/finding-words.ts';

import { cloudOf, complianceStatus, eventOf, exceptionInWords, type Origin, type State } from './event.ts';
import type { Severity } from '../../../domain/model/severity.ts';

export const severities: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

function stateOf({ status, change }: Finding): State {
  switch (status) {
    case 'fixed':
      return { activity: 3, status: 4 };
    case 'excepted':
      return { activity: 2, status: 3 };
    case 'drift':
      return change === 'persisting' ? { activity: 2, status: 2 } : { activity: 1, status: 1 };
  }
}

export function findingEvent(
  pool: PoolRecord,
  finding: Finding,
  facts: PolicyRecord | undefined,
  origin: Origin,
): object {
  const sentence = findingInWords(finding);
  const seen = Date.parse(pool.observedAt);
  return {
    ...eventOf(stateOf(finding), severities[finding.severity], origin),
    time: seen,
    message: `${poolInWords(pool)}: ${sentence}`,
    finding_info: {
      uid: finding.id,
      title: sentence,
      types: ['Configuration drift'],
      last_seen_time: seen,
      ...(finding.since === null ? {} : { first_seen_time: Date.parse(finding.since) }),
    },
    compliance: {
      control: finding.policy ?? 'every pool is matched by a policy',
      ...(typeof facts?.description === 'string' ? { desc: facts.description } : {}),
      requirements: facts?.controls ?? [],
      ...complianceStatus(finding.status === 'fixed' ? 1 : 3),
      ...(finding.exception === null ? {} : { status_details: [exceptionInWords(finding.exception)] }),
    },
    evidences: [{ name: finding.path, data: evidenceOf(pool, finding), ...changeOf(pool) }],
    remediation: { desc: wayOut(finding) },
    resources: [resourceOf(pool)],
    cloud: cloudOf(pool.accountId, pool.accountName, pool.region, origin.head),
  };
}

function evidenceOf(
  { config, requestId, blame, readiness }: PoolRecord,
  { expected, actual, file, line }: Finding,
): object {
  return {
    expected,
    actual,
    config,
    requestId,
    policyFile: file,
    policyLine: line,
    ...(blame === undefined ? {} : { lastChange: blame }),
    ...(readiness === null ? {} : { readiness }),
  };
}

/** The call that changed the pool last, as CloudTrail has it, and whose it was. */
function changeOf({ blame }: PoolRecord): object {
  const event = blame?.event ?? null;
  if (event === null) return {};
  const { who, name, id } = event;
  return {
    api: { operation: name, service: { name: 'cognito-idp.amazonaws.com' }, request: { uid: id } },
    actor: { user: { name: principalInWords(who), ...(who.arn === null ? {} : { uid: who.arn }) } },
  };
}

export function resourceOf({
  poolArn,
  poolName,
  region,
  accountId,
  accountName,
  tags,
}: Pick<PoolRecord, 'poolArn' | 'poolName' | 'region' | 'accountId' | 'accountName' | 'tags'>): object {
  return {
    uid: poolArn,
    name: poolName,
    type: 'AWS::Cognito::UserPool',
    region,
    cloud_partition: partitionOf(region),
    owner: { account: { uid: accountId, ...(accountName === null ? {} : { name: accountName }) } },
    ...(tags === null ? {} : { tags: Object.entries(tags).map(([name, value]) => ({ name, value })) }),
  };
}
