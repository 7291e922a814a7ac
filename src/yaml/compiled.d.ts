/** The schemas of a module as ajv's functions, by their names there, as compiled-schemas.mjs writes them down. */
declare module '*?compiled' {
  import type { ValidateFunction } from 'ajv/dist/2020.js';

  export const validate: Readonly<Record<string, ValidateFunction>>;
}
