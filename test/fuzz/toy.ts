/** Readers with planted faults, of which the fuzzer must find each, in a process of its own: that shows that it can. */
import type { Reader } from './loop.ts';

/** Three bytes in a row that no input has: nothing but a look at what runs tells that the first one is right. */
function nested(first: number, second: number, third: number): boolean {
  if (first === 0xff) {
    if (second === 0x80) {
      if (third === 0x7f) return true;
      return false;
    }
    return false;
  }
  return false;
}

function toy(fall: () => string): Reader {
  return {
    seeds: () => Promise.resolve([Buffer.from('plain')]),
    open: () =>
      Promise.resolve(async ([first = 0, second = 0, third = 0]) => (nested(first, second, third) ? fall() : 'read')),
  };
}

export const toys: Readonly<Record<string, Reader>> = {
  'toy-crash': toy(() => {
    throw new TypeError('planted');
  }),
  'toy-hang': toy(() => {
    for (;;);
  }),
  'toy-memory': toy(() => String(Buffer.alloc(700_000_000, 1).at(-1))),
  'toy-heap': toy(() => {
    const held: number[][] = [];
    for (;;) held.push(Array<number>(5_000_000).fill(0.5));
  }),
};
