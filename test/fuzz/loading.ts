import { register } from 'node:module';
import { mark } from './instrument.ts';

const mostPlaces = 1 << 17;

/** Before modules of the program are loaded, which are instrumented then. Where they note what they reach. */
export function loadInstrumented(): Uint8Array {
  const marks = new Uint8Array(mostPlaces);
  Object.assign(globalThis, { [mark]: marks });
  register(new URL('hooks.js', import.meta.url));
  return marks;
}
