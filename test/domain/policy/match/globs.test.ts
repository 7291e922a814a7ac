import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchesEverything } from '../../../../src/domain/policy/match/globs.ts';
import { matchesPattern, patternProblem, quotePattern } from '../../../../src/domain/policy/expect/patterns.ts';

describe('a glob', () => {
  it.each([
    ['customers', 'customers', true],
    ['customers', 'Customers', false],
    ['customers', 'customers-2', false],
    ['*-prod', 'shop-prod', true],
    ['*-prod', '-prod', true],
    ['*-prod', 'shop-prod-2', false],
    ['/a/*/c', '/a/b/x/c', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a\nc', true],
    ['a?c', 'a😀c', true],
    ['**', '', true],
    ['a+b@[c]{d,e}=f!', 'a+b@[c]{d,e}=f!', true],
    ['[ab]', 'a', false],
    ['{a,b}', 'a', false],
    ['!a', 'b', false],
    ['a\\*', 'a\\x', true],
    ['a.c*', 'abc', false],
  ])('%s on %j is %s', (glob, value, verdict) => {
    expect(compileGlob(glob)(value)).toBe(verdict);
  });

  it('without wildcards matches itself and nothing else', () => {
    const literal = fc.string({ unit: 'grapheme' }).filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(literal, literal, (glob, value) => {
        expect(compileGlob(glob)(value)).toBe(glob === value);
        expect(compileGlob(glob)(glob)).toBe(true);
      }),
    );
  });

  it('with a star matches what begins and ends as it does', () => {
    const literal = fc.string().filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(literal, literal, fc.string({ unit: 'binary' }), (head, tail, middle) => {
        expect(compileGlob(`${head}*${tail}`)(`${head}${middle}${tail}`)).toBe(true);
      }),
    );
  });

  it('with many stars takes no longer than a walk over the value', () => {
    const glob = compileGlob(`${'*a'.repeat(40)}b`);
    expect(glob('a'.repeat(5000))).toBe(false);
  });

  it('of stars alone matches everything', () => {
    expect(['*', '**', '*a', '?', ''].map(matchesEverything)).toEqual([true, true, false, false, false]);
  });
});

describe('a pattern', () => {
  it('matches whole values only, alternatives too', () => {
    expect(['a', 'b', 'ab', 'xa', 'b\n'].map((value) => matchesPattern('a|b', value))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('that makes other engines explode ends at once', () => {
    expect(matchesPattern('(a+)+b', 'a'.repeat(20_000))).toBe(false);
  });

  it('quoted matches itself and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, other) => {
        expect(matchesPattern(quotePattern(text), text)).toBe(true);
        expect(matchesPattern(quotePattern(text), other)).toBe(text === other);
      }),
    );
  });

  it.each([
    ['auth(', 'missing closing ): `auth(`'],
    ['(?=x)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['a\\', 'trailing backslash at end of expression'],
  ])('%s is refused', (pattern, reason) => {
    expect(patternProblem(pattern)).toMatchObject({ reason });
  });

  it('that is one has no problem', () => {
    expect(patternProblem('auth\\.(a|b)+')).toBeNull();
  });

  it('with a named group and something else that is wrong lacks nothing of RE2', () => {
    expect(patternProblem('(?P<n>a')).toMatchObject({ lacking: null });
    expect(patternProblem('(?P|a)')).toMatchObject({ lacking: null });
  });

  it('is compiled anew where it was forgotten, and matches as before', () => {
    const patterns = Array.from({ length: 501 }, (_, index) => `a${index}|b`);
    for (const pattern of [...patterns, ...patterns]) {
      expect([matchesPattern(pattern, 'b'), matchesPattern(pattern, 'c')]).toEqual([true, false]);
    }
  });

  // Each is a pattern of PCRE, Java or Python, or of several, that RE2 leaves out (google/re2, doc/syntax.txt).
  const leftOut = [
    ['(?<=prod-)x', 'RE2 has no lookbehind'],
    ['(?<!prod-)x', 'RE2 has no lookbehind'],
    ['x(?=prod)', 'RE2 has no lookahead'],
    ['x(?!prod)', 'RE2 has no lookahead'],
    ['(?>a|b)c', 'RE2 has no atomic groups'],
    ['(a)(?(1)b|c)', 'RE2 has no conditions'],
    ['a(?#note)b', 'RE2 has no comments'],
    ['a(?R)b', 'RE2 has no recursion'],
    ['(a)\\1', 'RE2 has no back-references'],
    ['(?<n>a)\\k<n>', 'RE2 has no back-references'],
    ['(?P<n>a)(?P=n)', 'RE2 has no back-references'],
    ['(?<=x)(?P=n)', 'RE2 has no lookbehind'],
    ['a++b', 'RE2 has no possessive quantifiers'],
    ['a{1,2}+b', 'RE2 has no possessive quantifiers'],
  ] as const;
  it.each(leftOut)('%s: %s', (pattern, lacking) => {
    expect(patternProblem(pattern)).toMatchObject({ lacking });
  });

  // Python and Perl, which have possessive quantifiers, refuse each of them.
  it.each(['auth(', 'a**', 'a++?', 'a??+'])('%s is wrong everywhere', (pattern) => {
    expect(patternProblem(pattern)).toMatchObject({ lacking: null });
  });

  it.each(leftOut)('that is wrong for another reason and has a quoted %s lacks nothing', (quoted) => {
    expect(patternProblem(`(\\Q${quoted}\\E`)).toMatchObject({ lacking: null });
  });
});
