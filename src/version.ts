import manifest from '../package.json' with { type: 'json' };

const named: { readonly version: string; readonly homepage?: string } = manifest;

/** This program's version, as its package says. */
export const { version } = named;

/** Where it is published; `null` until docs/releasing.md was followed for the first time. */
export const homepage = named.homepage ?? null;
