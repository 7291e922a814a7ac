import { expect, test } from 'vitest';
import type { Result } from '../../../../src/domain/result/result.ts';
import { html } from '../../../../src/report/formats/html/html.ts';
import { poolsBlock } from '../../../../src/report/formats/html/pools/pools-data.ts';
import { poolsSection } from '../../../../src/report/formats/html/pools/pools-section.ts';
import { aFinding, aPool, aResult, aSkip, textOf } from '../../a-result.ts';
import { everything } from '../../everything.ts';
import { hugeResult } from '../../huge-result.ts';
import { largeNight } from '../../large-night.ts';
import { plainOptions } from '../../plain-options.ts';

const options = plainOptions;

function written(result: Result): Promise<string> {
  return textOf(html(result, options));
}

test('the page allows nothing but its own style and script', async () => {
  const text = await written(everything());
  expect(text).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  expect(text).not.toMatch(/<(?:link|img|iframe|object|embed|form)\b|\bstyle=|\bon\w+=|url\(|@import/);
});

test('what was rightly not read is counted in words', async () => {
  const skipped = [aSkip(), aSkip({ region: 'me-central-1' }), aSkip({ reason: 'pool-deleted' })];
  expect(await written(aResult({ skipped }))).toContain(
    'Rightly not read: 2 regions not enabled · 1 pool deleted meanwhile.',
  );
});

test('beyond 10,000 findings the worst are listed, and it is said how many are not', async () => {
  const huge = hugeResult(10_100);
  const worst = aPool({ status: 'drifted', poolName: 'the-worst', findings: [aFinding({ severity: 'critical' })] });
  const result: Result = {
    ...huge,
    async *pools() {
      yield* huge.pools();
      yield worst;
    },
  };
  const text = await written(result);
  expect(text).toContain('The worst 10,000 of 10,101 findings are on this page');
  expect(text).toContain('the-worst');
});

test('without a script the first hundred pools are there, those that pass too', async () => {
  const text = await written(everything());
  const body = /<tbody id="pools-body">([\s\S]*?)<\/tbody>/.exec(text)?.[1] ?? '';
  expect(body.match(/<tr>/g)).toHaveLength(6);
  expect(body).toContain('<td class="status passes">passes</td>');
  const many = await written(hugeResult(150));
  expect(/<tbody id="pools-body">([\s\S]*?)<\/tbody>/.exec(many)?.[1]?.match(/<tr>/g)).toHaveLength(100);
  expect(many).toMatch(/100\s+of 150 pools\s+shown/);
});

test('beyond 50,000 pools it is said where all of them are', async () => {
  const huge = hugeResult(50_001);
  expect(poolsSection([], huge.head).markup).toMatch(
    /The first 50,000 of 50,001 pools are on this page; all of them are in pools\.csv/,
  );
  const data = />([\s\S]*)<\/script>/.exec(await textOf(poolsBlock(huge)))?.[1] ?? '';
  expect(JSON.parse(data).rows).toHaveLength(50_000);
});

test('every account is there, with what became of it', async () => {
  const text = await written(everything());
  for (const id of ['111122223333', '222233334444', '333344445555', '444455556666', '777788889999']) {
    expect(text).toContain(id);
  }
  expect(text).toContain('suspended');
});

test('pictures of ten times the accounts are as large', async () => {
  const picturesOf = async (accounts: number) =>
    /<section id="pictures">[\s\S]*?\n<section id="not-read">/.exec(await written(largeNight(accounts)))?.[0] ?? '';
  const [some, many] = [await picturesOf(200), await picturesOf(2000)];
  expect(some.length).toBeGreaterThan(50_000);
  expect(many.length).toBeLessThan(some.length * 1.25);
});
