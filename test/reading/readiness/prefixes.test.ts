import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { children } from '../../../src/reading/readiness/prefixes.ts';

it('a prefix has sixteen children, one for each digit', () => {
  expect(children('')).toEqual('0123456789abcdef'.split(''));
  expect(children('0190a1b2').at(-1)).toBe('0190a1b2-f');
  expect(children('0190a1b2-')).toHaveLength(16);
});

it('of the children of a beginning of a UUID one is a longer beginning, down to its last digit', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      let prefix = '';
      for (let digit = 0; digit < 32; digit += 1) {
        const longer = children(prefix).filter((child) => uuid.startsWith(child));
        expect(longer).toHaveLength(1);
        prefix = longer.join('');
      }
      expect(prefix).toBe(uuid);
    }),
  );
});
