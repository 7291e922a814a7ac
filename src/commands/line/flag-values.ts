/** What flags take as values. Each refusal says what it would take instead; commander puts the flag before it. */
import { dayMs } from '../../domain/model/day.ts';
import { isAccountId } from '../../domain/model/ids.ts';
import { InvalidArgumentError, type Option } from 'commander';

export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** Commas part several, since no account id or region holds one. */
function collector(isOne: (text: string) => boolean, sentence: string) {
  return (value: string, earlier: readonly string[] | undefined): readonly string[] => {
    const several = value.split(',').map((text) => text.trim());
    const wrong = several.find((text) => !isOne(text));
    if (wrong === undefined) return [...(earlier ?? []), ...several];
    throw new InvalidArgumentError(several.length === 1 ? sentence : `${sentence} ${JSON.stringify(wrong)} is none.`);
  };
}

const region = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

export const collectAccounts = collector(
  isAccountId,
  'It must be an account id of 12 digits, or several with commas; names are selected in the configuration.',
);

export const collectRegions = collector(
  (text) => region.test(text),
  'It must be a region such as eu-west-1, or several with commas; globs are taken by the configuration.',
);

export function toAccountId(value: string): string {
  if (!isAccountId(value)) throw new InvalidArgumentError('It must be an account id of 12 digits.');
  return value;
}

const longestSeconds = 86_400;

export function toSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new InvalidArgumentError(`It must be a number of seconds over 0, and at most ${longestSeconds} (a day).`);
}

/** A day of the calendar. */
export function toDate(value: string): string {
  const time = new Date(`${value}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && (time.toJSON() ?? '').startsWith(value)) return value;
  throw new InvalidArgumentError('It must be a date, YYYY-MM-DD.');
}

/** A parser of whole numbers from the least to the most. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** A parser of numbers, such as 12.5, from the least to the most. */
export function numberBetween(least: number, most = Number.MAX_VALUE): (value: string) => number {
  return (value) => {
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: dayMs } as const;
const longestMs = 3650 * unitMs.d;

/** `90s`, `30m`, `24h` or `7d`, in milliseconds. */
export function toMilliseconds(value: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(value) ?? [];
  const ms = amount === undefined || !isTimeUnit(unit) ? Number.NaN : Number(amount) * unitMs[unit];
  if (ms <= longestMs) return ms;
  throw new InvalidArgumentError('It must be like 90s, 30m, 24h or 7d, and at most 3650d.');
}

function isTimeUnit(unit: string | undefined): unit is keyof typeof unitMs {
  return unit !== undefined && unit in unitMs;
}

const suggestions = new WeakMap<Option, readonly string[]>();

/** Words that a shell may complete the option's value with, where it takes others too, or a list of them. */
export function suggest(option: Option, words: readonly string[]): Option {
  suggestions.set(option, words);
  return option;
}

/** The words that an option takes or suggests; none where it takes something else. */
export function wordsOf(option: Option): readonly string[] {
  return option.argChoices ?? suggestions.get(option) ?? [];
}
