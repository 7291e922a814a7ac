/** How much a test tries of what is endless; told by vitest.config.ts. */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly seed: number;
    readonly isExtended: boolean;
  }
}

/** Of this run: fixed in `npm test`, drawn in `npm run test:extended`. */
export const seed = inject('seed');
export const isExtended = inject('isExtended');

/** Of two numbers of tries the one for this run. */
export function tries({ usual, extended }: { readonly usual: number; readonly extended: number }): number {
  return isExtended ? extended : usual;
}
