/** Names that a terminal, a log, a page or a channel would act on, in every place that holds a name of somebody else. */
import * as fc from 'fast-check';
import type { Result } from '../../src/domain/result/result.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  anException,
  aPolicyRecord,
  aPool,
  aResolved,
  aResult,
  aSkip,
  aUnit,
} from './a-result.ts';

/** One name in every place that holds a name of somebody else. */
export function named(name: string): Result {
  const exception = { ...anException, reason: name, owner: name, ticket: name, file: name };
  return aResult({
    remediation: {
      outcomes: { applied: 0, unchanged: 0, refused: 0, stale: 0, failed: 1, unknown: 1, 'not-started': 0 },
      journal: { file: name, digest: name },
      stop: { reason: 'failures', message: name },
    },
    accounts: [anAccount({ name, path: [{ id: 'ou-ab12-cdef3456', name }], tags: { [name]: name } })],
    gaps: [
      aGap({ accountId: '111122223333', message: name, remedy: name }),
      aGap({ message: `${name} ${name}`, accepted: exception }),
      aGap({ scope: 'pool', accountId: name, region: name, poolId: name, code: 'network' }),
      aGap({ scope: 'account', accountId: name, region: null, code: 'credentials' }),
      aGap({ accountId: name, region: name, code: 'throttled' }),
    ],
    units: [aUnit({ accountId: name, region: name })],
    skipped: [aSkip({ scope: 'pool', accountId: name, region: name, poolId: name, reason: 'pool-deleted' })],
    warnings: [{ code: 'conflict', message: name, file: name, line: 1 }],
    run: {
      scope: { accounts: 'organization', filters: { account: [name] }, regions: 'enabled' },
      policySet: [aPolicyRecord({ name, description: name, controls: [name], file: name })],
      policies: [{ file: name, sha256: 'a'.repeat(64), names: [name], text: name }],
      callerArn: name,
      baseline: { runId: name, startedAt: '2026-11-17T02:00:00.000Z', policySetSha256: name },
      from: { runId: name, startedAt: '2026-11-17T02:00:00.000Z', policySetSha256: name },
    },
    resolved: [aResolved({ poolName: name, accountName: name, policy: name, path: name, actual: name, file: name })],
    unseen: [anEarlier({ poolName: name, accountName: name, policy: name, path: name, actual: name, file: name })],
    pools: [
      aPool({
        accountName: name,
        poolName: name,
        status: 'drifted',
        policies: [name],
        managedBy: name,
        config: { [name]: name },
        unknownFields: [name],
        userPool: { Name: name },
        tags: { [name]: name },
        findings: [
          aFinding({ policy: name, path: name, expected: { pattern: name }, actual: name, file: name }),
          aFinding({ id: 'f-2', expected: [name], actual: { [name]: name }, status: 'excepted', exception }),
        ],
        remediation: {
          outcome: 'failed',
          risk: null,
          code: name,
          message: name,
          before: null,
          after: null,
          journal: name,
        },
      }),
      aPool({
        accountId: name,
        accountName: null,
        region: name,
        poolId: name,
        poolArn: name,
        replicaOf: name,
        requestId: name,
        status: 'drifted',
        findings: [aFinding({ id: name, policy: null, change: 'persisting', since: name })],
        remediation: {
          outcome: 'unknown',
          risk: null,
          code: null,
          message: '',
          before: null,
          after: null,
          journal: null,
        },
      }),
    ],
  });
}

export const hostileNames = [
  '\u001B[2J\u001B]8;;http://example.com\u0007click\u001B]8;;\u0007',
  '\u009B31m',
  'a\u202Egnp.exe\u2066\u200B',
  '::add-mask::secret\n::error::owned',
  '##[error]owned ##vso[task.complete]',
  '=cmd|"/c calc"!A1',
  '@SUM(1+1)',
  '+1\t-1\r',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>\' onmouseover=alert(1)',
  ']]> <!-- --> <?xml ?> &amp; &#0;',
  '| a | `b` **c** [d](javascript:alert(1)) <!-- @octocat #1 |\n| --- |',
  '\uD800 lone \uDFFF',
  '\u2028\u2029\u0000\uFFFE\uFEFF',
  '${env:SECRET} {{ secrets.X }} $(id) `id` %0A%0D',
  '../../etc/passwd file:///c:/windows',
  '😀 ｗｉｄｅ 名前 e\u0301',
];

export const anyName = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.array(fc.constantFrom(...hostileNames), { minLength: 2, maxLength: 3 }).map((names) => names.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
);

/** Line ends apart, nothing that a terminal acts on: C0, DEL, C1, bidirectional and invisible characters. */
export const unprintable = /(?!\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
