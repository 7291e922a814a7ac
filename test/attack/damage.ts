/** Damage to a text, decided by seed and key: what disks, editors, merges and strangers do to a file. */
import { pick, pickFrom } from '../../src/sandbox/seeded.ts';

type Decide = (what: string, count: number) => number;

const nastyTexts = [
  '\0',
  '\u001b[2J',
  '\ufffd',
  '\u2028',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ': ',
  '\n',
  '\t',
  '- ',
  '&a ',
  '*a',
  '!!',
  '%',
  '`',
  '🦊',
  '\ud800',
  '0',
  '-1',
  'null',
  '~',
  '<<: ',
] as const;

const nastyValues: readonly [unknown, ...unknown[]] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e21,
  1e308,
  9_007_199_254_740_991,
  '',
  ' ',
  'x',
  'on',
  'null',
  '\0',
  '\u001b[31m',
  '\u202e',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '*',
  '**',
  '(',
  '[',
  '${account.name}',
  '2026-13-45',
  '9999-12-31T23:59:59.999Z',
  '-271822-01-01',
  'x'.repeat(5000),
  [],
  {},
  [null],
  [[]],
  [{}],
  { a: 1 },
  { '': '' },
  [1, 2, 3],
];
const nastyKeys = ['__proto__', 'constructor', 'toString', '', ' ', '0', 'x', 'length', '\u001b'] as const;

/** One to three blows to the text. */
export function damagedText(text: string, seed: number, key: string): string {
  let damaged = text;
  const blows = 1 + pick(seed, `${key}/blows`, 3);
  for (let blow = 0; blow < blows; blow += 1) {
    const decide: Decide = (what, count) => pick(seed, `${key}/${blow}/${what}`, Math.max(1, count));
    damaged = strike(damaged, decide, pickFrom(seed, `${key}/${blow}/nasty`, nastyTexts));
  }
  return damaged;
}

function strike(text: string, decide: Decide, nasty: string): string {
  const from = decide('from', text.length);
  const to = Math.min(text.length, from + 1 + decide('length', decide('long', 2) === 0 ? 8 : 400));
  const [before, middle, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  const lines = text.split('\n');
  const [line, other] = [decide('line', lines.length), decide('other', lines.length)];
  const strikes: readonly (() => string)[] = [
    () => before,
    () => before + after,
    () => before + middle + middle + after,
    () => before + nasty + text.slice(from + 1),
    () => before + nasty + text.slice(from),
    () => before + '\0'.repeat(middle.length) + after,
    () => lines.map((one, at) => (at === line ? (lines[other] ?? '') : one)).join('\n'),
    () => lines.map((one, at) => (at === line ? `  ${one}` : one)).join('\n'),
    () => lines.filter((_, at) => at !== line).join('\n'),
    () => lines.map((one, at) => (at === line ? one.replace(/(?<=[:,] ?)[^,:{}[\]]+/, nasty) : one)).join('\n'),
  ];
  return strikes[decide('how', strikes.length)]?.() ?? '';
}

/** JSON with one to three of its members replaced, renamed, removed or doubled: JSON still, and of another shape. */
export function damagedJson(text: string, seed: number, key: string): string {
  const root: { value?: unknown } = { value: JSON.parse(text) };
  const blows = 1 + pick(seed, `${key}/blows`, 3);
  for (let blow = 0; blow < blows; blow += 1) {
    const spots = spotsIn(root);
    const spot = spots[pick(seed, `${key}/${blow}/spot`, spots.length)];
    if (spot !== undefined) strikeSpot(spot, seed, `${key}/${blow}`);
  }
  return JSON.stringify(root.value) ?? '';
}

/** Lines of JSON, one of them damaged so. */
export function damagedLine(text: string, seed: number, key: string): string {
  const lines = text.trimEnd().split('\n');
  const at = pick(seed, `${key}/line`, lines.length);
  return `${lines.map((line, index) => (index === at ? damagedJson(line, seed, key) : line)).join('\n')}\n`;
}

interface Spot {
  readonly holder: object;
  readonly name: string;
}

function spotsIn(root: object): readonly Spot[] {
  const spots: Spot[] = [];
  const open: object[] = [root];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    const members: readonly (readonly [string, unknown])[] = Object.entries(holder);
    for (const [name, member] of members) {
      spots.push({ holder, name });
      if (typeof member === 'object' && member !== null) open.push(member);
    }
  }
  return spots;
}

function strikeSpot({ holder, name }: Spot, seed: number, key: string): void {
  // A copy: a later blow may strike inside of it, and one that holds itself has no end.
  const nasty: unknown = structuredClone(pickFrom(seed, `${key}/nasty`, nastyValues));
  const how = pick(seed, `${key}/how`, 5);
  const member: unknown = Reflect.get(holder, name);
  if (how > 1) {
    set(holder, name, nasty);
  } else if (Array.isArray(holder)) {
    if (how === 0) holder.splice(Number(name), 1);
    else holder.push(member);
  } else {
    Reflect.deleteProperty(holder, name);
    if (how === 1) set(holder, pickFrom(seed, `${key}/name`, nastyKeys), member);
  }
}

/** A member of its own, also where the name is `__proto__`. */
function set(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}
