import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { toMilliseconds, toSeconds, toWholeNumber } from '../../src/commands/flags.ts';

it.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
])('the duration %s is %d ms', (text, ms) => {
  expect(toMilliseconds(text)).toBe(ms);
});

it.each(['', '24', 'h', '1.5h', '-1h', '24 h', '1w'])('%j is no duration', (text) => {
  expect(() => toMilliseconds(text)).toThrow(InvalidArgumentError);
});

it.each(['0', '-1', 'x', 'Infinity'])('%j is no number of seconds', (text) => {
  expect(() => toSeconds(text)).toThrow(InvalidArgumentError);
});

it.each(['1.5', '-1', '', '1e3'])('%j is no whole number', (text) => {
  expect(() => toWholeNumber(text)).toThrow(InvalidArgumentError);
});
