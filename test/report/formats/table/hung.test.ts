/** Lines that are too wide hang, and what belongs together stays together. */
import { array, assert, integer, property, stringMatching } from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { facts, hung } from '../../../../src/report/formats/table/layout.ts';

describe('a line', () => {
  it('that fits stays as it is, its indentation too', () => {
    expect(hung('    misses  MfaConfiguration   want ON', 80)).toEqual(['    misses  MfaConfiguration   want ON']);
  });

  it('that does not hangs below its own beginning', () => {
    expect(hung('  one two three four', 15)).toEqual(['  one two', '      three', '      four']);
  });

  it('breaks between facts and not within one', () => {
    expect(hung(`  ${facts(['want ON or OPTIONAL', 'found OFF', 'p.yaml:9'], '  ')}`, 32)).toEqual([
      '  want ON or OPTIONAL',
      '      found OFF  p.yaml:9',
    ]);
  });

  it('keeps every word in its order, and is wider than asked only by a single word', () => {
    const words = array(stringMatching(/^[a-z0-9/:.-]{1,30}$/), { minLength: 1, maxLength: 12 });
    assert(
      property(words, integer({ min: 0, max: 8 }), integer({ min: 20, max: 60 }), (some, indent, columns) => {
        const lines = hung(`${' '.repeat(indent)}${some.join(' ')}`, columns);
        expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(some);
        for (const line of lines) expect(stringWidth(line) <= columns || !line.trim().includes(' ')).toBe(true);
      }),
    );
  });
});
