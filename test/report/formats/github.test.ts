import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { github } from '../../../src/report/formats/github.ts';
import { aFinding, aGap, aPool, aResult, textOf } from '../a-result.ts';
import { plainOptions } from '../plain-options.ts';
import type { Severity } from '../../../src/domain/model/severity.ts';

async function annotationsOf(result: Result): Promise<string[]> {
  return (await textOf(github(result, plainOptions))).trimEnd().split('\n');
}

function drifting(severity: Severity, count: number) {
  return Array.from({ length: count }, (_, index) =>
    aPool({ poolName: `${severity}-${index}`, status: 'drifted', findings: [aFinding({ severity })] }),
  );
}

function ofLevel(lines: readonly string[], level: string): string[] {
  return lines.filter((line) => line.startsWith(`::${level} `));
}

test('drift is annotated at its policy line', async () => {
  const [line] = await annotationsOf(aResult({ pools: drifting('high', 1) }));
  expect(line).toBe(
    '::error title=mfa-drift%3A high%2C prod-customers,file=policies/customers.yaml,line=9,col=3::' +
      'high-0 (eu-west-1_Ab12Cd34E) in eu-west-1 of shop-prod (111122223333): ' +
      'SoftwareTokenMfaConfiguration.Enabled is false; prod-customers wants true; ' +
      'controls: NIST-800-63B-4 AAL2, CIS-8.1 6.3',
  );
});

test('paths count from the root of the repository; a file outside of it is named in the message', async () => {
  const result = aResult({
    pools: [
      aPool({
        findings: [aFinding({ file: './policies/x.yaml' }), aFinding({ id: 'f-2', file: '/etc/x.yaml', line: 3 })],
      }),
    ],
  });
  const sources = { folder: '/repo/infra', root: '/repo' };
  const [inside, outside] = (await textOf(github(result, { ...plainOptions, sources }))).split('\n');
  expect(inside).toContain(',file=infra/policies/x.yaml,line=9,col=3::');
  expect(outside).toMatch(/^::error title=[^:,]*::.* \(\/etc\/x\.yaml:3\);/);
});

test('the last line names the controls under which something drifts', async () => {
  const lines = await annotationsOf(aResult({ pools: drifting('high', 1) }));
  expect(lines.at(-1)).toContain('drift under 2 of 2 controls: CIS-8.1 6.3, NIST-800-63B-4 AAL2');
  const calm = await annotationsOf(aResult({ pools: [aPool()] }));
  expect(calm.at(-1)).not.toContain('controls');
});

test.each<[Severity, string]>([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'notice'],
  ['info', 'notice'],
])('%s is annotated as %s', async (severity, level) => {
  const [line] = await annotationsOf(aResult({ pools: drifting(severity, 1) }));
  expect(line).toMatch(new RegExp(`^::${level} `));
});

describe('ten annotations of a level', () => {
  test('are the most, the worst first, and the rest is counted', async () => {
    const pools = [
      ...drifting('high', 30),
      ...drifting('low', 30),
      ...drifting('medium', 30),
      ...drifting('critical', 4),
    ];
    const lines = await annotationsOf(aResult({ pools, gaps: [aGap()] }));
    expect(ofLevel(lines, 'error')).toHaveLength(10);
    expect(ofLevel(lines, 'warning')).toHaveLength(10);
    expect(ofLevel(lines, 'notice')).toHaveLength(10);
    expect(lines[0]).toContain('not read');
    expect(lines.slice(1, 5).every((line) => line.includes('critical'))).toBe(true);
    expect(lines.at(-1)).toContain(`${94 - 9 - 10 - 9} more findings without an annotation`);
  });

  test('leave room for drift however much was not read', async () => {
    const gaps = Array.from({ length: 40 }, (_, index) => aGap({ message: `cause ${index}`, code: 'network' }));
    const lines = await annotationsOf(aResult({ gaps, pools: drifting('critical', 1) }));
    expect(ofLevel(lines, 'error')).toHaveLength(4);
    expect(lines[2]).toContain('(and 37 more causes)');
  });
});

test('no name starts a command of its own', async () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^[:,%\n\r#a-z[\] ]{1,30}$/));
  await fc.assert(
    fc.asyncProperty(hostile, async (name) => {
      const pool = aPool({
        poolName: name,
        accountName: name,
        status: 'drifted',
        findings: [aFinding({ policy: name, path: name, actual: name, file: name })],
      });
      const lines = await annotationsOf(aResult({ pools: [pool], gaps: [aGap({ message: name, remedy: name })] }));
      expect(lines).toHaveLength(3);
      for (const line of lines) {
        expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,]*(?:,(?:file|line|col)=[^:,]*)*::/);
      }
    }),
  );
});
