/** A result with one of everything in it, as a bad night looks. */
import type { Result } from '../../src/domain/result/result.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  anException,
  aPool,
  aResolved,
  aResult,
  aSkip,
  aUnit,
} from './a-result.ts';

const regions = ['af-south-1', 'ap-east-1', 'ap-south-2', 'eu-south-1', 'me-south-1'];

export function everything(): Result {
  return aResult({
    remediation: {
      outcomes: { applied: 1, unchanged: 0, refused: 1, stale: 0, failed: 1, unknown: 0, 'not-started': 0 },
      journal: { file: 'j.ndjson', digest: `sha256:${'9be1c0ff'.repeat(8)}` },
      stop: null,
    },
    accounts: [
      anAccount(),
      anAccount({ id: '222233334444', name: 'payments-prod' }),
      anAccount({ id: '333344445555', name: 'closed-one', state: 'SUSPENDED', path: null }),
      anAccount({ id: '444455556666', name: 'sandbox-7', path: [] }),
      anAccount({ id: '777788889999', name: null }),
    ],
    units: [
      aUnit({ pools: 4 }),
      aUnit({ region: 'me-south-1', status: 'skipped', reason: 'region-not-enabled', pools: 0 }),
      aUnit({ accountId: '222233334444', pools: 2 }),
      ...regions.map((region) => aUnit({ accountId: '444455556666', region, status: 'gap', reason: 'AccessDenied' })),
    ],
    gaps: [
      aGap({
        scope: 'pool',
        accountId: '222233334444',
        region: 'eu-west-1',
        poolId: 'eu-west-1_Unreadable',
        code: 'selector-unreadable',
        message: 'The tags of the pool could not be read, and the policy workforce selects by them',
        remedy: 'allow cognito-idp:DescribeUserPool to the audit role',
      }),
      ...regions.map((region) => aGap({ region, message: aGap().message.replaceAll('ap-east-1', region) })),
      aGap({
        scope: 'account',
        accountId: '777788889999',
        region: null,
        message: 'role MfaDriftAudit could not be assumed',
        remedy: 'deploy the audit role there: deploy/audit-role.yaml',
      }),
      aGap({ accountId: '777788889999', region: 'us-west-2', code: 'network', accepted: anException }),
    ],
    skipped: [
      aSkip(),
      aSkip({ scope: 'account', accountId: '333344445555', region: null, reason: 'suspended' }),
      aSkip({ scope: 'pool', region: 'eu-west-1', poolId: 'eu-west-1_Gone', reason: 'pool-deleted' }),
    ],
    warnings: [
      {
        code: 'exception-expiring',
        message: 'The exception ends in 12 days',
        file: 'policies/exceptions.yaml',
        line: 4,
      },
      { code: 'baseline-missing', message: 'There is no baseline yet', file: null, line: null },
    ],
    run: {
      baseline: { runId: 'run-0', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'b'.repeat(64) },
    },
    resolved: [
      aResolved({ id: 'r-fixed' }),
      aResolved({
        id: 'r-secret',
        path: 'SmsMfaConfiguration.SmsConfiguration.ExternalId',
        expected: 'wanted-secret',
        actual: 'topsecret-id',
        reason: 'policy-changed',
      }),
      aResolved({ id: 'r-gone', poolId: 'eu-west-1_Vanished1', poolName: 'old-shop', reason: 'pool-gone' }),
    ],
    unseen: [anEarlier({ id: 'u-1', accountId: '444455556666', accountName: 'sandbox-7', region: 'ap-east-1' })],
    pools: [
      aPool({
        earlierStatus: 'drifted',
        remediation: {
          outcome: 'applied',
          risk: 'tightening',
          code: null,
          message: '',
          before: { MfaConfiguration: 'OFF' },
          after: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
          journal: 'j.ndjson',
        },
      }),
      aPool({
        poolId: 'eu-west-1_Excepted1',
        status: 'excepted',
        findings: [aFinding({ id: 'f-excepted', status: 'excepted', exception: anException })],
      }),
      aPool({
        poolId: 'eu-west-1_NoPolicy1',
        poolName: 'forgotten',
        status: 'uncovered',
        policies: [],
        findings: [
          aFinding({
            id: 'f-uncovered',
            policy: null,
            severity: 'medium',
            path: '',
            expected: null,
            actual: null,
            file: null,
            line: null,
            column: null,
          }),
        ],
      }),
      aPool({
        poolId: 'eu-west-1_Zz98Yy76X',
        status: 'drifted',
        managedBy: 'CloudFormation',
        replicaOf: 'us-east-1',
        config: {
          MfaConfiguration: 'OFF',
          SmsMfaConfiguration: {
            SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sns', ExternalId: 'topsecret-id' },
          },
          SurpriseMember: { Deep: true },
        },
        unknownFields: ['SurpriseMember'],
        findings: [
          aFinding({ change: 'persisting', since: '2026-11-01T02:14:00.000Z' }),
          aFinding({
            id: 'f-new',
            path: 'SmsMfaConfiguration.SmsConfiguration.ExternalId',
            expected: 'wanted-secret',
            actual: 'topsecret-id',
            line: 12,
            change: 'new',
            fix: { risk: 'disruptive', refused: 'risk', status: null },
          }),
        ],
        readiness: {
          measuredAt: '2026-11-22T02:14:30.000Z',
          waitsFor: 0.98,
          enrolment: null,
          design: 'whole-listing',
          population: 12_480,
          asked: 500,
          outcomes: { ready: 440, 'must-enrol': 47, 'locked-out': 13, 'passkey-only': 0 },
          shares: {
            'as-written': { share: 0.88, low: 0.851, high: 0.904 },
            lenient: { share: 0.9, low: 0.873, high: 0.922 },
          },
          lockedOutAtMost: 1860,
        },
        remediation: {
          outcome: 'refused',
          risk: null,
          code: 'risk',
          message: 'The change is disruptive (Messages fail).',
          before: null,
          after: null,
          journal: null,
        },
      }),
      aPool({
        accountId: '222233334444',
        accountName: 'payments-prod',
        poolName: 'staff-portal',
        poolId: 'eu-west-1_Cc11Dd22E',
        policies: ['floor', 'workforce'],
        status: 'drifted',
        findings: [
          aFinding({
            id: 'f-critical',
            policy: 'workforce',
            severity: 'critical',
            path: 'MfaConfiguration',
            expected: { oneOf: ['ON'] },
            actual: 'OPTIONAL',
            file: 'policies/workforce.yaml',
            line: 14,
            exception: { ...anException, expired: true, expires: '2026-11-01', line: 20 },
          }),
          aFinding({
            id: 'f-factors',
            policy: 'workforce',
            severity: 'critical',
            path: 'factors.allow',
            expected: ['totp', 'passkey'],
            actual: ['totp', 'sms'],
            file: 'policies/workforce.yaml',
            line: 16,
          }),
          aFinding({ id: 'f-fixed', policy: 'floor', severity: 'low', status: 'fixed' }),
        ],
        remediation: {
          outcome: 'failed',
          risk: 'tightening',
          code: null,
          message: 'cognito-idp:SetUserPoolMfaConfig: Rate exceeded. Try later.',
          before: {},
          after: null,
          journal: 'j.ndjson',
        },
      }),
      aPool({
        accountId: '222233334444',
        accountName: 'payments-prod',
        poolId: 'eu-west-1_Unreadable',
        poolName: 'no-tags-known',
        status: 'unreadable',
      }),
    ],
  });
}
