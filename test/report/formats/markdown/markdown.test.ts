import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../../src/domain/result/result.ts';
import { githubSummary, markdown } from '../../../../src/report/formats/markdown/markdown.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, textOf } from '../../a-result.ts';
import { everything } from '../../everything.ts';
import { hugeResult } from '../../huge-result.ts';
import { plainOptions } from '../../plain-options.ts';
import { warningAt } from '../../../../src/domain/result/warning.ts';

const options = plainOptions;

function written(result: Result): Promise<string> {
  return textOf(markdown(result, options));
}

/** As GitHub renders it before it cleans the HTML. */
function rendered(text: string): string {
  return micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

test('a bad night as a comment', async () => {
  const text = await written(everything());
  await expect(text).toMatchFileSnapshot('../../../golden/markdown.md');
  expect(text).toMatch(/^<!-- mfa-drift -->\n## mfa-drift: DRIFT\n/);
});

test('drift stands worst first', async () => {
  const rows = (await written(everything()))
    .split('\n')
    .filter((line) => /^\| (critical|high|medium|low|info) \|/.test(line));
  expect(rows.map((row) => row.split(' ')[1])).toEqual(['critical', 'critical', 'high', 'high', 'medium']);
});

describe('no name becomes markup', () => {
  function named(name: string): Result {
    return aResult({
      accounts: [anAccount({ name, id: '444455556666' })],
      gaps: [aGap({ message: name, remedy: name })],
      warnings: [{ code: 'conflict', message: name, file: name, line: 1 }],
      run: { scope: { accounts: 'ids', filters: { account: [name] }, regions: 'enabled' } },
      pools: [
        aPool({
          accountName: name,
          poolName: name,
          status: 'drifted',
          findings: [
            aFinding({ path: name, expected: name, actual: name, file: name }),
            aFinding({
              id: 'f-2',
              status: 'excepted',
              exception: { ...anException, reason: name, owner: name, ticket: name },
            }),
          ],
        }),
      ],
    });
  }
  const markup = fc.stringMatching(/^[|`*_~<>[\]()!#@&;:\\/\-+=.a1 \n]{1,40}$/);
  const plain = named('name');

  test('or breaks a table, whatever it holds', async () => {
    const shape = shapeOf(rendered(await written(plain)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(markup, fc.string({ unit: 'binary', minLength: 1 })), async (name) => {
        expect(shapeOf(rendered(await written(named(name))))).toEqual(shape);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    '](https://example.com)',
    'https://example.com/x www.example.com a@example.com',
    '<img src=x onerror=alert(1)>',
    '<!-- hidden',
    '| a | b |\n|---|---|',
    '`` ` ``` code',
    '&lt;b&gt; &#60;',
    '\\| \\` \\\\|',
  ])('%s shows as it is', async (name) => {
    const html = rendered(await written(named(name)));
    expect(shapeOf(html)).toEqual(shapeOf(rendered(await written(plain))));
    expect(html).not.toMatch(/<(?:a|img|del|input|script) /);
  });

  test('and none calls a person or an issue', async () => {
    const html = rendered(await written(named('@octocat fixes #1')));
    const outsideCode = html.replaceAll(/<code>.*?<\/code>/g, '');
    expect(outsideCode).not.toMatch(/@octocat|#1/);
  });

  /** The elements in their order, with `code` aside: prose has one for each sign that GitHub would act on. */
  function shapeOf(html: string): string[] {
    return (html.match(/<[!/?a-z][^>]*>/gi) ?? []).filter((tag) => !/^<\/?code>$/.test(tag));
  }
});

describe("GitHub's sizes", () => {
  const big = 'x'.repeat(5000);

  test.each([
    ['65,536 characters of a comment', markdown, 65_536],
    ['1 MiB of a job summary', githubSummary, 1_048_576],
  ])('%s are kept, and what was left out is counted', async (_name, format, bytes) => {
    const huge = hugeResult(30_000);
    const result: Result = {
      ...huge,
      head: {
        ...huge.head,
        warnings: Array.from({ length: 5000 }, () => warningAt({ file: big, line: 1, column: 1 }, 'conflict', big)),
        summary: { ...huge.head.summary, gaps: { open: 500, accepted: 0 } },
      },
      async *gaps() {
        for (let index = 0; index < 500; index += 1)
          yield aGap({ message: `${index} ${'|'.repeat(500)}`, remedy: big });
      },
    };
    const text = await textOf(format(result, options));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    const shown = text.match(/^\| high \|/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(text).toContain(`${(30_000 - shown).toLocaleString('en-US')} more findings not shown here`);
    expect(text).toContain('### Not read');
    expect(text).toContain('### Warnings');
  });
});

describe('controls', () => {
  test('are summed over the pools of the policies that name them, each pool once', async () => {
    const findings = [aFinding(), aFinding({ id: 'f-2', path: 'MfaConfiguration' })];
    const pools = [
      aPool({ status: 'drifted', findings }),
      aPool({ status: 'excepted', findings: [aFinding({ status: 'excepted', exception: anException })] }),
      aPool({ status: 'unreadable' }),
      aPool(),
      aPool({ policies: ['another'] }),
    ];
    const row = (await written(aResult({ pools }))).split('\n').find((line) => line.includes('NIST-800-63B-4'));
    expect(row).toMatch(/\| 4 \| 1 \| 1 \| 1 \|/);
  });

  test('say what they do not say', async () => {
    expect(await written(aResult())).toContain('SMS is a restricted one');
  });
});
