/** What every format in the registry keeps, whatever the result holds. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockWarnings } from '../../src/domain/result/clock-warnings.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { formats, isFormatName } from '../../src/report/registry.ts';
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
  textOf,
  aPolicyRecord,
} from './a-result.ts';
import { everything } from './everything.ts';
import { plainOptions } from './plain-options.ts';

// A caller of any name has no account; the importing one is told.
const options = { ...plainOptions, securityHub: { accountId: '123456789012', region: null } };

/** One name in every place that holds a name of somebody else. */
function named(name: string): Result {
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

const hostileNames = [
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

const anyName = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.array(fc.constantFrom(...hostileNames), { minLength: 2, maxLength: 3 }).map((names) => names.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
);

/** Line ends apart, nothing that a terminal acts on: C0, DEL, C1, bidirectional and invisible characters. */
const unprintable = /(?!\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const names = Object.keys(formats).filter(isFormatName);

describe.each(names)('%s', (name) => {
  const onlyGaps = (): Result => aResult({ accounts: [anAccount()], gaps: [aGap(), aGap({ region: 'eu-west-1' })] });

  test('says that a clock is wrong, or that nobody knows', async () => {
    for (const [aheadMs, words] of [
      [90 * 86_400_000, 'is 90 days behind AWS'],
      [null, 'could not be had'],
    ] as const) {
      const text = await textOf(formats[name](aResult({ warnings: clockWarnings(aheadMs) }), options));
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
    }
  });

  test.each([
    ['an empty organization', aResult],
    ['only gaps', onlyGaps],
    ['everything', everything],
  ])('says something of %s and ends in one newline', async (_name, result) => {
    const text = await textOf(formats[name](result(), options));
    expect(text.trim()).not.toBe('');
    expect(text).toMatch(/\S\r?\n$/);
  });

  test('says of a pool that no policy matches whether that is new, and since when it is not', async () => {
    const told = (change: 'new' | 'persisting'): Promise<string> => {
      const finding = aFinding({ policy: null, path: '', file: null, line: null, column: null, change });
      const since = change === 'new' ? '2026-11-18T02:11:30.000Z' : '2026-11-01T02:11:30.000Z';
      const pool = aPool({ status: 'uncovered', policies: [], findings: [{ ...finding, since }] });
      return textOf(formats[name](aResult({ pools: [pool], resolved: [] }), options));
    };
    const [fresh, old] = [await told('new'), await told('persisting')];
    const without = (text: string): string => text.replace(/.*1 (?:finding )?(?:new|persist).*/g, '');
    expect(without(fresh)).not.toBe(without(old));
  });

  test('gives the same bytes for the same result', async () => {
    const once = await textOf(formats[name](everything(), options));
    expect(await textOf(formats[name](everything(), options))).toBe(once);
  });

  test('shows a gap where nothing drifts', async () => {
    const clean = await textOf(formats[name](aResult({ accounts: [anAccount()] }), options));
    const text = await textOf(formats[name](onlyGaps(), options));
    expect(text).not.toBe(clean);
    expect(text).toMatch(/AccessDenied/);
  });

  test('prints no character that a terminal or a log would act on, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async (hostile) => {
        const text = await textOf(formats[name](named(hostile), options));
        expect(text).not.toMatch(unprintable);
        expect(text).not.toMatch(/##(?:\[|vso\[)/);
        expect(text).toMatch(/\S\r?\n$/);
      }),
      { numRuns: 60, examples: hostileNames.map((hostile): [string] => [hostile]) },
    );
  });
});

test.each(names.filter((name) => name !== 'github'))('%s begins no line with a workflow command', async (name) => {
  for (const hostile of hostileNames) {
    expect(await textOf(formats[name](named(hostile), options))).not.toMatch(/^\s*::/m);
  }
});

describe('what is shared', () => {
  const secrets = /topsecret-id|wanted-secret/;

  test.each(names.filter((name) => name !== 'json' && name !== 'ndjson'))(
    '%s masks the external id of an SMS role unless it is told not to',
    async (name) => {
      expect(await textOf(formats[name](everything(), options))).not.toMatch(secrets);
    },
  );

  test('json and ndjson keep it: they are the data', async () => {
    for (const name of ['json', 'ndjson'] as const) {
      expect(await textOf(formats[name](everything(), options))).toMatch(secrets);
    }
  });
});
