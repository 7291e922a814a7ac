import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { sarif } from '../../../src/report/formats/sarif/sarif.ts';
import { aFinding, aGap, anException, aPool, aResult, listOf, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';
import { hugeResult } from '../huge-result.ts';
import { temporaryFolder } from '../../temporary.ts';
import { plainOptions } from '../plain-options.ts';
import { program, without } from '../../programs.ts';

const options = plainOptions;
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

const multitool = program('SARIF multitool');
const missing = without('SARIF multitool');

/** An independent checker of SARIF's rules (npm: @microsoft/sarif-multitool); its path may be in SARIF_MULTITOOL. */
test.skipIf(multitool === null).each(samples)(
  `%s breaks no rule of the SARIF multitool${missing}`,
  async (_name, result) => {
    const file = join(await temporaryFolder(), 'report.sarif');
    await writeFile(file, await written(result));
    // GitHub's rules too; those of Azure DevOps ask for the ids of a pipeline there.
    const rules = ['--rule-kind', 'Sarif;Gh', '--level', 'Error;Warning'];
    const { stdout, stderr } = spawnSync(multitool ?? '', ['validate', file, ...rules], { encoding: 'utf8' });
    // SARIF2005 wants a page about the tool, and none is published.
    const complaints = `${stdout}${stderr}`.split('\n').filter((line) => /: (?:error|warning) /.test(line));
    expect(complaints.filter((line) => !line.includes('SARIF2005'))).toEqual([]);
  },
);

/** Every text of a document, wherever it stands. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('no text ends in two stops, and every notification says what it is and what helps', async () => {
  const stopped = [aGap({ message: 'Denied.', remedy: 'Allow it.' }), aGap({ remedy: 'Wait', accepted: anException })];
  const run = await runOf(aResult({ gaps: stopped, pools: [...(await listOf(everything().pools()))] }));
  expect(textsIn(run).filter((text) => /\.\.$|\. \.$/.test(text))).toEqual([]);
  for (const { shortDescription, fullDescription, help } of run.tool.driver.notifications) {
    expect([shortDescription.text, fullDescription.text, help.text]).not.toContain('');
  }
});

test('the page of the tool is the one that it is published at, and none until then', async () => {
  const { homepage }: { readonly homepage?: string } = JSON.parse(await readFile('package.json', 'utf8'));
  const { tool } = await runOf(everything());
  expect(tool.driver.informationUri).toBe(homepage);
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

  test.each<[string, string, object]>([
    ['of the repository', 'policies/x.yaml', { uri: 'infra/policies/x.yaml', uriBaseId: '%SRCROOT%' }],
    ['with ./', './policies/x.yaml', { uri: 'infra/policies/x.yaml', uriBaseId: '%SRCROOT%' }],
    ['above the working folder', '../x.yaml', { uri: 'x.yaml', uriBaseId: '%SRCROOT%' }],
    ['absolute, inside', '/repo/policies/x.yaml', { uri: 'policies/x.yaml', uriBaseId: '%SRCROOT%' }],
    ['outside', '/etc/my policies/[1]^.yaml', { uri: 'file:///etc/my%20policies/%5B1%5D%5E.yaml' }],
  ])('of a file %s is found from the root of the repository', async (_name, file, location) => {
    const sources = { folder: '/repo/infra', root: '/repo' };
    const text = await textOf(sarif(drifting({ file }), { ...options, sources }));
    const [{ results }] = JSON.parse(text).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual(location);
  });

  test('that is excepted is suppressed, with the exception as its justification; the others say that they are not', async () => {
    const excepted = aFinding({ id: 'f-1', severity: 'critical', status: 'excepted', exception: anException });
    const expired = aFinding({ id: 'f-2', exception: { ...anException, expired: true } });
    const { results } = await runOf(aResult({ pools: [aPool({ findings: [excepted, expired] })] }));
    expect(results).toHaveLength(2);
    expect(results[0].suppressions).toEqual([]);
    expect(results[1].suppressions).toMatchObject([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'Legacy call centre, migrates in Q1 (identity@example.com, SEC-1234, until 2026-11-30).',
        location: {
          physicalLocation: { artifactLocation: { uri: 'policies/exceptions.yaml' }, region: { startLine: 4 } },
        },
      },
    ]);
  });

  test('encodes what a path may hold and a URI may not', async () => {
    const { results } = await runOf(drifting({ file: 'my policies/50%#1.yaml' }));
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('my%20policies/50%25%231.yaml');
  });
});

describe('what is no result', () => {
  test('a fixed finding is none', async () => {
    const { results, invocations } = await runOf(
      aResult({ pools: [aPool({ findings: [aFinding({ status: 'fixed' })] })] }),
    );
    expect(results).toEqual([]);
    expect(invocations[0].toolExecutionNotifications).toEqual([]);
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
