import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { damagedJson } from '../attack/damage.ts';
import { newCoverage, type Coverage } from './coverage.ts';
import { instrument, mark } from './instrument.ts';
import { fuzz, type Fall } from './loop.ts';
import { shortened } from './smallest.ts';

/** Three bytes in a row that no input has: nothing but a look at what runs tells that the first one is right. */
const toy = `(fall) => (first, second, third) => {
  if (first !== 0xff) return 'none';
  if (second === 0x80) return third === 0x7f ? fall() : 'two';
  return 'one';
}`;

type Toy = (fall: () => string) => (first?: number, second?: number, third?: number) => string;

interface Instrumented {
  /** What the code comes to. */
  readonly value: unknown;
  readonly marks: Uint8Array;
}

function instrumented(source: string): Instrumented {
  const { code, places } = instrument(source, 0);
  const marks = new Uint8Array(places);
  const make: (marks: Uint8Array) => unknown = runInThisContext(`(${mark}) => ${code}`);
  return { value: make(marks), marks };
}

/** The toy, and where it notes what it reaches. */
function instrumentedToy(): { readonly run: Toy; readonly marks: Uint8Array } {
  const { value, marks } = instrumented(toy);
  if (!isToy(value)) throw new TypeError('no function');
  return { run: value, marks };
}

function isToy(value: unknown): value is Toy {
  return typeof value === 'function';
}

async function fallsOf(run: Toy, fall: () => string, coverage: Coverage | null): Promise<readonly Fall[]> {
  const falls: Fall[] = [];
  const fallen = run(fall);
  await fuzz(
    {},
    {
      seeds: [Buffer.from('plain')],
      read: async ([first, second, third]) => fallen(first, second, third),
      cases: 3_000,
      seed: 1,
      coverage,
      begin: () => undefined,
      kept: () => undefined,
      found: (one) => falls.push(one),
    },
  );
  return falls;
}

describe('a fault behind three bytes that no input has is found by what runs, and not without looking at that:', () => {
  test.each<readonly [string, () => string]>([
    [
      'a crash',
      () => {
        throw new TypeError('planted');
      },
    ],
    ['an escape sequence', () => 'planted \u001b[2J'],
    ['a bidirectional override', () => 'planted \u202e'],
  ])('%s', async (_what, fall) => {
    const { run, marks } = instrumentedToy();
    const guided = await fallsOf(run, fall, newCoverage(marks));
    expect(guided[0]?.said).toContain('planted');
    expect(await fallsOf(run, fall, null)).toEqual([]);
  });
});

describe('instrumented code', () => {
  test.each<readonly [string, unknown]>([
    ['(() => { const f = (a) => a ? { b: a } : null; return [f(1), f(0)]; })()', [{ b: 1 }, null]],
    ['(() => { const s = []; for (const x of [1, 2, 3]) if (x === 2) continue; else s.push(x); return s; })()', [1, 3]],
    ["((x) => { switch (x) { case 1: case 2: return 'low'; default: return x ?? (x || 'high'); } })(2)", 'low'],
    ['(() => { try { null.x } catch { return "é🦊" && /a\\/b/.source; } finally {} })()', 'a\\/b'],
    ['(() => { let n = 0; while (n < 3) n++; do n++; while (n < 9); return n; })()', 9],
    ['((a, b = a ? 1 : 2) => (a && b) || [a, b].map((each) => () => each).map((each) => each()))(0)', [0, 2]],
    ['(() => { class A { #x = 1; get x() { return this.#x ? this.#x : 0; } } return new A().x; })()', 1],
  ])('means the same: %s', (code, meant) => {
    const { value, marks } = instrumented(code);
    expect(value).toEqual(meant);
    expect(marks).toContain(1);
  });

  test('tells what was reached from what was not', () => {
    const { value: run, marks } = instrumented('(a) => { if (a) return a > 1 ? "many" : "one"; return "none"; }');
    if (typeof run !== 'function') throw new TypeError('no function');
    const coverage = newCoverage(marks);
    const news = (given: number) => [run(given), coverage.isNews()];
    expect([0, 0, 1, 1, 2, 2].map(news)).toEqual([
      ['none', true],
      ['none', false],
      ['one', true],
      ['one', false],
      ['many', true],
      ['many', false],
    ]);
    expect(coverage.reached()).toBe(marks.length);
  });
});

describe('what is kept goes without all that it can do without:', () => {
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('');
  test.each<readonly [string, string, readonly string[], string]>([
    ['lines', lines, ['line 7\n', 'line 31\n'], 'line 7\nline 31\n'],
    ['the last line alone', lines, ['line 39\n'], 'line 39\n'],
    ['bytes, of a text of few lines', 'GetUserPoolMfaConfig 200\n{"é":1}', ['200\n', 'é'], '200\né'],
    ['nothing, where all is needed', 'abc', ['abc'], 'abc'],
  ])('%s', async (_what, given, needed, kept) => {
    const short = await shortened(Buffer.from(given), async (shorter) =>
      needed.every((part) => shorter.includes(Buffer.from(part))),
    );
    expect(short.toString()).toBe(kept);
  });
});

test('what a seed makes of a text is the same whatever was made before it, and none of it holds itself', () => {
  const all = () => Array.from({ length: 4_000 }, (_, seed) => damagedJson('{"a":{"b":[1,{}]}}', seed, 'json'));
  expect(all()).toEqual(all());
});
