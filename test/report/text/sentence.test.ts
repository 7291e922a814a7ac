import { expect, test } from 'vitest';
import { sentence } from '../../../src/report/text/sentence.ts';

test.each([
  ['denied', 'denied.'],
  ['denied.', 'denied.'],
  ['denied..', 'denied.'],
  ['denied. ', 'denied.'],
  ['denied ...', 'denied.'],
  ['denied…', 'denied…'],
  ['denied?', 'denied?'],
  ['1.5', '1.5.'],
])('%j ends in one stop: %j', (text, ended) => {
  expect(sentence(text)).toBe(ended);
});
