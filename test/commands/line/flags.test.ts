import { InvalidArgumentError, type Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  collectAccounts,
  collectRegions,
  toMilliseconds,
  toSeconds,
  wholeNumber,
} from '../../../src/commands/line/flag-values.ts';
import { wholeProgram } from '../../../src/commands/line/program.ts';

it.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
])('the duration %s is %d ms', (text, ms) => {
  expect(toMilliseconds(text)).toBe(ms);
});

it.each(['', '24', 'h', '1.5h', '-1h', '24 h', '1w', '9007199254740993d', '3651d'])('%j is no duration', (text) => {
  expect(() => toMilliseconds(text)).toThrow(InvalidArgumentError);
});

it.each(['0', '-1', 'x', 'Infinity', '86401', '1e400'])('%j is no number of seconds', (text) => {
  expect(() => toSeconds(text)).toThrow(InvalidArgumentError);
});

it.each(['1.5', '-1', '', '1e3', '9007199254740993'])('%j is no whole number', (text) => {
  expect(() => wholeNumber(0)(text)).toThrow(InvalidArgumentError);
});

it('a whole number out of bounds is refused with the bounds', () => {
  expect(wholeNumber(0, 65_535)('65535')).toBe(65_535);
  expect(() => wholeNumber(0, 65_535)('99999')).toThrow('It must be a whole number from 0 to 65535.');
  expect(() => wholeNumber(1)('0')).toThrow('from 1 to');
});

describe('--account and --region take lists', () => {
  it('with commas, by repetition, and both', () => {
    expect(collectAccounts('111111111111, 222222222222', ['333333333333'])).toEqual([
      '333333333333',
      '111111111111',
      '222222222222',
    ]);
    expect(collectRegions('eu-west-1,us-gov-east-1', undefined)).toEqual(['eu-west-1', 'us-gov-east-1']);
  });

  it.each(['111111111111,', '1111', '111111111111;222222222222', 'production', ''])('%j is no account', (text) => {
    expect(() => collectAccounts(text, undefined)).toThrow('It must be an account id of 12 digits');
  });

  it.each(['eu-west-1,', 'eu-*', 'eu-west-1 us-east-1', 'Ireland', 'EU-WEST-1', ''])('%j is no region', (text) => {
    expect(() => collectRegions(text, undefined)).toThrow('It must be a region such as eu-west-1');
  });

  it('what of a list is none is named', () => {
    expect(() => collectAccounts('111111111111,prod', undefined)).toThrow('"prod" is none');
  });

  const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)];

  it('in every command that has them; one that takes a single one refuses a list', async () => {
    const lists = { '--account': ['111111111111', '222222222222'], '--region': ['eu-west-1', 'us-east-1'] };
    const taken: Record<string, unknown> = {};
    for (const command of everyCommand(await wholeProgram())) {
      for (const { long, parseArg } of command.options) {
        const list = long === '--account' || long === '--region' ? lists[long] : null;
        if (list !== null) taken[`${command.name()} ${long}`] = orError(() => parseArg?.(list.join(), undefined));
      }
    }
    const commands = ['audit', 'doctor', 'init', 'plan', 'readiness', 'show'];
    const both = commands.flatMap((name) => Object.entries(lists).map(([flag, list]) => [`${name} ${flag}`, list]));
    expect(taken).toEqual({
      ...Object.fromEntries(both),
      'test --account': expect.any(InvalidArgumentError),
      'test --region': expect.any(InvalidArgumentError),
    });
  });
});

function orError(take: () => unknown): unknown {
  try {
    return take();
  } catch (error) {
    return error;
  }
}
