import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordableText } from '../../../src/config/settings/recordable-text.ts';

const secret = 'top-secret-4711';

test.each([
  ['plain', `role: { name: Audit, externalId: ${secret} }\n`],
  ['quoted', `role:\n  externalId: "${secret}"  # ours\nregions: enabled\n`],
  ['escaped', `role: { externalId: "top-secret\\u002d4711" }\n`],
  ['folded', `role:\n  externalId: >-\n    ${secret}\nregions: enabled\n`],
  ['an anchor elsewhere', `x: &id ${secret}\nrole: { externalId: *id }\n`],
  ['a whole role elsewhere', `x: &role { externalId: ${secret} }\nrole: *role\n`],
])('an external id that is written in the configuration (%s) is not kept', (_how, text) => {
  const kept = recordableText(text);
  expect(kept).not.toMatch(/top-secret|4711/);
  expect(kept).toContain('(masked)');
  const { role: _role, x: _x, ...rest } = parse(text);
  expect(parse(kept)).toMatchObject(rest);
});

test('what stands around it stays as it is', () => {
  const text = `# ours\nrole:\n  externalId: ${secret}   # a comment\nregions: [eu-*]\n`;
  expect(recordableText(text)).toBe("# ours\nrole:\n  externalId: '(masked)'   # a comment\nregions: [eu-*]\n");
});

test.each([
  ['no role', 'regions: enabled\n'],
  ['no external id', 'role: { name: Audit }\n'],
  ['a reference to a variable', 'role: { externalId: "${env:EXTERNAL_ID}" }\n'],
  ['an empty file', ''],
])('a configuration with %s is kept as it is', (_what, text) => {
  expect(recordableText(text)).toBe(text);
});
