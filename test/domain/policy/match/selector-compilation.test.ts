import { expect, test } from 'vitest';
import { allKeys, compileKeys, compileSelector } from '../../../../src/domain/policy/match/selector-compilation.ts';

const here = { file: 'mfa-drift.yaml', line: 3, column: 5 };

test('a selector of the configuration stands at one place, with all that it excludes', () => {
  const compiled = compileSelector(
    { accounts: ['*-prod'], exclude: [{ accountTags: { env: ['test'] }, exclude: [{ accounts: ['444455556666'] }] }] },
    here,
  );
  expect(compiled).toMatchObject({ location: here, exclude: [{ location: here, exclude: [{ exclude: [] }] }] });
  expect([...allKeys(compiled)].map(({ label, test: { kind } }) => [label, kind])).toEqual([
    ['accounts', 'entries'],
    ['accountTags.env', 'tag'],
    ['accounts', 'entries'],
  ]);
  for (const { test: asked } of allKeys(compiled)) expect(asked).toMatchObject({ entries: [{ location: here }] });
});

test('each entry stands where it was written, and knows whether it is an id', () => {
  const at = (path: readonly (string | number)[]) => ({ ...here, file: path.join('/') });
  const selector = { accounts: ['111122223333', '*-prod'], poolTags: { audience: ['customer', 'staff'], team: ['a'] } };
  expect(compileKeys(selector, at)).toMatchObject([
    {
      key: 'accounts',
      test: {
        entries: [
          { text: '111122223333', isId: true, location: { file: 'accounts/0' } },
          { text: '*-prod', isId: false, location: { file: 'accounts/1' } },
        ],
      },
    },
    {
      key: 'poolTags',
      test: {
        tag: 'audience',
        entries: [{ location: { file: 'poolTags/audience/0' } }, { location: { file: 'poolTags/audience/1' } }],
      },
    },
    { key: 'poolTags', test: { tag: 'team', entries: [{ text: 'a', isId: false }] } },
  ]);
});
