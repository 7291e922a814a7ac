import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulesOfFixes } from './transitions-page.ts';

test('the page has the risks and the rules that the program uses, word for word', () => {
  expect(readFileSync('docs/remediation-transitions.md', 'utf8')).toContain(rulesOfFixes());
});
