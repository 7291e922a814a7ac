import { expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result.ts';
import { html } from '../../../src/report/html/html.ts';
import { aFinding, aPool, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';
import { hugeResult } from '../huge-result.ts';
import { plainOptions } from '../plain-options.ts';

const options = plainOptions;

function written(result: Result): Promise<string> {
  return textOf(html(result, options));
}

test('the page allows nothing but its own style and script', async () => {
  const text = await written(everything());
  expect(text).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  expect(text).not.toMatch(/<(?:link|img|iframe|object|embed|form)\b|\bstyle=|\bon\w+=|url\(|@import/);
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

test('every account is there, with what became of it', async () => {
  const text = await written(everything());
  for (const id of ['111122223333', '222233334444', '333344445555', '444455556666', '777788889999']) {
    expect(text).toContain(id);
  }
  expect(text).toContain('suspended');
});
