import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from '../../src/escape/visible.ts';

test.each([
  ['shop-prod', 'shop-prod'],
  ['arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/x'],
  ['naïve 名前 😀', 'naïve 名前 😀'],
  ['\u001B[31m', '\\u001B[31m'],
  ['a\nb\tc', 'a\\nb\\tc'],
  ['\u202Egnp.exe', '\\u202Egnp.exe'],
  ['\u{E0041}', '\\u{E0041}'],
  ['\uD800', '\\uD800'],
  ['::error::x', '\\u003A:error::x'],
  ['see ::error::x', 'see \\u003A:error::x'],
  ['##[error]x', '\\u0023#[error]x'],
  ['##vso[task]', '\\u0023#vso[task]'],
  ['## heading', '## heading'],
])('%j shows as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('what was made visible stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(visible(text))).toBe(visible(text));
    }),
  );
});

test('nothing is left that a terminal, a log or a page would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?:^|\s)::|##\[|##vso\[/u);
    }),
  );
});
