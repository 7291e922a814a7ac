import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Result } from '../../../src/domain/result/result.ts';
import { junit as junitOf } from '../../../src/report/formats/junit/junit.ts';
import { aFinding, aGap, anException, aPool, aResult, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';
import { plainOptions } from '../plain-options.ts';

function junit(result: Result): AsyncIterable<string> {
  return junitOf(result, plainOptions);
}

async function complaintsAbout(xml: string): Promise<string[]> {
  const schema = await readFile(new URL('schemas/junit-10.xsd', import.meta.url), 'utf8');
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [{ fileName: 'junit-10.xsd', contents: schema }],
  });
  return errors.map(({ message }) => message);
}

const hostile = ']]>"\'<&>\u0000\u001B\uFFFE\uFFFF\uD800 \u202E\n<failure/>';

test.each<[string, Result]>([
  ['an empty organization', aResult()],
  ['everything', everything()],
  [
    'hostile names',
    aResult({
      gaps: [aGap({ message: hostile, remedy: hostile })],
      pools: [
        aPool({
          accountName: hostile,
          poolName: hostile,
          policies: [hostile],
          findings: [aFinding({ policy: hostile, actual: hostile })],
        }),
      ],
    }),
  ],
])('%s passes the schema of the Jenkins xUnit plugin', async (_name, result) => {
  expect(await complaintsAbout(await textOf(junit(result)))).toEqual([]);
});

test('the schema check can fail', async () => {
  expect(await complaintsAbout('<testsuites><wrong/></testsuites>')).not.toEqual([]);
});

/** Elements of a name, counted in the text as a reader would count them. */
function count(xml: string, element: string): number {
  return xml.match(new RegExp(`<${element}[ >/]`, 'g'))?.length ?? 0;
}

describe('outcomes', () => {
  test('drift fails, a gap is an error, an exception skips', async () => {
    const xml = await textOf(junit(everything()));
    expect(count(xml, 'failure')).toBe(3);
    expect(count(xml, 'error')).toBe(7);
    expect(count(xml, 'skipped')).toBe(2);
  });

  test('the totals are those of the cases', async () => {
    const xml = await textOf(junit(everything()));
    const suites = [...xml.matchAll(/<testsuite [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/g)];
    const sum = (column: number): number => suites.reduce((total, suite) => total + Number(suite[column]), 0);
    expect(sum(1)).toBe(count(xml, 'testcase'));
    expect(sum(2)).toBe(count(xml, 'failure'));
    expect(sum(3)).toBe(count(xml, 'error'));
    expect(sum(4)).toBe(count(xml, 'skipped'));
    expect(xml).toContain(
      `<testsuites name="mfa-drift" time="151.000" tests="${sum(1)}" failures="${sum(2)}" errors="${sum(3)}">`,
    );
  });

  test('a pool that was not wholly read never passes', async () => {
    const xml = await textOf(junit(aResult({ pools: [aPool({ status: 'unreadable', config: null })] })));
    expect(count(xml, 'testcase')).toBe(0);
  });

  test('a pool passes each policy that it holds', async () => {
    const xml = await textOf(junit(aResult({ pools: [aPool({ policies: ['floor', 'prod-customers'] })] })));
    expect(count(xml, 'testcase')).toBe(2);
    expect(count(xml, 'failure')).toBe(0);
  });

  test('one drifting finding among excepted ones fails', async () => {
    const findings = [aFinding({ status: 'excepted', exception: anException }), aFinding({ id: 'f-2', actual: null })];
    const xml = await textOf(junit(aResult({ pools: [aPool({ status: 'drifted', findings })] })));
    expect(xml).toContain('message="SoftwareTokenMfaConfiguration.Enabled should be true and is nothing"');
    expect(count(xml, 'skipped')).toBe(0);
  });
});

/** The text of the first element of a name. */
function textOfFirst(xml: string, element: string): string {
  return new RegExp(`<${element}[^>]*>([^<]*)</${element}>`).exec(xml)?.[1] ?? '';
}

describe('what readers show', () => {
  test('a skip has its reason as text too: GitLab shows nothing else', async () => {
    const excepted = aFinding({ status: 'excepted', exception: anException });
    const xml = await textOf(junit(aResult({ pools: [aPool({ findings: [excepted] })] })));
    const reason = 'Legacy call centre, migrates in Q1 (identity@example.com, SEC-1234, until 2026-11-30)';
    expect(textOfFirst(xml, 'skipped')).toContain(reason);
    const accepted = await textOf(junit(aResult({ gaps: [aGap({ accepted: anException })] })));
    expect(textOfFirst(accepted, 'skipped')).toContain(reason);
  });

  test('every suite and case has a time, and every suite a file, from the root of the repository', async () => {
    const sources = { folder: '/repo/infra', root: '/repo' };
    const xml = await textOf(junitOf(everything(), { ...plainOptions, sources }));
    const starts = xml.match(/<(?:testsuites|testsuite|testcase) [^>]*>/g) ?? [];
    expect(starts.filter((start) => !/ time="\d+(?:\.\d{3})?"/.test(start))).toEqual([]);
    const suites = starts.filter((start) => start.startsWith('<testsuite '));
    expect(suites.filter((start) => !start.includes(' file="infra/mfa-drift.yaml"'))).toEqual([]);
  });

  test('a failure names the controls that the policy serves, and since when it is one', async () => {
    const finding = aFinding({ change: 'persisting', since: '2026-11-01T02:11:30.000Z' });
    const xml = await textOf(junit(aResult({ pools: [aPool({ status: 'drifted', findings: [finding] })] })));
    expect(textOfFirst(xml, 'failure')).toContain(' (policies/customers.yaml:9), since 2026-11-01');
    expect(textOfFirst(xml, 'failure')).toContain('controls: NIST-800-63B-4 AAL2, CIS-8.1 6.3');
  });
});
