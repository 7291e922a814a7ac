import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/domain/result.ts';
import type { FormatOptions } from '../../src/report/format.ts';
import { sarif } from '../../src/report/sarif/sarif.ts';
import { aFinding, aGap, anException, aPool, aResult, textOf } from './a-result.ts';
import { everything } from './everything.ts';
import { hugeResult } from './huge-result.ts';
import { temporaryFolder } from '../temporary.ts';

const options: FormatOptions = { columns: 80, color: false, redact: true, fallbackFile: 'mfa-drift.yaml' };
const schemaFile = new URL('schemas/sarif-schema-2.1.0.json', import.meta.url);

function written(result: Result): Promise<string> {
  return textOf(sarif(result, options));
}

async function runOf(result: Result) {
  const log = JSON.parse(await written(result));
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

function drifting(members: Parameters<typeof aFinding>[0]): Result {
  return aResult({ pools: [aPool({ status: 'drifted', findings: [aFinding(members)] })] });
}

const hostile = '\u001B]8;; [click](http://example.com) {0} \uD800 \u202E "';

const samples: [string, Result][] = [
  ['an empty organization', aResult()],
  ['only gaps', aResult({ gaps: [aGap(), aGap({ accepted: anException })] })],
  ['everything', everything()],
  [
    'hostile names',
    aResult({
      gaps: [aGap({ message: hostile, remedy: hostile })],
      pools: [
        aPool({
          poolName: hostile,
          accountName: hostile,
          findings: [aFinding({ policy: hostile, path: hostile, file: hostile })],
        }),
      ],
    }),
  ],
];

test.each(samples)('%s is valid SARIF 2.1.0', async (_name, result) => {
  const ajv = new Ajv.default({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(await readFile(schemaFile, 'utf8')));
  validate(JSON.parse(await written(result)));
  expect(validate.errors).toBeNull();
});

const multitool = process.env['SARIF_MULTITOOL'] ?? 'sarif-multitool';
const hasMultitool = spawnSync(multitool, ['--version']).error === undefined;

/** An independent checker of SARIF's rules (npm: @microsoft/sarif-multitool); its path may be in SARIF_MULTITOOL. */
test.skipIf(!hasMultitool).each(samples)('%s breaks no rule of the SARIF multitool', async (_name, result) => {
  const file = join(await temporaryFolder(), 'report.sarif');
  await writeFile(file, await written(result));
  const { stdout, stderr } = spawnSync(multitool, ['validate', file, '--level', 'Error;Warning'], { encoding: 'utf8' });
  expect(`${stdout}${stderr}`).not.toMatch(/: (?:error|warning) /);
});

describe('a result', () => {
  test('stands at the line of the policy that asks for it', async () => {
    const { results, tool } = await runOf(drifting({}));
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      ruleId: 'prod-customers',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/customers.yaml' },
            region: { startLine: 9, startColumn: 3 },
          },
          logicalLocations: [
            { fullyQualifiedName: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12Cd34E' },
          ],
        },
      ],
    });
    expect(tool.driver.rules[results[0].ruleIndex]).toMatchObject({
      id: 'prod-customers',
      fullDescription: { text: 'Customer pools in production require an authenticator app.' },
      properties: { 'security-severity': '8.0', tags: ['security', 'mfa', 'NIST-800-63B-4 AAL2', 'CIS-8.1 6.3'] },
    });
  });

  test('of a pool without a policy points at the configuration', async () => {
    const { results } = await runOf(drifting({ policy: null, path: '', file: null, line: null, column: null }));
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'mfa-drift.yaml' },
      region: { startLine: 1 },
    });
  });

  test('keeps its fingerprint when its line moves, and shares it with no other finding of that line', async () => {
    const prints = await Promise.all(
      [aFinding(), aFinding({ line: 40 }), aFinding({ id: 'another' })].map(async (finding) => {
        const { results } = await runOf(drifting(finding));
        return results[0].partialFingerprints.primaryLocationLineHash;
      }),
    );
    expect(prints[0]).toBe(prints[1]);
    expect(prints[2]).not.toBe(prints[0]);
  });

  test('says how it compares with the baseline, and nothing without one', async () => {
    const states = await Promise.all(
      (['new', 'persisting', null] as const).map(
        async (change) => (await runOf(drifting({ change }))).results[0].baselineState,
      ),
    );
    expect(states).toEqual(['new', 'unchanged', undefined]);
  });

  test('encodes what a path may hold and a URI may not', async () => {
    const { results } = await runOf(drifting({ file: 'my policies/50%#1.yaml' }));
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('my%20policies/50%25%231.yaml');
  });
});

describe('what is no result', () => {
  test('an excepted or fixed finding is none, and excepted ones are counted', async () => {
    const findings = [
      aFinding({ status: 'excepted', exception: anException }),
      aFinding({ id: 'f-fixed', status: 'fixed' }),
    ];
    const { results, invocations } = await runOf(aResult({ pools: [aPool({ findings })] }));
    expect(results).toEqual([]);
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'note', descriptor: { id: 'excepted' } },
    ]);
  });

  test('a gap is a notification, and the run was not successful', async () => {
    const { results, invocations, tool } = await runOf(aResult({ gaps: [aGap()] }));
    expect(results).toEqual([]);
    expect(invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 3 });
    const [notification] = invocations[0].toolExecutionNotifications;
    expect(notification).toMatchObject({ level: 'error', descriptor: { id: 'AccessDenied' } });
    expect(notification.message.text).toContain('ap-east-1 of account 444455556666 was not read');
    expect(tool.driver.notifications[notification.descriptor.index].id).toBe('AccessDenied');
  });

  test('accepted gaps leave the run successful', async () => {
    const { invocations } = await runOf(aResult({ gaps: [aGap({ accepted: anException })] }));
    expect(invocations[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'note' }],
    });
  });
});

describe("GitHub's limits", () => {
  test('of 25,000 results and 10 MB, compressed, are kept, the worst stay, and what was left out is said', async () => {
    const huge = hugeResult(30_000);
    const last = aPool({ poolName: 'the worst', findings: [aFinding({ severity: 'critical' })] });
    const result: Result = {
      ...huge,
      async *pools() {
        yield* huge.pools();
        yield last;
      },
    };
    const text = await written(result);
    expect(gzipSync(text).byteLength).toBeLessThan(10 * 1024 * 1024);
    const [{ results, invocations }] = JSON.parse(text).runs;
    expect(results).toHaveLength(25_000);
    expect(results[0].message.text).toContain('the worst');
    expect(invocations[0].toolExecutionNotifications[0].message.text).toBe(
      '25,000 of 30,001 findings are listed, worst first; all of them are in --report json.',
    );
  });
});
