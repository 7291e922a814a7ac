/** Inputs made out of inputs: bytes, words of the format, splices, and what happens to texts and to JSON. */
import { damagedJson, damagedText } from '../attack/damage.ts';
import { pick } from '../../src/sandbox/seeded.ts';

/** A whole number from 0 to `count - 1`, decided by what is asked. */
type Decide = (what: string, count: number) => number;
/** `all`: what may be spliced in. */
type Mutation = (input: Buffer, decide: Decide, all: readonly Buffer[], words: readonly string[]) => Buffer;

const longestInput = 100_000;

/** One to four changes of an input. The same seed and number give the same. */
export function mutated(
  input: Buffer,
  all: readonly Buffer[],
  words: readonly string[],
  seed: number,
  number: number,
): Buffer {
  let made = input;
  const times = 1 + pick(seed, `${number}/times`, 4);
  for (let time = 0; time < times; time += 1) {
    const decide: Decide = (what, count) => pick(seed, `${number}/${time}/${what}`, Math.max(1, count));
    made = mutations[decide('mutation', mutations.length)]?.(made, decide, all, words) ?? made;
  }
  return made.subarray(0, longestInput);
}

const edgeBytes = [0, 1, 0x09, 0x0a, 0x0d, 0x1b, 0x22, 0x7f, 0x80, 0xc2, 0xe2, 0xff];

const mutations: readonly Mutation[] = [
  (input, decide) => replaced(input, decide, Buffer.of(decide('byte', 256)), 1),
  (input, decide) => replaced(input, decide, Buffer.of(edgeBytes[decide('edge', edgeBytes.length)] ?? 0), 1),
  (input, decide) => replaced(input, decide, Buffer.of(edgeBytes[decide('edge', edgeBytes.length)] ?? 0), 0),
  (input, decide) => {
    const at = decide('at', input.length);
    return replaced(input, () => at, Buffer.of((input[at] ?? 0) ^ (1 << decide('bit', 8))), 1);
  },
  (input, decide) => replaced(input, decide, Buffer.alloc(0), 1 + decide('length', 32)),
  (input, decide, _all, words) => replaced(input, decide, wordOf(decide, words), 0),
  (input, decide, _all, words) => wordForWord(input, decide, wordOf(decide, words)),
  (input, decide, all) => {
    const other = all[decide('other', all.length)] ?? input;
    return Buffer.concat([
      input.subarray(0, decide('cut', input.length)),
      other.subarray(decide('from', other.length)),
    ]);
  },
  (input, decide, all) => {
    const other = all[decide('other', all.length)] ?? input;
    const from = decide('from', other.length);
    return replaced(input, decide, other.subarray(from, from + 1 + decide('length', 200)), decide('taken', 200));
  },
  (input, decide) => Buffer.from(damagedText(input.toString('latin1'), decide('seed', 1e9), 'text'), 'latin1'),
  (input, decide) => damagedValue(input, decide),
  (input, decide) => damagedValue(input, decide),
  (input, decide, all) => withLineOf(input, decide, all[decide('other', all.length)] ?? input),
];

function replaced(input: Buffer, decide: Decide, by: Buffer, length: number): Buffer {
  const at = decide('at', input.length + (length === 0 ? 1 : 0));
  return Buffer.concat([input.subarray(0, at), by, input.subarray(at + length)]);
}

function wordOf(decide: Decide, words: readonly string[]): Buffer {
  return Buffer.from(words[decide('word', words.length)] ?? '');
}

/** A word of the input becomes another one of the format. */
function wordForWord(input: Buffer, decide: Decide, word: Buffer): Buffer {
  const found = [...input.toString('latin1').matchAll(/[\w$.:/-]+/g)];
  const chosen = found[decide('which', found.length)];
  if (chosen === undefined) return replaced(input, decide, word, 0);
  return replaced(input, () => chosen.index, word, chosen[0].length);
}

/** Of JSON, or of one line of it that is JSON, a member becomes another. */
function damagedValue(input: Buffer, decide: Decide): Buffer {
  const text = input.toString('utf8');
  const seed = decide('seed', 1e9);
  const whole = jsonOrNull(text, seed);
  if (whole !== null) return Buffer.from(decide('deep', 20) === 0 ? deepened(whole, decide) : whole);
  const lines = text.split('\n');
  const at = decide('line', lines.length);
  const line = jsonOrNull(lines[at] ?? '', seed);
  const damaged = line === null || decide('deep', 20) > 0 ? line : deepened(line, decide);
  return damaged === null ? input : Buffer.from(lines.with(at, damaged).join('\n'));
}

/** Deeper than JSON.stringify can go down. */
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** A text, number or truth value of it goes deeper than what it is. */
function deepened(json: string, decide: Decide): string {
  const found = [...json.matchAll(/(?<=:)(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)/g)];
  const chosen = found[decide('deepened', found.length)];
  if (chosen === undefined) return json;
  return `${json.slice(0, chosen.index)}${deep}${json.slice(chosen.index + chosen[0].length)}`;
}

function jsonOrNull(text: string, seed: number): string | null {
  try {
    return damagedJson(text, seed, 'json');
  } catch {
    return null;
  }
}

function withLineOf(input: Buffer, decide: Decide, other: Buffer): Buffer {
  const [mine, theirs] = [input, other].map((each) => each.toString('latin1').split('\n'));
  if (mine === undefined || theirs === undefined) return input;
  const taken = theirs[decide('line', theirs.length)] ?? '';
  return Buffer.from(mine.toSpliced(decide('at', mine.length), decide('taken', 2), taken).join('\n'), 'latin1');
}

/** What the format is made of, as valid inputs show it. */
export function wordsIn(inputs: readonly Buffer[]): readonly string[] {
  const found = inputs.flatMap((input) => input.toString('latin1').match(/[A-Za-z_$!][\w${}.:/-]{1,40}/g) ?? []);
  return [...new Set([...found.slice(0, 20_000), ...marks])];
}

const marks = [
  'null',
  'true',
  '-1',
  '1e400',
  '"',
  '[',
  ']',
  '{',
  '}',
  ': ',
  '- ',
  '*',
  '&a',
  '${',
  '\u001b[2J',
  '\u202e',
  '__proto__',
  '"\\ud800"',
  '2016-12-31T23:59:60Z',
];
